"""Answers that people write. What the machine proposed is kept, so that it can come back and agreement be measured."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts import audit
from accounts.models import User
from rfp.actions.keeping import AnswerMoved, bring_back, keep, put
from rfp.actions.steps import record_step
from rfp.answering.by_hand import Entry, content_of, goes_beyond, is_shown, offer, why
from rfp.answering.cells import Cells
from rfp.answering.content import BlankCode, Content
from rfp.answering.place import Placed, place
from rfp.answering.promises import first_promise
from rfp.models import Band, Question, Response, Statement, StepKind
from rfp.models.slots import to_question
from rfp.queries.by_hand import content_said, sharing_cells, shown_by_machine
from rfp.workbook.model import Question as AskedQuestion


class CellRefused(Exception):
    """The buyer's form does not take what was entered; the text says why."""


class NeedsReason(Exception):
    """More is said than the evidence shows, and no reason was given."""

    def __init__(self) -> None:
        super().__init__(
            "The evidence does not show this. Say why it is said all the same; the answer is then marked "
            "“not supported by proof”, the buyer's report gives your reason, and somebody else has to approve it."
        )


@transaction.atomic
def write(
    *,
    question: Question,
    entry: Entry,
    override: str = "",
    on_purpose: bool = False,
    version: int,
    by: User,
    at: datetime,
) -> Response:
    """Let a person's answer stand in place of the one they saw; an answer taken out is left blank on purpose.

    The same as stood before changes nothing, also where nothing stood and nothing was entered, unless ``on_purpose``
    says that it is to stay blank. The machine's own answer entered again is the machine's.

    :raises AnswerMoved: if somebody changed the answer in the meantime
    :raises CellRefused: if the form does not take it
    :raises NeedsReason: if it goes beyond the evidence and ``override`` is empty
    """
    response = Response.objects.select_for_update(of=("self",)).select_related("machine").get(question=question)
    if response.version != version:
        raise AnswerMoved
    asked = to_question(question)
    offered = offer(asked)
    if offered.closed:
        raise CellRefused(offered.closed)
    if entry.choice and entry.choice not in offered.options:
        raise CellRefused("The buyer's list has no such option. Choose one of those shown.")
    content = content_of(entry, offered)
    placed = place(asked, content)
    if not (placed.writes or response.shown or on_purpose):
        return response
    if _fills_alike(asked, placed, response) and override in ("", response.override_reason):
        return response
    machine = response.machine if response.written_at else None
    if machine is not None and _fills_alike(asked, placed, machine):
        return take_machine(question=question, version=version, by=by, at=at)
    if content.says_something:
        _check_cells(question, placed)
    shown = shown_by_machine(question, response)
    beyond = goes_beyond(content, shown)
    if beyond and not override:
        raise NeedsReason
    kept = keep(response, at=at)
    rests_on = machine or kept
    said = _said(content, placed, at) | {
        "reason": why(content, shown, by=str(by), override=override),
        "written_by": by,
        "written_at": at,
        "unsupported": beyond,
        "override_reason": override if beyond else "",
        "machine": rests_on,
        "machine_changed_at": None,
    }
    put(response, said, citations=rests_on.citations if is_shown(content, shown) else [], version=version)
    _note(response, "response.written", by=by, at=at)
    return response


@transaction.atomic
def take_machine(*, question: Question, version: int, by: User, at: datetime) -> Response:
    """Let the machine's answer stand again; where it stands already, nothing happens.

    :raises AnswerMoved: if somebody changed the answer in the meantime
    """
    response = Response.objects.select_for_update(of=("self",)).select_related("machine").get(question=question)
    if response.version != version:
        raise AnswerMoved
    if response.written_at is None or response.machine is None:
        return response
    bring_back(response, response.machine, version=version, at=at)
    _note(response, "response.machine_taken", by=by, at=at)
    return response


@transaction.atomic
def stand_by(*, question: Question, version: int, by: User, at: datetime) -> None:
    """Note that a person has seen what the machine says by now, and stands by the answer.

    :raises AnswerMoved: if somebody changed the answer in the meantime
    """
    if not Response.objects.filter(question=question, version=version).update(machine_changed_at=None):
        raise AnswerMoved
    organisation = question.questionnaire.organisation
    details = {"version": version}
    audit.record(organisation=organisation, event="response.stood_by", target=question, by=by, at=at, details=details)


def _fills_alike(asked: AskedQuestion, placed: Placed, said: Statement) -> bool:
    """Say whether an answer puts the same into the cells as a stored one."""
    if not placed.writes:
        return not said.shown and said.code == BlankCode.LEFT_BLANK
    return bool(said.shown) and place(asked, content_said(said)).writes == placed.writes


def _check_cells(question: Question, placed: Placed) -> None:
    """:raises CellRefused: if nothing can be written, or another answer has a cell with something else"""
    if not placed.writes:
        raise CellRefused(placed.problem or "The form has no cell for this answer.")
    cells = Cells()
    for other in sharing_cells(question):
        cells.take(place(to_question(other.question), content_said(other)).writes)
    before = {(write.sheet, write.row, write.column): write.value for write in cells.writes}
    # Texts stand below each other in one cell; of a list there is one choice.
    differs = placed.option is not None and any(
        before.get((write.sheet, write.row, write.column), write.value) != write.value for write in placed.writes[:1]
    )
    if differs or not cells.take(placed.writes):
        raise CellRefused("Another question has the same answer cell and a different answer. Make the two agree.")


def _said(content: Content, placed: Placed, at: datetime) -> dict[str, object]:
    return {
        "band": Band.SUGGESTED if content.says_something else Band.BLANK,
        "value": content.value,
        "option": placed.option.label if placed.option else None,
        "text": content.words,
        "comment": content.comment,
        "documents": content.documents,
        "answered_on": content.on,
        "shown": placed.shown,
        "code": BlankCode.NONE if content.says_something else BlankCode.LEFT_BLANK,
        "failed_rules": [],
        "library_answer": None,
        "promise": first_promise(placed.shown, content.comment),
        "drafted_at": at,
    }


def _note(response: Response, event: str, *, by: User, at: datetime) -> None:
    questionnaire = response.question.questionnaire
    record_step(
        questionnaire=questionnaire,
        question=response.question,
        kind=StepKind.WRITTEN,
        version=response.version,
        by=by,
        at=at,
    )
    audit.record(
        organisation=questionnaire.organisation,
        event=event,
        target=response.question,
        by=by,
        at=at,
        details={"version": response.version, "unsupported": response.unsupported},
    )
