"""R-ASSESSOR: organisation and lead person are named, with a credential that can be looked up (G-4).

Credentials of AI red teams and bias auditors are not standardised, so no scheme is demanded: a licence, certificate,
degree or membership will do; experience and what is expired or only applied for will not.
"""

from __future__ import annotations

import re

from scoring.bundle import Bundle
from scoring.rules.result import failed, passed
from scoring.types import RuleResult

RULE = "R-ASSESSOR"
NOT_ONE = re.compile(
    r"\bn/?a\b|\bnone\b|\bnot (?:stated|given|disclosed|known|provided|available|specified)\b|\bunknown\b|\btbd\b"
    r"|\bexpired\b|\blapsed\b|\brevoked\b|\bsuspended\b|\bpending\b|\bcandidate\b|\bin (?:progress|training)\b"
    r"|\bapplied for\b"
    r"|\bself[- ](?:certified|declared|taught|assessed|attested)\b|\buncertified\b|\bno credential",
    re.I,
)
EXPERIENCE = re.compile(r"\byears?\b|\bexperience\b|\bexpert\b|\bseasoned\b|\btrusted\b", re.I)
CAN_BE_LOOKED_UP = re.compile(
    r"\b[A-Z]{2}[A-Za-z0-9+/-]*[A-Z0-9]\b|\b\d{3,}|(?i:\bn(?:o|r|umber)\.?\s*\d|\bph\.? ?d\b|\bdoctor|\bdr\.|\bprof"
    r"|\bdegree|\bmaster|\blicen[cs]e|\bcertif"
    r"|\bchartered|\baccredit|\bregist|\bmember|\blead auditor|\bfellow|\battorney|\bwirtschaftspr|\bactuary"
    r"|\bbar\b|\badmitted|\bindependence)"
)


def check(bundle: Bundle) -> RuleResult:
    proof = bundle.proof
    if not proof.issuer.name:
        return failed(RULE, f"“{proof.title}” does not name the organisation that assessed.")
    if proof.assessor is None or not proof.assessor.name:
        return failed(RULE, f"“{proof.title}” by {proof.issuer.name} does not name the person who assessed.")
    credentials = proof.assessor.credentials
    if any(is_credential(said) for said in credentials):
        return passed(RULE)
    said = f" (it says: {', '.join(credentials)})" if any(credentials) else ""
    return failed(RULE, f"“{proof.title}” gives no credential of {proof.assessor.name} that can be looked up{said}.")


def is_credential(said: str) -> bool:
    if not said.strip() or NOT_ONE.search(said):
        return False
    known = CAN_BE_LOOKED_UP.search(said)
    return known is not None and not (EXPERIENCE.search(said) and known[0].isdigit())
