"""Freeze the verdict of a day, with the rules and the evidence it was made from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from accounts import audit
from accounts.models import User
from rfp.models import Assessment, Finding, Questionnaire
from rfp.queries.standing import Standing

_SAID = (
    "stage",
    "as_of",
    "verdict",
    "readiness",
    "readiness_by_category",
    "expires_on",
    "catalogue_version",
    "catalogue_digest",
    "evidence_snapshot",
)
_FOUND = ("requirement", "state", "problems", "evidence", "expires_on", "start_by")


@transaction.atomic
def run(*, questionnaire: Questionnaire, standing: Standing, by: User | None, at: datetime) -> Assessment:
    """Store the assessment of a standing; one that says the same as the latest is that one, and nothing is stored."""
    gate = standing.gate()
    readiness = standing.readiness(gate)
    assessment = Assessment(
        questionnaire=questionnaire,
        stage=questionnaire.stage,
        as_of=standing.on,
        verdict=gate.verdict,
        readiness=readiness.shown,
        readiness_by_category=dict(readiness.by_category),
        expires_on=standing.first_expiry().vendor,
        catalogue_version=standing.catalogue.version,
        catalogue_digest=standing.catalogue.digest,
        evidence_snapshot=[[proof.reference, proof.revision, proof.sha256] for proof in standing.proofs.values()],
        made_at=at,
    )
    due = {line.requirement: line for line in standing.expiries()}
    findings = [
        Finding(
            assessment=assessment,
            requirement=name,
            state=result.state,
            problems=[[problem.rule, problem.sentence] for problem in result.problems],
            evidence=list(result.evidence),
            expires_on=result.expires_on,
            start_by=due[name].start_by if name in due else None,
        )
        for name, result in standing.results.items()
    ]
    latest = questionnaire.assessments.first()
    if latest is not None and _says_the_same(latest, assessment, findings):
        return latest
    assessment.save()
    Finding.objects.bulk_create(findings)
    audit.record(
        organisation=questionnaire.organisation,
        event="questionnaire.assessed",
        target=assessment,
        by=by,
        at=at,
        details={"verdict": gate.verdict, "on": standing.on.isoformat(), "catalogue": standing.catalogue.version},
    )
    return assessment


def _says_the_same(latest: Assessment, made: Assessment, findings: Sequence[Finding]) -> bool:
    if any(getattr(latest, name) != getattr(made, name) for name in _SAID):
        return False
    before = {row.requirement: row for row in latest.findings.all()}
    return len(before) == len(findings) and all(
        found.requirement in before
        and all(getattr(before[found.requirement], name) == getattr(found, name) for name in _FOUND)
        for found in findings
    )
