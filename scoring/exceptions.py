"""Executive risk acceptances: whether one is in force on a day, for which requirements and systems (G-6)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from scoring.catalogue import Parameters
from scoring.dates import say
from scoring.phrases import read_all
from scoring.seniority import Seniority, seniority
from scoring.types import Deal, EvidenceFact, ExceptionFact, Independence

# Practices of Article 5 of the EU AI Act: nobody can accept them.
PROHIBITED = re.compile(
    r"\b(?:article|art\.?)\s*5\b(?:\s*\(\d+\))?(?!\s*(?:of the |of )?(?:GDPR|DORA|NIS))"
    r"|\bprohibited (?:AI )?practice|\bsocial scoring\b|\bsubliminal\b"
    r"|\bmanipulative technique"
    r"|\bemotion (?:recognition|inference)\b[^.\n]{0,60}\b(?:workplace|work|school|education|employee|student)"
    r"|\buntargeted scraping\b|\bbiometric categori[sz]ation\b|\breal[- ]time remote biometric"
    r"|\bpredict\w* (?:of )?(?:the )?(?:risk of )?(?:crim\w+|offend\w+) (?:solely|only|based)",
    re.I,
)


def from_evidence(fact: EvidenceFact) -> ExceptionFact:
    """Read a risk acceptance that is kept as evidence."""
    return ExceptionFact(
        id=fact.id,
        requirements=fact.covers_requirements,
        systems=fact.ai_systems,
        vendor=fact.vendor,
        reason="\n".join(part for part in (fact.reason, fact.scope, fact.document_text) if part),
        residual_risk=fact.residual_risk,
        compensating_controls=fact.compensating_controls,
        approver=fact.approver,
        requester=fact.requester,
        issuer=fact.issuer,
        approved_on=fact.dates.get("approved_on"),
        expires_on=fact.dates.get("valid_until"),
        revoked_on=fact.dates.get("revoked_on"),
    )


def problem_of(item: ExceptionFact, *, on: date, parameters: Parameters, deal: Deal | None = None) -> str:
    """Return why an acceptance is not in force, empty when it is."""
    return (
        _incomplete(item, deal)
        or _unauthorised(item)
        or _out_of_time(item, on=on, most=parameters.exception_max_days)
        or (_ended_by_the_system(item, deal, on) if deal else "")
    )


def problem_of_request(item: ExceptionFact, *, on: date, parameters: Parameters, deal: Deal | None = None) -> str:
    """Return why nobody could sign this on a day, whoever it is; empty when an executive may."""
    signed = replace(item, approved_on=on)
    if not item.reason.strip():
        return "It states no reason."
    return (
        _incomplete(signed, deal)
        or _out_of_time(signed, on=on, most=parameters.exception_max_days)
        or (_ended_by_the_system(signed, deal, on) if deal else "")
    )


def doubt_of(item: ExceptionFact) -> str:
    """Return what a person has to decide about an acceptance, empty for nothing."""
    approver = item.approver
    if approver and seniority(approver.title) is Seniority.UNCLEAR:
        return f"Is {approver.name}, {approver.title}, an executive? A person has to decide."
    return ""


def _incomplete(item: ExceptionFact, deal: Deal | None) -> str:
    if not item.requirements:
        return "It names no requirement."
    if not item.residual_risk:
        return "It states no residual risk."
    if not item.compensating_controls:
        return "It states no compensating controls."
    if item.approved_on is None or item.expires_on is None:
        return "It has no approval or expiry date."
    known = {name.casefold() for name in (deal.vendor, deal.contracting_entity) if name} if deal else set()
    if item.vendor and known and item.vendor.casefold() not in known:
        return f"It is about {item.vendor}, another vendor."
    if PROHIBITED.search(read_all(item.reason, item.residual_risk).kept):
        return "It is about a practice that Article 5 of the EU AI Act prohibits; nobody can accept that."
    return ""


def _unauthorised(item: ExceptionFact) -> str:
    approver, requester = item.approver, item.requester
    if item.issuer.independence is not Independence.BUYER_ISSUED:
        return "Only the buyer can accept a risk."
    if approver is None or not approver.name:
        return "It names no approver."
    if seniority(approver.title) is Seniority.OTHER:
        return f"{approver.name} is not shown to be an executive ({approver.title or 'no title'})."
    if requester is None or not requester.name:
        return "It does not say who asked for it, so nobody can tell that two people decided."
    if _person(requester.name) == _person(approver.name):
        return f"{approver.name} approved what they had asked for themselves."
    return ""


def _out_of_time(item: ExceptionFact, *, on: date, most: int) -> str:
    approved, expires = item.approved_on, item.expires_on
    if approved is None or expires is None:
        return "It has no approval or expiry date."
    if approved > on:
        return f"It begins on {say(approved)}."
    if expires - approved > timedelta(days=most):
        return f"It runs from {say(approved)} to {say(expires)}, longer than {most} days."
    if on > expires:
        return f"It lapsed after {say(expires)}."
    if item.revoked_on and item.revoked_on <= on:
        return f"It was revoked on {say(item.revoked_on)}."
    return ""


def _ended_by_the_system(item: ExceptionFact, deal: Deal, on: date) -> str:
    for system in deal.systems:
        if item.systems and system.name not in item.systems:
            continue
        if system.prohibited_practice:
            return f"{system.name} is used for what Article 5 of the EU AI Act prohibits; nobody can accept that."
        changed = system.changed_on(on)
        if changed and item.approved_on and changed > item.approved_on:
            return f"It ended when {system.name} changed materially on {say(changed)}."
    return ""


def _person(name: str) -> tuple[str, ...]:
    """Return the parts of a name without titles and order ("Ott, Dr. Klara" is Klara Ott)."""
    parts = re.findall(r"[^\W\d_]+", name.casefold())
    return tuple(sorted(part for part in parts if part not in ("dr", "prof", "mr", "mrs", "ms", "herr", "frau")))
