"""Rows of the answer library: what its actions read and write, and what keeps them from doing so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime

from accounts import audit
from accounts.authorization import Permission, roles_that_may
from accounts.models import Organisation, User
from accounts.queries import has_role
from accounts.turns import take_turn
from evidence.models import (
    UNDECIDED,
    AnswerState,
    AnswerVersion,
    Audience,
    Evidence,
    LibraryAnswer,
    VersionState,
)
from evidence.question_key import question_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What an answer says and for what it holds, as a person enters it."""

    question: str
    answer: str
    comment: str = ""
    owner: str = ""
    reviewed_on: date | None = None
    product: str = ""
    region: str = ""
    audience: str = Audience.PUBLIC
    evidence: Evidence | None = None

    @classmethod
    def of(cls, row: LibraryAnswer | AnswerVersion) -> Wording:
        return cls(**{field.name: getattr(row, field.name) for field in fields(cls)})

    def columns(self) -> Mapping[str, object]:
        return {field.name: getattr(self, field.name) for field in fields(self)}


class MayNotApproveAnswers(Exception):
    """The person holds no role that may approve library answers."""


class WriterMayNotApprove(Exception):
    """Approval needs a second person."""


class AnswerExists(Exception):
    """The library holds an answer to this question for the same systems and region; ``existing`` is it."""

    def __init__(self, existing: LibraryAnswer) -> None:
        super().__init__("The library has an answer to this question for the same systems and region. Change that one.")
        self.existing = existing


class AnswerChanged(Exception):
    """Somebody changed the answer first; ``current`` is what it says now. Nothing was written."""

    def __init__(self, current: LibraryAnswer) -> None:
        super().__init__("Somebody changed this answer since the page was loaded. Compare both texts, then decide.")
        self.current = current


class NothingToDo(Exception):
    """The step does not fit the state of the answer; the text says why."""


def may_approve(user: User, organisation: Organisation) -> bool:
    return has_role(user, organisation, *roles_that_may(Permission.APPROVE_LIBRARY))


def pending_of(answer: LibraryAnswer) -> AnswerVersion | None:
    """Return the change that nobody has decided about."""
    return answer.versions.filter(state__in=UNDECIDED).select_related("written_by", "evidence").first()


def check_approver(by: User, organisation: Organisation) -> None:
    if not may_approve(by, organisation):
        roles = " or ".join(role.label.casefold() for role in roles_that_may(Permission.APPROVE_LIBRARY))
        raise MayNotApproveAnswers(f"{by} may not approve answers of {organisation}: that takes the role {roles}.")


def take(answer: LibraryAnswer, version: int) -> LibraryAnswer:
    """Return the answer locked, as it stands; whoever comes with an older version is told."""
    take_turn(answer.organisation)
    current = LibraryAnswer.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=answer.pk)
    if current.version != version:
        raise AnswerChanged(current)
    return current


def answer_to(organisation: Organisation, key: str, wording: Wording) -> LibraryAnswer | None:
    return (
        LibraryAnswer.objects.of(organisation)
        .filter(
            question_key=key,
            product__iexact=wording.product,
            region__iexact=wording.region,
            retired_at=None,
        )
        .first()
    )


def add_version(
    answer: LibraryAnswer,
    wording: Wording,
    state: VersionState,
    writer: User | None,
    by: User,
    at: datetime,
    note: str,
) -> AnswerVersion:
    decided = state is VersionState.APPROVED
    return AnswerVersion.objects.create(
        of=answer,
        number=answer.version,
        state=state,
        written_by=writer,
        written_at=at,
        decided_by=by if decided else None,
        decided_at=at if decided else None,
        note=note,
        **wording.columns(),
    )


def decide(waiting: AnswerVersion, state: VersionState, by: User, at: datetime, *, note: str = "") -> None:
    waiting.state, waiting.decided_by, waiting.decided_at = state, by, at
    waiting.note = note or waiting.note
    waiting.save(update_fields=["state", "decided_by", "decided_at", "note"])


def put_in_use(current: LibraryAnswer, wording: Wording, writer: User | None, by: User, at: datetime) -> None:
    write(current, wording, state=AnswerState.APPROVED, written_by=writer, approved_by=by, approved_at=at)


def write(current: LibraryAnswer, wording: Wording, **others: object) -> None:
    if wording.question != current.question:
        # The vector belonged to the earlier words.
        others |= {"embedding": None, "question_key": question_key(wording.question)}
    for name, value in (*wording.columns().items(), *others.items()):
        setattr(current, name, value)
    current.save()


def note_event(answer: LibraryAnswer, event: str, by: User, at: datetime, **details: object) -> None:
    audit.record(
        organisation=answer.organisation,
        event=event,
        target=answer,
        by=by,
        at=at,
        details={"question": answer.question[:200], **details},
    )
