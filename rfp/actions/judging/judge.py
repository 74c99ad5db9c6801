"""Judge a vendor of a tender and freeze the result; a change of verdict after the award is told to its owner."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.urls import reverse

from accounts import audit
from accounts.actions.notifications import notify
from accounts.models import User
from rfp.models import (
    JudgedClaim,
    JudgedRequirement,
    JudgedVendor,
    Judgement,
    Participant,
    Submission,
)
from rfp.queries.judging.claims import HeldClaim, current_submission, held_claims
from rfp.queries.judging.standing import Offered, offered, standing_of
from rfp.queries.standing import Standing
from rfp.reporting import words


@transaction.atomic
def judge(*, participant: Participant, by: User | None, at: datetime) -> Judgement:
    """Hold the vendor's evidence and answers against the mandate, on the buyer's day.

    The same result as before is the judgement of before, which goes on to hold; nothing but the day of the look is
    stored then.
    """
    # Two who judge the same vendor at once wait for each other.
    Participant.objects.select_for_update(of=("self",)).get(pk=participant.pk)
    on = at.astimezone(participant.tender.zone).date()
    systems = offered(participant)
    standing = standing_of(participant, systems, on=on, at=at)
    submission = current_submission(participant)
    made = _judgement(participant, standing, systems, submission, by=by, at=at)
    requirements = _requirements(made, standing)
    claims = _claims(made, held_claims(participant, standing, submission))
    made.digest = _digest(made, requirements, claims)
    before = JudgedVendor.objects.select_related("judgement").filter(participant=participant).first()
    if before is not None and before.judgement.digest == made.digest:
        JudgedVendor.objects.filter(pk=before.pk).update(looked_on=on, looked_at=at)
        return before.judgement
    made.save()
    JudgedRequirement.objects.bulk_create(requirements)
    JudgedClaim.objects.bulk_create(claims)
    JudgedVendor.objects.update_or_create(
        participant=participant, defaults={"judgement": made, "looked_on": on, "looked_at": at}
    )
    earlier = before.judgement.verdict if before else ""
    _note(made, earlier, by, at)
    if earlier and earlier != made.verdict:
        _alert(made, earlier, at)
    return made


def judge_all(*, participants: Sequence[Participant], by: User | None, at: datetime) -> int:
    """Judge vendors one after the other, each in a transaction of its own; return how many verdicts changed."""
    changed = 0
    for participant in participants:
        before = JudgedVendor.objects.filter(participant=participant).values_list("judgement__verdict", flat=True)
        held = before.first()
        changed += judge(participant=participant, by=by, at=at).verdict != held
    return changed


def _judgement(
    participant: Participant,
    standing: Standing,
    systems: Sequence[Offered],
    submission: Submission | None,
    *,
    by: User | None,
    at: datetime,
) -> Judgement:
    gate = standing.gate()
    readiness = standing.readiness(gate)
    first = standing.first_expiry()
    highest = Judgement.objects.filter(participant=participant).aggregate(most=Max("number"))["most"] or 0
    return Judgement(
        participant=participant,
        number=highest + 1,
        as_of=standing.on,
        made_at=at,
        made_by=by,
        stage=participant.tender.stage,
        add_ons=sorted(participant.tender.add_ons),
        systems=[[one.asked, one.system.name if one.system else ""] for one in systems],
        verdict=gate.verdict,
        readiness=readiness.shown,
        readiness_by_category=dict(readiness.by_category),
        readiness_of_add_ons=readiness.addons,
        categories=dict(gate.categories),
        open_requirements=list(gate.open_requirements),
        accepted=dict(gate.accepted),
        lapsing=list(gate.lapsing),
        expires_on=first.vendor,
        expires_by_category={name: day.isoformat() if day else None for name, day in first.by_category.items()},
        catalogue_version=standing.catalogue.version,
        catalogue_digest=standing.catalogue.digest,
        evidence_snapshot=[[proof.reference, proof.revision, proof.sha256] for proof in standing.proofs.values()],
        submission=submission,
    )


def _requirements(made: Judgement, standing: Standing) -> list[JudgedRequirement]:
    return [
        JudgedRequirement(
            judgement=made,
            requirement=name,
            state=result.state,
            problems=[[problem.rule, problem.sentence] for problem in result.problems],
            evidence=list(result.evidence),
            expires_on=result.expires_on,
            systems_open=list(result.systems_open),
        )
        for name, result in standing.results.items()
    ]


def _claims(made: Judgement, held: Sequence[HeldClaim]) -> list[JudgedClaim]:
    return [
        JudgedClaim(
            judgement=made,
            question=one.question,
            answer=one.answer,
            standing=one.judged.standing,
            because=[[reason.requirement, reason.rule, reason.sentence] for reason in one.judged.because],
            cites=[list(cite) for cite in one.cites],
        )
        for one in held
    ]


_SAID = (
    "stage",
    "add_ons",
    "systems",
    "verdict",
    "readiness",
    "readiness_by_category",
    "readiness_of_add_ons",
    "categories",
    "open_requirements",
    "accepted",
    "lapsing",
    "expires_by_category",
    "catalogue_digest",
    "evidence_snapshot",
    "submission_id",
)
_FOUND = ("requirement", "state", "problems", "evidence", "systems_open")
_CLAIMED = ("question_id", "answer_id", "standing", "because", "cites")


def _digest(made: Judgement, requirements: Sequence[JudgedRequirement], claims: Sequence[JudgedClaim]) -> str:
    """Return the SHA-256 of what a judgement says: two days with the same digest are one judgement."""
    content = [
        [getattr(made, name) for name in _SAID],
        [[*(getattr(row, name) for name in _FOUND), _iso(row.expires_on)] for row in requirements],
        [[getattr(row, name) for name in _CLAIMED] for row in claims],
    ]
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _note(made: Judgement, earlier: str, by: User | None, at: datetime) -> None:
    tender = made.participant.tender
    audit.record(
        organisation=tender.organisation,
        event="tender.judged",
        target=made,
        by=by,
        at=at,
        details={
            "tender": tender.name,
            "vendor": made.participant.name,
            "verdict": made.verdict,
            "before": earlier,
            "on": made.as_of.isoformat(),
            "catalogue": made.catalogue_version,
            "digest": made.digest,
        },
    )


def _alert(made: Judgement, earlier: str, at: datetime) -> None:
    """Tell those who answer for an award that the verdict of the vendor has changed since."""
    participant = made.participant
    tender = participant.tender
    award = tender.awards.filter(participant=participant, reopened_at=None).select_related("awarded_by").first()
    if award is None:
        return
    text = (
        f"The verdict of {participant.name}, which won “{tender.name}”, changed from {words.VERDICTS[earlier].lower()} "
        f"to {words.VERDICTS[made.verdict].lower()}. See what changed, and whether the award still stands."
    )
    url = reverse("tender", args=[tender.pk])
    for person in dict.fromkeys(one for one in (tender.owner, award.awarded_by) if one is not None):
        key = f"award-{award.pk}-judgement-{made.number}"
        notify(organisation=tender.organisation, user=person, kind="verdict", text=text, url=url, key=key, at=at)
