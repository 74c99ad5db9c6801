"""R-LINK: the validation names the same document and version; a later version is not covered."""

from __future__ import annotations

import re

from scoring.bundle import LETTER, Bundle
from scoring.dates import say
from scoring.naming import Match, same_document, same_version
from scoring.rules.result import failed, passed, review
from scoring.types import EvidenceFact, Independence, RuleResult

RULE = "R-LINK"


def check(bundle: Bundle) -> RuleResult:
    subject = bundle.subject
    if subject.kind == "executive_attestation":
        return _attestation(bundle)
    if subject.independent or bundle.requirement.independence is not Independence.THIRD_PARTY_VALIDATED:
        return passed(RULE)
    if not bundle.validators:
        version = f" in version {subject.version}" if subject.version else ""
        return failed(RULE, f"No independent validation that names “{subject.title}”{version} is linked to it.")
    doubts: list[str] = []
    for validator in bundle.validators:
        if problem := problem_of(subject, validator, bundle.setting.names):
            return failed(RULE, problem)
        doubts += doubts_of(subject, validator, bundle)
    return review(RULE, doubts[0]) if doubts else passed(RULE)


def problem_of(document: EvidenceFact, validator: EvidenceFact, names: tuple[str, ...]) -> str:
    """Return why a validation does not cover the document, empty when it does."""
    if validator.kind == "retest_letter" and validator.covers is None:
        # The tester's letter answers to the findings of a report, not to a version of the tracker.
        return ""
    cover = validator.covers
    if cover and cover.document and _names(document, cover.document, names) is Match.OTHER:
        return f"“{validator.title}” is about “{cover.document}”, not about “{document.title}”."
    if cover and cover.version and document.version and not same_version(cover.version, document.version):
        return (
            f"“{validator.title}” covers version {cover.version}; the document is version {document.version}. "
            "Editing a document ends its validation."
        )
    if cover and cover.version and not document.version:
        return f"“{validator.title}” covers version {cover.version}; “{document.title}” carries no version."
    if not (cover and cover.version) and not _is_in_text(document, validator):
        if validator.kind == LETTER:
            return f"“{validator.title}” does not say which version of “{document.title}” it covers."
        return f"“{validator.title}” does not name “{document.title}” in its version {document.version or '(none)'}."
    return ""


def doubts_of(document: EvidenceFact, validator: EvidenceFact, bundle: Bundle) -> list[str]:
    cover = validator.covers
    if cover and cover.document and _names(document, cover.document, bundle.setting.names) is Match.UNSURE:
        return [f"Is “{cover.document}”, which “{validator.title}” names, the same as “{document.title}”?"]
    written, validated = bundle.setting.anchor(document), bundle.setting.anchor(validator)
    if validator.kind == LETTER and written and validated and validated < written:
        return [
            f"“{validator.title}” is of {say(validated)}; “{document.title}” is of {say(written)} and may have "
            "been changed since."
        ]
    return []


def _names(document: EvidenceFact, said: str, systems: tuple[str, ...]) -> Match:
    return same_document(said, (document.title, document.kind, document.id, document.number, *systems))


def _is_in_text(document: EvidenceFact, validator: EvidenceFact) -> bool:
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
