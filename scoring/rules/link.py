"""R-LINK: the validation names the same document and version; a later version is not covered."""

from __future__ import annotations

import re

from scoring.bundle import LETTER, Bundle
from scoring.dates import say
from scoring.naming import Match, names_version, same_document, same_version
from scoring.rules.result import failed, passed, review
from scoring.types import EvidenceFact, Independence, RuleResult

RULE = "R-LINK"
HEADING = re.compile(r"[^.;:,\n]{0,120}")


def check(bundle: Bundle) -> RuleResult:
    """Compare the validation with the document; where the rule is not asked for, only a plain mismatch fails (G-2)."""
    subject, listed = bundle.subject, RULE in bundle.requirement.rules
    if subject.kind == "executive_attestation":
        return _attestation(bundle)
    if subject.independent or bundle.requirement.independence is not Independence.THIRD_PARTY_VALIDATED:
        return passed(RULE)
    if not bundle.validators and listed:
        version = f" in version {subject.version}" if subject.version else ""
        return failed(RULE, f"No independent validation that names “{subject.title}”{version} is linked to it.")
    doubts: list[str] = []
    for validator in bundle.validators:
        document = _document_of(validator, bundle)
        problem = mismatch_of(document, validator, bundle)
        problem = problem or (silence_of(document, validator) if listed else "")
        if problem:
            return failed(RULE, problem)
        doubts += doubts_of(document, validator, bundle) if listed else []
    return review(RULE, doubts[0]) if doubts else passed(RULE)


def _document_of(validator: EvidenceFact, bundle: Bundle) -> EvidenceFact:
    """Return the vendor's document that a validation names; a contract beside it needs none of its own."""
    said = validator.covers.document if validator.covers else ""
    documents = [fact for fact in bundle.facts if not fact.independent]
    order = [Match.SAME, Match.UNSURE, Match.OTHER]
    return min(documents, key=lambda fact: order.index(_names(fact, said, bundle)), default=bundle.subject)


def mismatch_of(document: EvidenceFact, validator: EvidenceFact, bundle: Bundle) -> str:
    """Return how a validation is about another document or version, empty when it does not say so."""
    cover = validator.covers
    if cover is None:
        return ""
    if cover.document and _names(document, cover.document, bundle) is Match.OTHER:
        return f"“{validator.title}” is about “{cover.document}”, not about “{document.title}”."
    if cover.version and document.version and not same_version(cover.version, document.version):
        return (
            f"“{validator.title}” covers version {cover.version}; the document is version {document.version}. "
            "Editing a document ends its validation."
        )
    return ""


def silence_of(document: EvidenceFact, validator: EvidenceFact) -> str:
    """Return what a validation leaves unsaid, empty when it names the version."""
    cover = validator.covers
    if validator.kind == "retest_letter" and cover is None:
        # The tester's letter answers to the findings of a report, not to a version of the tracker.
        return ""
    if cover and cover.version:
        if document.version:
            return ""
        return f"“{validator.title}” covers version {cover.version}; “{document.title}” carries no version."
    if document.version and names_version(f"{validator.scope}\n{validator.document_text}", document.version):
        return ""
    if validator.kind == LETTER:
        return f"“{validator.title}” does not say which version of “{document.title}” it covers."
    version = f" in version {document.version}" if document.version else ", which carries no version"
    return f"“{validator.title}” does not name “{document.title}”{version}."


def doubts_of(document: EvidenceFact, validator: EvidenceFact, bundle: Bundle) -> list[str]:
    cover = validator.covers
    if cover and cover.document and _names(document, cover.document, bundle) is Match.UNSURE:
        return [f"Is “{cover.document}”, which “{validator.title}” names, the same as “{document.title}”?"]
    written, validated = bundle.setting.anchor(document), bundle.setting.anchor(validator)
    if validator.kind == LETTER and written and validated and validated < written:
        return [
            f"“{validator.title}” is of {say(validated)}; “{document.title}” is of {say(written)} and may have "
            "been changed since."
        ]
    return []


def _names(document: EvidenceFact, said: str, bundle: Bundle) -> Match:
    """Compare how a validation calls a document with its title, kind, number and the heading of its text."""
    kind, heading = bundle.setting.kind_title(document.kind), HEADING.match(document.document_text)
    own = (document.title, document.kind, kind, document.id, document.number, heading[0] if heading else "")
    deal = bundle.setting.deal
    return same_document(said, (*own, *bundle.setting.names, deal.contracting_entity, deal.vendor))


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
