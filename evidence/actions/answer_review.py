"""Approving library answers and keeping them true: always a second person."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from accounts.models import User
from accounts.turns import take_turn
from evidence.actions.answer_rows import (
    NothingToDo,
    Wording,
    WriterMayNotApprove,
    add_version,
    check_approver,
    decide,
    note_event,
    pending_of,
    put_in_use,
    take,
    write,
)
from evidence.models import AnswerState, AnswerVersion, LibraryAnswer, VersionState


@transaction.atomic
def approve(*, answer: LibraryAnswer, version: int, by: User, at: datetime) -> LibraryAnswer:
    """Approve the change that waits, as the person read it in ``version``.

    :raises MayNotApproveAnswers: if the person holds no role that may
    :raises WriterMayNotApprove: if the person wrote it
    :raises AnswerChanged: if it was changed since
    :raises NothingToDo: if nothing waits for approval
    """
    check_approver(by, answer.organisation)
    current, waiting = _waiting(answer, version)
    if waiting.written_by == by:
        raise WriterMayNotApprove("You wrote this. Another person has to approve it.")
    wording = Wording.of(waiting)
    decide(waiting, VersionState.APPROVED, by, at)
    put_in_use(current, wording, waiting.written_by, by, at)
    note_event(current, "answer.approved", by, at, version=waiting.number)
    return current


@transaction.atomic
def send_back(*, answer: LibraryAnswer, version: int, note: str, by: User, at: datetime) -> LibraryAnswer:
    """Send a change back to who wrote it, with a reason; what was approved before stays in use.

    :raises MayNotApproveAnswers: if the person holds no role that may approve
    :raises AnswerChanged: if it was changed since
    :raises NothingToDo: if nothing waits for approval
    """
    check_approver(by, answer.organisation)
    current, waiting = _waiting(answer, version)
    decide(waiting, VersionState.DECLINED, by, at, note=note)
    if current.state == AnswerState.IN_REVIEW:
        current.state = AnswerState.DRAFT
        current.save(update_fields=["state"])
    note_event(current, "answer.sent_back", by, at, version=waiting.number, reason=note)
    return current


@transaction.atomic
def still_right(*, answer: LibraryAnswer, version: int, on: date, by: User, at: datetime) -> LibraryAnswer:
    """Record that an approved answer was reviewed on a day and holds; once a day is enough.

    :raises MayNotApproveAnswers: if the person holds no role that may approve
    :raises AnswerChanged: if it was changed since
    :raises NothingToDo: if it is not in use, or a change of it waits
    """
    check_approver(by, answer.organisation)
    current = take(answer, version)
    if current.state != AnswerState.APPROVED:
        raise NothingToDo("Only an approved answer is reviewed.")
    if pending_of(current) is not None:
        raise NothingToDo("A change of this answer waits. Decide about the change first.")
    if current.reviewed_on == on:
        return current
    wording = replace(Wording.of(current), reviewed_on=on)
    current.version += 1
    add_version(current, wording, VersionState.APPROVED, None, by, at, "Reviewed: still right.")
    write(current, wording)
    note_event(current, "answer.reviewed", by, at, version=current.version, on=on.isoformat())
    return current


@transaction.atomic
def reopen(*, answer: LibraryAnswer, reason: str, by: User, at: datetime) -> bool:
    """Take an approved answer out of use until somebody approves it anew; return whether it was in use.

    A change that waits already is decided about instead: the words in use wait with it.
    """
    take_turn(answer.organisation)
    current = LibraryAnswer.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=answer.pk)
    if current.state != AnswerState.APPROVED:
        return False
    waiting = pending_of(current)
    current.version += 1
    if waiting is None:
        # Nobody wrote it anew, so whoever may approve may also say that it still holds.
        add_version(current, Wording.of(current), VersionState.IN_REVIEW, None, by, at, reason)
    elif waiting.state == VersionState.DRAFT:
        waiting.state, waiting.note = VersionState.IN_REVIEW, reason
        waiting.save(update_fields=["state", "note"])
    current.state = AnswerState.IN_REVIEW
    current.save(update_fields=["state", "version"])
    note_event(current, "answer.reopened", by, at, reason=reason)
    return True


def _waiting(answer: LibraryAnswer, version: int) -> tuple[LibraryAnswer, AnswerVersion]:
    current = take(answer, version)
    waiting = pending_of(current)
    if waiting is None or waiting.state != VersionState.IN_REVIEW:
        raise NothingToDo("Nothing of this answer waits for approval.")
    return current, waiting
