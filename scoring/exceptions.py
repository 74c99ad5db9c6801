"""Executive risk acceptances: whether one is in force on a day, for which requirements and systems (G-6)."""

from __future__ import annotations

from datetime import date, timedelta

from scoring.catalogue import Parameters
from scoring.dates import say
from scoring.types import Deal, EvidenceFact, ExceptionFact, Independence

EXECUTIVE = ("chief", "ceo", "cfo", "cio", "ciso", "cro", "coo", "cto", "cpo", "president", "director", "executive",
             "head", "vice president", "vp", "board", "managing", "partner", "vorstand", "general counsel")  # fmt: skip


def from_evidence(fact: EvidenceFact) -> ExceptionFact:
    """Read a risk acceptance that is kept as evidence."""
    return ExceptionFact(
        id=fact.id,
        requirements=fact.covers_requirements,
        systems=fact.ai_systems,
        vendor=fact.vendor,
        reason=fact.reason,
        residual_risk=fact.residual_risk,
        compensating_controls=fact.compensating_controls,
        approver=fact.approver,
        requester=fact.requester,
        issuer=fact.issuer,
        approved_on=fact.dates.get("approved_on"),
        expires_on=fact.dates.get("valid_until") or fact.dates.get("expires_on"),
        revoked_on=fact.dates.get("revoked_on"),
    )


def problem_of(item: ExceptionFact, *, on: date, parameters: Parameters, deal: Deal | None = None) -> str:
    """Return why an acceptance is not in force, empty when it is."""
    approver, requester = item.approver, item.requester
    if item.issuer.independence is not Independence.BUYER_ISSUED:
        return "Only the buyer can accept a risk."
    if not item.requirements:
        return "It names no requirement."
    if approver is None or not approver.name:
        return "It names no approver."
    if not any(word in approver.title.casefold() for word in EXECUTIVE):
        return f"{approver.name} is not shown to be an executive ({approver.title or 'no title'})."
    if requester and requester.name.casefold() == approver.name.casefold():
        return f"{approver.name} approved what they requested."
    if not item.residual_risk:
        return "It states no residual risk."
    if not item.compensating_controls:
        return "It states no compensating controls."
    if item.approved_on is None or item.expires_on is None:
        return "It has no approval or expiry date."
    if item.approved_on > on:
        return f"It begins on {say(item.approved_on)}."
    if item.expires_on - item.approved_on > timedelta(days=parameters.exception_max_days):
        return f"It runs longer than {parameters.exception_max_days} days."
    if on > item.expires_on:
        return f"It lapsed on {say(item.expires_on)}."
    if item.revoked_on and item.revoked_on <= on:
        return f"It was revoked on {say(item.revoked_on)}."
    if deal:
        for system in deal.systems:
            if not item.systems or system.name in item.systems:
                changed = max((d for d in system.material_changes if d <= on), default=None)
                if changed and changed > item.approved_on:
                    return f"{system.name} changed materially on {say(changed)}."
    return ""
