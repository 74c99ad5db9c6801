"""Ask each other at the desk: a question is assigned, remarks are made, and those they concern are told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from accounts import audit
from accounts.actions.notifications import notify
from accounts.models import User
from rfp.models import Assignment, Question, Remark
from rfp.queries.desk_people import desk_path, members_of, named_in

LONGEST_TOLD = 120


class NotAMember(Exception):
    """The person asked is not of the organisation, or may not answer questions there."""

    def __init__(self) -> None:
        super().__init__("Only a person of your organisation who may edit answers can be asked.")


@transaction.atomic
def assign(
    *, question: Question, assignee: User, note: str = "", due_on: date | None = None, by: User, at: datetime
) -> Assignment:
    """Ask a person to see to a question, instead of whoever was asked before; the same again changes nothing.

    :raises NotAMember: if the person may not answer questions of the organisation
    """
    questionnaire = question.questionnaire
    if assignee not in members_of(questionnaire.organisation):
        raise NotAMember
    # Two who ask at the same moment meet here: there may be no assignment yet that either could lock.
    Question.objects.select_for_update().get(pk=question.pk)
    standing = Assignment.objects.select_for_update().filter(question=question, ended_at=None).first()
    if standing is not None:
        if (standing.assignee_id, standing.note, standing.due_on) == (assignee.pk, note, due_on):
            return standing
        standing.ended_at = at
        standing.save(update_fields=["ended_at"])
    made = Assignment.objects.create(
        question=question, assignee=assignee, note=note, due_on=due_on, assigned_by=by, assigned_at=at
    )
    if assignee != by:
        notify(
            organisation=questionnaire.organisation,
            user=assignee,
            kind="assignment",
            text=f"{by} asks you to answer: {_short(question.text)}" + (f" {_short(note)}" if note else ""),
            url=desk_path(question),
            at=at,
        )
    audit.record(
        organisation=questionnaire.organisation,
        event="response.assigned",
        target=question,
        by=by,
        at=at,
        details={"to": str(assignee), "due": due_on.isoformat() if due_on else ""},
    )
    return made


@transaction.atomic
def finish(*, question: Question, by: User, at: datetime) -> bool:
    """Mark the open assignment of a question as done; return whether there was one. Who asked is told."""
    standing = Assignment.objects.select_for_update().filter(question=question, ended_at=None).first()
    if standing is None:
        return False
    standing.ended_at, standing.done = at, True
    standing.save(update_fields=["ended_at", "done"])
    organisation = question.questionnaire.organisation
    if standing.assigned_by is not None and standing.assigned_by != by:
        notify(
            organisation=organisation,
            user=standing.assigned_by,
            kind="assignment",
            text=f"{by} has seen to: {_short(question.text)}",
            url=desk_path(question),
            at=at,
        )
    audit.record(organisation=organisation, event="response.assignment_done", target=question, by=by, at=at)
    return True


@transaction.atomic
def remark(*, question: Question, text: str, by: User, at: datetime) -> Remark:
    """Say something about a question; members named as @First or @"First Last" are told."""
    organisation = question.questionnaire.organisation
    made = Remark.objects.create(question=question, author=by, text=text, said_at=at)
    mentioned: Sequence[User] = [user for user in named_in(text, members_of(organisation)) if user != by]
    made.mentioned.set(mentioned)
    for user in mentioned:
        notify(
            organisation=organisation,
            user=user,
            kind="mention",
            text=f"{by} mentions you: {_short(text)}",
            url=desk_path(question),
            at=at,
        )
    audit.record(organisation=organisation, event="response.remarked", target=question, by=by, at=at)
    return made


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_TOLD else f"{text[:LONGEST_TOLD].rstrip()}…"
