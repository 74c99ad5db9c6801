"""Whether a requirement applies to an AI system: by the system's nature, or by the buyer's approval (G-13)."""

from __future__ import annotations

from scoring.catalogue import Requirement
from scoring.types import Deal, SystemFact


def is_not_applicable(requirement: Requirement, system: SystemFact | None, deal: Deal) -> bool:
    """Return whether a requirement does not apply; what the vendor claims about that changes nothing."""
    if not requirement.may_be_not_applicable:
        return False
    return _by_nature(requirement, system) or is_approved(requirement, system, deal)


def is_approved(requirement: Requirement, system: SystemFact | None, deal: Deal) -> bool:
    """Return whether the buyer approved that a requirement does not apply, where the mandate allows that at all."""
    name = system.name if system else ""
    return requirement.may_be_not_applicable and any(
        item.requirement == requirement.id and item.system in ("", name) for item in deal.not_applicable
    )


def _by_nature(requirement: Requirement, system: SystemFact | None) -> bool:
    if system is None:
        return False
    condition = requirement.not_applicable_condition
    without_prompts = not system.takes_prompts and "takes no prompt" in condition
    return without_prompts or (system.uses_tools is False and "tool-calling" in condition)
