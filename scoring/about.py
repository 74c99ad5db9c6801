"""Which AI systems of the deal an artefact is about."""

from __future__ import annotations

from scoring.bundle import ORGANISATION_WIDE, Setting, are_linked
from scoring.scope import listed, scope_of
from scoring.types import EvidenceFact, SystemFact


def systems_about(fact: EvidenceFact, setting: Setting) -> tuple[SystemFact, ...]:
    """Return the systems that an artefact speaks of; all where it is about the organisation or speaks of none.

    A letter or a tracker that names no system is about those of the reports it is linked to.
    """
    systems = setting.deal.systems
    if fact.kind in ORGANISATION_WIDE:
        return systems
    own = _named(fact, setting)
    if not own:
        linked = (other for other in setting.library if other is not fact and are_linked(other, fact))
        names = {name for other in linked if other.kind not in ORGANISATION_WIDE for name in _named(other, setting)}
        own = frozenset(names)
    return tuple(system for system in systems if system.name in own) or systems


def is_about_others(fact: EvidenceFact, setting: Setting) -> bool:
    """Return whether an artefact lists its systems and none of them is in the deal."""
    if fact.kind in ORGANISATION_WIDE or not fact.ai_systems or not setting.deal.systems:
        return False
    return not _named(fact, setting)


def _named(fact: EvidenceFact, setting: Setting) -> frozenset[str]:
    names = setting.names
    if fact.ai_systems:
        return frozenset(name for name in names if listed(name, names, fact.ai_systems))
    scope = scope_of(fact, names, setting.deal.siblings)
    return scope.named - scope.left_out
