"""Two library answers to one question: keep one, or say that they are two after all."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts import audit
from accounts.models import User
from evidence.actions.answer_rows import Wording, check_approver, pending_of, take, write
from evidence.models import AnswerPair, AnswerState, Audience, LibraryAnswer, PairJudgement, VersionState
from rfp.models import Response

# Audiences, each wider than the one before.
_TOLD_TO = (Audience.INTERNAL, Audience.NDA, Audience.PUBLIC)


class NotOneLibrary(Exception):
    """Two answers of different organisations, or one answer twice."""


@transaction.atomic
def merge(
    *, keep: LibraryAnswer, drop: LibraryAnswer, keep_version: int, drop_version: int, by: User, at: datetime
) -> LibraryAnswer:
    """Retire one answer in favour of another; what was answered from it counts as answered from the other.

    Where more people may be told the other, what was answered before stays tied to what it was taken from.
    Both keep their history, and the one that is dropped says into which it was merged. What buyers were sent stays.

    :raises MayNotApproveAnswers: if the person holds no role that may approve
    :raises AnswerChanged: if one of them was changed since the person saw it
    :raises NotOneLibrary: if they are not two answers of one organisation
    """
    _check_pair(keep, drop)
    check_approver(by, keep.organisation)
    kept, dropped = take(keep, keep_version), take(drop, drop_version)
    waiting = pending_of(dropped)
    if waiting is not None:
        waiting.state, waiting.decided_by, waiting.decided_at = VersionState.WITHDRAWN, by, at
        waiting.save(update_fields=["state", "decided_by", "decided_at"])
    wider = _TOLD_TO.index(kept.audience) > _TOLD_TO.index(dropped.audience)
    moved = 0 if wider else Response.objects.filter(library_answer=dropped).update(library_answer=kept)
    write(
        dropped,
        Wording.of(dropped),
        state=AnswerState.RETIRED,
        retired_at=at,
        merged_into=kept,
        version=dropped.version + 1,
    )
    for row, other in ((kept, dropped), (dropped, kept)):
        audit.record(
            organisation=row.organisation,
            event="answer.merged",
            target=row,
            by=by,
            at=at,
            details={"question": row.question[:200], "with": other.question[:200], "kept": kept.pk, "uses": moved},
        )
    return kept


@transaction.atomic
def set_apart(
    *,
    first: LibraryAnswer,
    second: LibraryAnswer,
    first_version: int,
    second_version: int,
    judgement: PairJudgement,
    by: User,
    at: datetime,
) -> AnswerPair:
    """Remember that both answers stay, until one of them changes.

    :raises AnswerChanged: if one of them was changed since the person saw it
    :raises NotOneLibrary: if they are not two answers of one organisation
    """
    _check_pair(first, second)
    one, other = take(first, first_version), take(second, second_version)
    if one.pk > other.pk:
        one, other = other, one
    pair, _ = AnswerPair.objects.update_or_create(
        first=one,
        second=other,
        defaults={
            "organisation": one.organisation,
            "first_version": one.version,
            "second_version": other.version,
            "judgement": judgement,
            "decided_by": by,
            "decided_at": at,
        },
    )
    audit.record(
        organisation=one.organisation,
        event="answer.set_apart",
        target=one,
        by=by,
        at=at,
        details={"question": one.question[:200], "with": other.question[:200], "judgement": judgement},
    )
    return pair


def _check_pair(one: LibraryAnswer, other: LibraryAnswer) -> None:
    if one.organisation_id != other.organisation_id or one.pk == other.pk:
        raise NotOneLibrary("These are not two answers of one library.")
