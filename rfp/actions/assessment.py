"""Freeze the verdict of a day, with the rules and the evidence it was made from."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts import audit
from accounts.models import User
from rfp.models import Assessment, Finding, Questionnaire
from rfp.queries.standing import Standing


@transaction.atomic
def run(*, questionnaire: Questionnaire, standing: Standing, by: User | None, at: datetime) -> Assessment:
    """Store the assessment of a standing; the same verdict from the same evidence on the same day is stored once."""
    gate = standing.gate()
    readiness = standing.readiness(gate)
    snapshot = [[proof.reference, proof.revision, proof.sha256] for proof in standing.proofs.values()]
    latest = questionnaire.assessments.first()
    if (
        latest is not None
        and (latest.as_of, latest.stage, latest.catalogue_digest)
        == (standing.on, questionnaire.stage, standing.catalogue.digest)
        and (latest.evidence_snapshot, latest.verdict) == (snapshot, gate.verdict)
    ):
        return latest
    assessment = Assessment.objects.create(
        questionnaire=questionnaire,
        stage=questionnaire.stage,
        as_of=standing.on,
        verdict=gate.verdict,
        readiness=readiness.shown,
        readiness_by_category=dict(readiness.by_category),
        expires_on=standing.first_expiry().vendor,
        catalogue_version=standing.catalogue.version,
        catalogue_digest=standing.catalogue.digest,
        evidence_snapshot=snapshot,
        made_at=at,
    )
    due = {line.requirement: line for line in standing.expiries()}
    Finding.objects.bulk_create(
        [
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
    )
    audit.record(
        organisation=questionnaire.organisation,
        event="questionnaire.assessed",
        target=assessment,
        by=by,
        at=at,
        details={"verdict": gate.verdict, "on": standing.on.isoformat(), "catalogue": standing.catalogue.version},
    )
    return assessment
