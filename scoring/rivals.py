"""Independent findings against what a bundle shows, and which of the two outweighs the other (G-12)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from scoring.bundle import Bundle, are_linked, same_standard
from scoring.dates import add_months
from scoring.series import effective_on
from scoring.types import EvidenceFact


class Weight(StrEnum):
    HEAVIER = "heavier"  # newer: it decides
    EQUAL = "equal"  # of the same day, or older by another body and still in its window: a person decides


@dataclass(frozen=True, slots=True)
class Rival:
    fact: EvidenceFact
    finding: str
    weight: Weight


def rivals_of(bundle: Bundle) -> Iterator[Rival]:
    """Yield the adverse findings of outside bodies about what the bundle is to prove."""
    own = {fact.id for fact in bundle.facts}
    for fact, finding in bundle.setting.adverse:
        if fact.id in own or not _is_about_the_same(fact, bundle):
            continue
        weight = _weight(fact, bundle)
        if weight:
            yield Rival(fact, finding, weight)


def _is_about_the_same(fact: EvidenceFact, bundle: Bundle) -> bool:
    subject = bundle.subject
    if fact.kind == subject.kind:
        same = same_standard(fact.scheme, subject.scheme)
    else:
        same = fact.kind in bundle.requirement.kinds and are_linked(fact, subject)
        same = same and same_standard(fact.scheme, subject.scheme)
    about = set(fact.ai_systems)
    return same and (bundle.system is None or not about or bundle.system.name in about)


def _weight(fact: EvidenceFact, bundle: Bundle) -> Weight | None:
    found_on = effective_on(fact, bundle.setting)
    favourable_on = _shown_on(bundle)
    if found_on > bundle.on or found_on == date.min:
        return None
    if found_on > favourable_on:
        return Weight.HEAVIER
    in_window = bundle.on <= add_months(found_on, bundle.setting.catalogue.parameters.max_age_months)
    by_another = fact.issuer.name.casefold() != bundle.proof.issuer.name.casefold()
    return Weight.EQUAL if found_on == favourable_on or (by_another and in_window) else None


def _shown_on(bundle: Bundle) -> date:
    """Return the day of the favourable finding: for a certificate its latest audit, else the newest of the bundle."""
    anchor = bundle.setting.anchor(bundle.subject) or date.min
    return max(anchor, *(effective_on(fact, bundle.setting) for fact in bundle.facts))
