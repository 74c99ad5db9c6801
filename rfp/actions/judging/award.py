"""Award a tender to a vendor whose gate is open, and take the award back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F

from accounts import audit
from accounts.models import User
from rfp.actions.judging.judge import judge
from rfp.models import Award, Judgement, Participant, Tender
from rfp.reporting import words
from scoring.types import Verdict

OPENS = (Verdict.QUALIFIED, Verdict.ACCEPTED_WITH_RISK)


class CannotBeAwarded(Exception):
    """The tender cannot go to that vendor now; the text says why and what to do."""


class NotAwarded(Exception):
    """There is no award to take back, or no reason for it."""


@transaction.atomic
def award(*, participant: Participant, reason: str, by: User, at: datetime) -> Award:
    """Choose a vendor. Its proof is judged anew first: what counts is the gate at this moment.

    :raises CannotBeAwarded: while the gate fails, scoring is not open, the vendor withdrew, or without a reason
    """
    tender = Tender.objects.select_for_update().get(pk=participant.tender_id)
    _check(tender, participant, reason)
    judgement = judge(participant=participant, by=by, at=at)
    if judgement.verdict not in OPENS:
        raise CannotBeAwarded(_closed(judgement))
    made = Award.objects.create(
        tender=tender,
        participant=participant,
        judgement=judgement,
        reason=reason.strip(),
        awarded_by=by,
        awarded_at=at,
    )
    Tender.objects.filter(pk=tender.pk).update(award=participant, awarded_at=at, version=F("version") + 1)
    _note(made, "tender.awarded", by, at, reason=made.reason, verdict=judgement.verdict, digest=judgement.digest)
    return made


@transaction.atomic
def reopen(*, award: Award, reason: str, by: User, at: datetime) -> None:
    """Take an award back, so that the tender can be decided anew; what was decided stays on record.

    :raises NotAwarded: without a reason, or if it was taken back before
    """
    if not reason.strip():
        raise NotAwarded("Say why the award is taken back: the vendors and the record need it.")
    rows = Award.objects.filter(pk=award.pk, reopened_at=None)
    if not rows.update(reopened_by=by, reopened_at=at, reopened_because=reason.strip()):
        raise NotAwarded("The award was taken back already.")
    Tender.objects.filter(pk=award.tender_id).update(award=None, awarded_at=None, version=F("version") + 1)
    _note(award, "tender.award_reopened", by, at, reason=reason.strip())


def _check(tender: Tender, participant: Participant, reason: str) -> None:
    if not reason.strip():
        raise CannotBeAwarded("Say why this vendor: whoever audits the decision reads it first.")
    if tender.awarded_at is not None:
        raise CannotBeAwarded("The tender is awarded already. Take that award back first.")
    if tender.scoring_opened_at is None:
        raise CannotBeAwarded("The tender is not being scored yet: close it and open scoring first.")
    if participant.withdrawn_at is not None:
        raise CannotBeAwarded(f"{participant.name} has withdrawn.")


def _closed(judgement: Judgement) -> str:
    covered = set(judgement.accepted)
    uncovered = [name for name in judgement.open_requirements if name not in covered]
    return (
        f"The gate is closed: {judgement.participant.name} is {words.VERDICTS[judgement.verdict].lower()}. "
        f"Open and not accepted: {words.ranged(uncovered) or 'a category that nothing was judged in'}. "
        "Get the proof, or ask an executive to accept the risk."
    )


def _note(made: Award, event: str, by: User, at: datetime, **details: object) -> None:
    audit.record(
        organisation=made.tender.organisation,
        event=event,
        target=made.tender,
        by=by,
        at=at,
        details={"tender": made.tender.name, "vendor": made.participant.name, **details},
    )
