"""Fill the library of approved answers: from a spreadsheet of answers, or from a questionnaire answered before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from django.db import transaction

from accounts import audit
from accounts.models import Organisation, Role, User
from accounts.queries import has_role
from evidence.models import Audience, Evidence, LibraryAnswer
from evidence.queries import evidence_references
from evidence.question_key import question_key
from rfp.models import Export
from rfp.workbook.answer_library import AnswerRow, read_rows
from rfp.workbook.detect import detect
from rfp.workbook.errors import NoQuestions, WorkbookRefused
from rfp.workbook.extract import questions as extract_questions
from rfp.workbook.model import ColumnRole, Prior, Question, Slot, show
from rfp.workbook.reader import read

BATCH = 500
CHANGEABLE = ("answer", "comment", "owner", "reviewed_on", "audience", "evidence")
APPROVE = (Role.APPROVER, Role.EVIDENCE_OWNER)
DRAFT_MARK = "(draft)"


class MayNotApprove(Exception):
    """Who brings in the answers holds no role that may approve them."""


class DraftRefused(WorkbookRefused):
    """The file is a draft of this product: its answers were approved by nobody."""

    code = "draft_refused"


class ReviewInFuture(WorkbookRefused):
    """The day of a review lies after the day of the import."""

    code = "review_in_future"


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """``kept`` counts answers of the library that a questionnaire would have changed, and did not."""

    added: int
    changed: int
    unchanged: int
    kept: int = 0


def import_answers(
    *, organisation: Organisation, content: bytes, name: str, on: date, by: User, at: datetime
) -> Imported:
    """Take in a spreadsheet of approved answers, reviewed up to a day; importing it again changes nothing.

    :raises MayNotApprove: if the person may not approve answers
    :raises WorkbookRefused: if the file cannot be read, or is a draft
    :raises LibraryInvalid: if any row has a problem; then nothing is written, and the text names each
    """
    _check_approver(by, organisation)
    _check_no_draft(organisation, content, name)
    rows = read_rows(read(content, name), today=on, known_evidence=evidence_references(organisation))
    return _store(organisation, rows, source=name, overwrite=True, by=by, at=at)


def import_answered(
    *,
    organisation: Organisation,
    content: bytes,
    name: str,
    owner: str,
    reviewed_on: date,
    on: date,
    by: User,
    at: datetime,
) -> Imported:
    """Take the answers of a questionnaire that was answered before into the library, as reviewed on a day by an owner.

    An answer that is in the library already stays as it is.

    :raises MayNotApprove: if the person may not approve answers
    :raises WorkbookRefused: if the file cannot be read, or is a draft
    :raises ReviewInFuture: if the review is yet to come
    :raises NoQuestions: if no question in it has an answer
    """
    _check_approver(by, organisation)
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
    latest = {question_key(row.question): row for row in answered}
    return _store(organisation, list(latest.values()), source=name, overwrite=False, by=by, at=at)


def _check_approver(by: User, organisation: Organisation) -> None:
    if not has_role(by, organisation, *APPROVE):
        roles = " or ".join(role.label.casefold() for role in APPROVE)
        raise MayNotApprove(f"{by} may not approve answers of {organisation}: that takes the role {roles}.")


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
        answer=_shown(main)[:2000],
        comment=_shown(comment) if comment is not None and comment is not main else "",
        owner=owner,
        reviewed_on=reviewed_on,
    )


def _shown(slot: Slot) -> str:
    return show(slot.current) if slot.current is not None else ""


@transaction.atomic
def _store(
    organisation: Organisation, rows: Sequence[AnswerRow], *, source: str, overwrite: bool, by: User, at: datetime
) -> Imported:
    evidence = {row.reference: row for row in Evidence.objects.of(organisation)}
    known = {
        (row.question_key, row.product.casefold()): row
        for row in LibraryAnswer.objects.of(organisation).filter(retired_at=None)
    }
    fresh, changed = [], []
    kept = 0
    for row in rows:
        wanted = LibraryAnswer(
            organisation=organisation,
            question=row.question,
            question_key=question_key(row.question),
            answer=row.answer,
            comment=row.comment,
            owner=row.owner,
            reviewed_on=row.reviewed_on,
            product=row.product,
            audience=Audience(row.audience),
            evidence=evidence.get(row.evidence),
            source=source[:255],
            approved_by=by,
            approved_at=at,
        )
        stored = known.get((wanted.question_key, wanted.product.casefold()))
        if stored is None:
            fresh.append(wanted)
        elif all(getattr(stored, field) == getattr(wanted, field) for field in CHANGEABLE):
            continue
        elif overwrite:
            for field in (*CHANGEABLE, "source", "approved_by", "approved_at"):
                setattr(stored, field, getattr(wanted, field))
            changed.append(stored)
        else:
            kept += 1
    LibraryAnswer.objects.bulk_create(fresh, batch_size=BATCH)
    LibraryAnswer.objects.bulk_update(changed, [*CHANGEABLE, "source", "approved_by", "approved_at"], batch_size=BATCH)
    imported = Imported(
        added=len(fresh), changed=len(changed), unchanged=len(rows) - len(fresh) - len(changed) - kept, kept=kept
    )
    if fresh or changed:
        audit.record(
            organisation=organisation,
            event="library.imported",
            target=organisation,
            by=by,
            at=at,
            details={"file": source, "added": imported.added, "changed": imported.changed},
        )
    return imported
