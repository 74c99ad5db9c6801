"""R-ASSESSOR: organisation and lead person are named, with a credential that can be looked up (G-4)."""

from __future__ import annotations

from scoring.bundle import Bundle
from scoring.rules.result import failed, passed
from scoring.types import RuleResult

RULE = "R-ASSESSOR"


def check(bundle: Bundle) -> RuleResult:
    proof = bundle.proof
    if not proof.issuer.name:
        return failed(RULE, f"“{proof.title}” does not name the organisation that assessed.")
    if proof.assessor is None or not proof.assessor.name:
        return failed(RULE, f"“{proof.title}” by {proof.issuer.name} does not name the person who assessed.")
    if not any(credential.strip() for credential in proof.assessor.credentials):
        return failed(RULE, f"“{proof.title}” names {proof.assessor.name}, but no credential that can be looked up.")
    return passed(RULE)
