"""The answer library: one person writes, a second one approves, and every step stays on record."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from accounts.models import Organisation, User
from accounts.turns import take_turn
from evidence.actions.answer_rows import (
    AnswerExists,
    NothingToDo,
    Wording,
    add_version,
    answer_to,
    decide,
    may_approve,
    note_event,
    pending_of,
    put_in_use,
    take,
    write,
)
from evidence.models import AnswerState, AnswerVersion, LibraryAnswer, VersionState
from evidence.question_key import question_key


@transaction.atomic
def add(
    *,
    organisation: Organisation,
    wording: Wording,
    draft: bool = False,
    written_by: User | None = None,
    note: str = "",
    by: User,
    at: datetime,
) -> LibraryAnswer:
    """Add an answer. It is approved at once where ``by`` may approve and somebody else wrote it; else it waits.

    ``written_by`` is who wrote the words, if not the person who brings them in.

    :raises AnswerExists: if there is one for the same question, systems and region
    """
    take_turn(organisation)
    key = question_key(wording.question)
    existing = answer_to(organisation, key, wording)
    if existing is not None:
        raise AnswerExists(existing)
    writer = written_by or by
    state = _state_for(writer, draft, by, organisation)
    answer = LibraryAnswer.objects.create(
        organisation=organisation,
        question_key=key,
        state=AnswerState(state),
        written_by=writer,
        approved_by=by if state is VersionState.APPROVED else None,
        approved_at=at if state is VersionState.APPROVED else None,
        **wording.columns(),
    )
    add_version(answer, wording, state, writer, by, at, note)
    note_event(answer, "answer.added", by, at, state=state.label)
    return answer


@transaction.atomic
def change(
    *,
    answer: LibraryAnswer,
    wording: Wording,
    version: int,
    draft: bool = False,
    written_by: User | None = None,
    note: str = "",
    by: User,
    at: datetime,
) -> LibraryAnswer:
    """Change an answer as the person saw it in ``version``; what was approved stays in use while the change waits.

    A change that says what is in use already changes nothing.

    :raises AnswerChanged: if somebody else changed it first
    :raises AnswerExists: if another one answers the question for the same systems and region
    :raises NothingToDo: if the answer is retired
    """
    current = take(answer, version)
    if current.state == AnswerState.RETIRED:
        raise NothingToDo("This answer is retired. Bring it back first.")
    waiting = pending_of(current)
    latest = Wording.of(waiting or current)
    if wording == latest and (waiting is None or draft == (waiting.state == VersionState.DRAFT)):
        return current
    existing = answer_to(current.organisation, question_key(wording.question), wording)
    if existing is not None and existing.pk != current.pk:
        raise AnswerExists(existing)
    writer = written_by or by
    state = _state_for(writer, draft, by, current.organisation)
    if waiting is not None:
        decide(waiting, VersionState.WITHDRAWN, by, at)
    current.version += 1
    add_version(current, wording, state, writer, by, at, note)
    if state is VersionState.APPROVED:
        put_in_use(current, wording, writer, by, at)
    elif current.state != AnswerState.APPROVED:
        # Nothing of it was ever approved: what waits is all there is to show.
        write(current, wording, state=AnswerState(state), written_by=writer)
    else:
        current.save(update_fields=["version"])
    note_event(current, "answer.changed", by, at, version=current.version, state=state.label)
    return current


@transaction.atomic
def retire(*, answer: LibraryAnswer, version: int, note: str = "", by: User, at: datetime) -> LibraryAnswer:
    """Take an answer out of use; what it answered stays as it is. Retiring twice has one effect.

    :raises AnswerChanged: if it was changed since
    """
    current = take(answer, version)
    if current.state == AnswerState.RETIRED:
        return current
    waiting = pending_of(current)
    if waiting is not None:
        decide(waiting, VersionState.WITHDRAWN, by, at)
    write(current, Wording.of(current), state=AnswerState.RETIRED, retired_at=at, version=current.version + 1)
    note_event(current, "answer.retired", by, at, **({"reason": note} if note else {}))
    return current


@transaction.atomic
def undo(*, answer: LibraryAnswer, version: int, by: User, at: datetime) -> LibraryAnswer:
    """Take back the latest step: bring a retired answer back, withdraw a change, or return to the words before.

    What was approved once is in use again at once where somebody may approve it who did not write it; else it waits.

    :raises AnswerChanged: if it was changed since
    :raises AnswerExists: if another answer took its place meanwhile
    :raises NothingToDo: if there is nothing before it
    """
    current = take(answer, version)
    if current.state == AnswerState.RETIRED:
        return _bring_back(current, by, at)
    waiting = pending_of(current)
    if waiting is not None and current.state == AnswerState.APPROVED:
        decide(waiting, VersionState.WITHDRAWN, by, at)
        current.version += 1
        current.save(update_fields=["version"])
        note_event(current, "answer.withdrawn", by, at, version=waiting.number)
        return current
    earlier = _version_before(current)
    if earlier is None:
        raise NothingToDo("There is nothing before this. Retire the answer if it should not be used.")
    return change(
        answer=current,
        wording=Wording.of(earlier),
        version=current.version,
        written_by=earlier.written_by,
        note=f"Back to version {earlier.number}.",
        by=by,
        at=at,
    )


def _bring_back(current: LibraryAnswer, by: User, at: datetime) -> LibraryAnswer:
    wording = Wording.of(current)
    existing = answer_to(current.organisation, current.question_key, wording)
    if existing is not None:
        raise AnswerExists(existing)
    # Whoever may not approve does not bring an answer back into use by themselves.
    in_use = current.approved_at is not None and may_approve(by, current.organisation)
    state = AnswerState.APPROVED if in_use else AnswerState.IN_REVIEW
    current.version += 1
    if not in_use:
        add_version(current, wording, VersionState.IN_REVIEW, by, by, at, "Brought back.")
    write(current, wording, state=state, retired_at=None, merged_into=None)
    note_event(current, "answer.restored", by, at, state=state.label)
    return current


def _version_before(current: LibraryAnswer) -> AnswerVersion | None:
    now = Wording.of(current)
    for version in current.versions.filter(state=VersionState.APPROVED).select_related("written_by", "evidence"):
        if replace(Wording.of(version), reviewed_on=now.reviewed_on) != now:
            return version
    return None


def _state_for(writer: User, draft: bool, by: User, organisation: Organisation) -> VersionState:
    if draft:
        return VersionState.DRAFT
    return VersionState.APPROVED if writer != by and may_approve(by, organisation) else VersionState.IN_REVIEW
