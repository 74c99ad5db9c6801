"""R-LINK: the validation names the same document and version; a later version is not covered."""

from __future__ import annotations

import re

from scoring.bundle import Bundle
from scoring.rules.result import failed, passed
from scoring.types import EvidenceFact, RuleResult

RULE = "R-LINK"
AUDITS = frozenset({"iso_surveillance_report", "soc2_type2_report", "iso_certificate"})


def check(bundle: Bundle) -> RuleResult:
    subject = bundle.subject
    if subject.kind == "executive_attestation":
        return _attestation(bundle)
    if subject.independent:
        return passed(RULE)
    for validator in bundle.validators:
        problem = problem_of(subject, validator)
        if problem:
            return failed(RULE, problem)
    return passed(RULE)


def problem_of(document: EvidenceFact, validator: EvidenceFact) -> str:
    cover = validator.covers
    if cover and cover.version and document.version and not same_version(cover.version, document.version):
        return (
            f"“{validator.title}” covers version {cover.version}; the document is version {document.version}. "
            "Editing a document ends its validation."
        )
    if (
        cover
        and not cover.version
        and validator.kind == "validation_letter"
        and not _names_version(document, validator)
    ):
        return f"“{validator.title}” does not say which version of “{document.title}” it covers."
    if cover is None and validator.kind == "validation_letter" and not _names_version(document, validator):
        return f"“{validator.title}” does not name the document and version it covers."
    if validator.kind in AUDITS and cover is None and not _names_version(document, validator):
        return f"“{validator.title}” does not name “{document.title}” in its version {document.version or '(none)'}."
    return ""


def same_version(left: str, right: str) -> bool:
    return _number(left) == _number(right)


def _number(version: str) -> str:
    text = re.sub(r"^(?:version|ver\.?|v\.?|rev\.?|revision|issue)\s*", "", version.strip().casefold())
    return re.sub(r"(?<=\d)(?:\.0)+$", "", text)


def _names_version(document: EvidenceFact, validator: EvidenceFact) -> bool:
    return bool(document.version) and bool(
        re.search(
            rf"(?<![\d.]){re.escape(document.version)}(?![\d]|\.\d)", f"{validator.scope}\n{validator.document_text}"
        )
    )


def _attestation(bundle: Bundle) -> RuleResult:
    fact = bundle.subject
    assessment = bundle.of_kind("ai_risk_assessment")
    if assessment is None:
        return failed(RULE, f"“{fact.title}” is not linked to the assessment it attests to.")
    if fact.attests_version and assessment.version and not same_version(fact.attests_version, assessment.version):
        return failed(
            RULE,
            f"“{fact.title}” attests to version {fact.attests_version}; "
            f"the assessment is version {assessment.version}.",
        )
    return passed(RULE)
