"""R-EXEC: a named executive with title and date attests to a version, after the assessment was completed."""

from __future__ import annotations

from scoring.bundle import Bundle
from scoring.dates import say
from scoring.rules.result import failed, passed, review
from scoring.seniority import Seniority, seniority
from scoring.types import RuleResult

RULE = "R-EXEC"


def check(bundle: Bundle) -> RuleResult:
    fact = bundle.of_kind("executive_attestation") or bundle.subject
    signer = fact.signer
    if signer is None or not signer.name:
        return failed(RULE, f"“{fact.title}” names no executive.")
    if not signer.title:
        return failed(RULE, f"“{fact.title}” is signed by {signer.name} without a title.")
    signed = fact.dates.get("signed_on")
    if signed is None:
        return failed(RULE, f"“{fact.title}” by {signer.name} has no date.")
    if not fact.attests_version:
        return failed(RULE, f"“{fact.title}” does not say which version it attests to.")
    assessment = bundle.of_kind("ai_risk_assessment")
    completed = assessment.dates.get("issued_on") if assessment else None
    if completed and signed < completed:
        return failed(RULE, f"“{fact.title}” was signed on {say(signed)}, before the assessment of {say(completed)}.")
    match seniority(signer.title):
        case Seniority.EXECUTIVE:
            return passed(RULE)
        case Seniority.UNCLEAR:
            return review(RULE, f"Is {signer.name}, {signer.title}, an executive? A person has to decide.")
        case Seniority.OTHER:
            return failed(RULE, f"“{fact.title}” is signed by {signer.name}, {signer.title}, who is no executive.")
