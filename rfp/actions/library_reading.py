"""The answers in a file that somebody brings in: a list of answers, or a questionnaire answered before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from hashlib import sha256

from accounts.models import Organisation
from evidence.queries import evidence_references
from evidence.question_key import question_key
from rfp.models import Export
from rfp.workbook.answer_library import AnswerRow, read_rows
from rfp.workbook.detect import detect
from rfp.workbook.errors import NoQuestions, WorkbookRefused
from rfp.workbook.extract import questions as extract_questions
from rfp.workbook.model import ColumnRole, Prior, Question, Slot, show
from rfp.workbook.reader import read

DRAFT_MARK = "(draft)"
LONGEST_ANSWER = 2000


class DraftRefused(WorkbookRefused):
    """The file is a draft of this product: its answers were approved by nobody."""

    code = "draft_refused"


class ReviewInFuture(WorkbookRefused):
    """The day of a review lies after the day of the import."""

    code = "review_in_future"


def listed_answers(organisation: Organisation, content: bytes, name: str, *, on: date) -> Sequence[AnswerRow]:
    """Return the rows of a list of answers, reviewed up to a day.

    :raises WorkbookRefused: if the file cannot be read, or is a draft
    :raises LibraryInvalid: if any row has a problem; the text names each
    """
    _check_no_draft(organisation, content, name)
    return read_rows(read(content, name), today=on, known_evidence=evidence_references(organisation))


def past_answers(
    organisation: Organisation, content: bytes, name: str, *, owner: str, reviewed_on: date, on: date
) -> Sequence[AnswerRow]:
    """Return the answers of a questionnaire that was answered before; of the same question the latest.

    :raises WorkbookRefused: if the file cannot be read, or is a draft
    :raises ReviewInFuture: if the review is yet to come
    :raises NoQuestions: if no question in it has an answer
    """
    _check_no_draft(organisation, content, name)
    if reviewed_on > on:
        raise ReviewInFuture(
            f"The review of {reviewed_on.isoformat()} lies in the future.", "Give the day on which it took place."
        )
    book = read(content, name)
    layout = detect(book)
    answered = [
        row
        for question in (extract_questions(book, layout) if layout.has_questions else ())
        if (row := _past_answer(question, owner=owner, reviewed_on=reviewed_on)) is not None
    ]
    if not answered:
        raise NoQuestions(f"No answered question was found in {name}.", "Import a questionnaire that was filled in.")
    return list({question_key(row.question): row for row in answered}.values())


def _check_no_draft(organisation: Organisation, content: bytes, name: str) -> None:
    drafts = Export.objects.filter(questionnaire__organisation=organisation, draft=True)
    if DRAFT_MARK in name.casefold() or drafts.filter(file__sha256=sha256(content).hexdigest()).exists():
        raise DraftRefused(
            f"{name} is a draft: nobody has approved its answers.", "Import the file that was released and sent."
        )


def _past_answer(question: Question, *, owner: str, reviewed_on: date) -> AnswerRow | None:
    if question.sample:
        return None
    given = {slot.role: slot for slot in reversed(question.slots) if slot.prior is Prior.ANSWER}
    main = given.get(ColumnRole.ANSWER) or given.get(ColumnRole.COMMENT)
    if main is None:
        return None
    comment = given.get(ColumnRole.COMMENT)
    return AnswerRow(
        sheet=question.sheet,
        row=question.row,
        question=question.text,
        answer=_shown(main)[:LONGEST_ANSWER],
        comment=_shown(comment) if comment is not None and comment is not main else "",
        owner=owner,
        reviewed_on=reviewed_on,
    )


def _shown(slot: Slot) -> str:
    return show(slot.current) if slot.current is not None else ""
