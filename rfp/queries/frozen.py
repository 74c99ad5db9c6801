"""A stored assessment as a standing: its findings and its risk acceptances as they were on its day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from django.core.cache import cache
from django.db.models import prefetch_related_objects

from evidence import queries as library
from evidence.catalogs import mandate
from evidence.catalogs.attestation import parse_evidence
from evidence.models import EvidenceRevision, Passage
from rfp.models import Assessment, Finding, Questionnaire
from rfp.queries.standing import Standing, standing
from scoring import exceptions
from scoring.results import RequirementResult
from scoring.types import Deal, ExceptionFact, State

KEPT_SECONDS = 24 * 60 * 60


def frozen(questionnaire: Questionnaire, assessment: Assessment, findings: Iterable[Finding]) -> Standing:
    """Return the standing that the assessment stored; the library of today and the buyer's profile play no part.

    Findings on requirements that the checklist in use no longer has are left out. The names of requirements and what
    closes them are those of the checklist in use.
    """
    catalogue = mandate.load()
    rows = [row for row in findings if row.requirement in catalogue.requirements]
    risks = _accepted_risks(questionnaire, assessment)
    systems = _systems_open(questionnaire, assessment, rows, risks)
    asked_for = {catalogue.requirements[row.requirement].sector for row in rows} - {""}
    return Standing(
        on=assessment.as_of,
        catalogue=catalogue,
        deal=_deal(questionnaire, sorted(asked_for)),
        proofs={},
        accepted_risks=risks,
        results={row.requirement: _result(row, systems.get(row.requirement, ())) for row in rows},
    )


def _deal(questionnaire: Questionnaire, sectors: list[str]) -> Deal:
    prefetch_related_objects([questionnaire], "systems__material_changes")
    return library.deal(questionnaire.organisation, questionnaire.systems.all(), sectors)


def _result(row: Finding, systems_open: tuple[str, ...]) -> RequirementResult:
    return RequirementResult(
        requirement=row.requirement,
        state=State(row.state),
        evidence=tuple(row.evidence),
        by_system={},
        systems_open=systems_open,
        expires_on=row.expires_on,
    )


def _systems_open(
    questionnaire: Questionnaire, assessment: Assessment, rows: Iterable[Finding], risks: Iterable[ExceptionFact]
) -> Mapping[str, tuple[str, ...]]:
    """Return by requirement the AI systems it was open for, where an acceptance for some of them makes it matter.

    A finding does not keep them. They are judged again from the same evidence and rules, and only while the library
    and the checklist are those of the assessment; else nothing is said of them.
    """
    partly = {name for risk in risks if risk.systems for name in risk.requirements}
    if not any(row.requirement in partly and not State(row.state).is_met for row in rows):
        return {}
    key = f"systems-open-{assessment.pk}"
    kept: Mapping[str, tuple[str, ...]] | None = cache.get(key)
    if kept is None:
        again = standing(questionnaire, on=assessment.as_of)
        held = [[proof.reference, proof.revision, proof.sha256] for proof in again.proofs.values()]
        if (held, again.catalogue.digest) != (assessment.evidence_snapshot, assessment.catalogue_digest):
            return {}
        kept = {name: result.systems_open for name, result in again.results.items()}
        cache.set(key, kept, KEPT_SECONDS)
    return kept


def _accepted_risks(questionnaire: Questionnaire, assessment: Assessment) -> tuple[ExceptionFact, ...]:
    """Return the risk acceptances that were in the library then, each in its revision of then."""
    numbers = {reference: number for reference, number, *_ in assessment.evidence_snapshot}
    revisions = (
        EvidenceRevision.objects.filter(evidence__organisation=questionnaire.organisation, kind=library.RISK_ACCEPTANCE)
        .select_related("evidence")
        .order_by("evidence__reference")
    )
    then = [row for row in revisions if numbers.get(row.evidence.reference) == row.number]
    texts = _texts_of(then)
    return tuple(
        exceptions.from_evidence(replace(parse_evidence(row.facts), revision=row.number, document_text=texts[row.pk]))
        for row in then
    )


def _texts_of(revisions: list[EvidenceRevision]) -> dict[int, str]:
    """Return by revision the text it was recorded with, else that of its file."""
    texts = {row.pk: str(row.facts.get("document_text") or "") for row in revisions}
    read: dict[int, list[str]] = {pk: [] for pk, text in texts.items() if not text}
    if not read:
        return texts
    rows = Passage.objects.filter(revision_id__in=list(read)).order_by("revision_id", "sequence")
    for revision_id, text in rows.values_list("revision_id", "text"):
        read[revision_id].append(text)
    return texts | {pk: "\n".join(parts) for pk, parts in read.items()}
