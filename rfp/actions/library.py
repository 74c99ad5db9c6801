"""Fill the library of approved answers: from a spreadsheet of answers, or from a questionnaire answered before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from django.db import transaction

from accounts import audit
from accounts.models import Organisation, User
from evidence.actions.answer_rows import AnswerExists, Wording, check_approver
from evidence.actions.answers import add, change
from evidence.models import (
    UNDECIDED,
    AnswerState,
    AnswerVersion,
    Audience,
    Evidence,
    LibraryAnswer,
    VersionState,
)
from evidence.queries import evidence_references
from evidence.question_key import question_key
from rfp.models import Export, Response
from rfp.workbook.answer_library import AnswerRow, read_rows
from rfp.workbook.detect import detect
from rfp.workbook.errors import NoQuestions, WorkbookRefused
from rfp.workbook.extract import questions as extract_questions
from rfp.workbook.model import ColumnRole, Prior, Question, Slot, show
from rfp.workbook.reader import read

BATCH = 500
CHANGEABLE = ("answer", "comment", "owner", "reviewed_on", "audience", "evidence")
CHANGED_COLUMNS = (*CHANGEABLE, "state", "version", "written_by", "source", "approved_by", "approved_at")
DRAFT_MARK = "(draft)"


class NothingToKeep(Exception):
    """The question has no answer."""


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

    :raises MayNotApproveAnswers: if the person may not approve answers
    :raises WorkbookRefused: if the file cannot be read, or is a draft
    :raises LibraryInvalid: if any row has a problem; then nothing is written, and the text names each
    """
    check_approver(by, organisation)
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

    :raises MayNotApproveAnswers: if the person may not approve answers
    :raises WorkbookRefused: if the file cannot be read, or is a draft
    :raises ReviewInFuture: if the review is yet to come
    :raises NoQuestions: if no question in it has an answer
    """
    check_approver(by, organisation)
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
    planned = plan(organisation, rows, overwrite=overwrite)
    fresh = [_new_row(organisation, wording, source, by, at) for wording in planned.added]
    LibraryAnswer.objects.bulk_create(fresh, batch_size=BATCH)
    changed = [_changed_row(stored, wording, source, by, at) for stored, wording in planned.changed]
    LibraryAnswer.objects.bulk_update(changed, CHANGED_COLUMNS, batch_size=BATCH)
    # What waited for approval was written over what is no longer there.
    AnswerVersion.objects.filter(of__in=changed, state__in=UNDECIDED).update(
        state=VersionState.WITHDRAWN, decided_by=by, decided_at=at
    )
    AnswerVersion.objects.bulk_create((_version_of(row, source, by, at) for row in fresh + changed), batch_size=BATCH)
    imported = Imported(
        added=len(fresh), changed=len(changed), unchanged=len(planned.unchanged), kept=len(planned.kept)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What an import would do, by answer."""

    added: Sequence[Wording]
    changed: Sequence[tuple[LibraryAnswer, Wording]]
    unchanged: Sequence[LibraryAnswer]
    kept: Sequence[tuple[LibraryAnswer, Wording]]


def plan(organisation: Organisation, rows: Sequence[AnswerRow], *, overwrite: bool) -> Plan:
    """Compare rows with the library; an answer that waits for approval counts as changed."""
    evidence = {row.reference: row for row in Evidence.objects.of(organisation)}
    known = {
        (row.question_key, row.product.casefold(), row.region.casefold()): row
        for row in LibraryAnswer.objects.of(organisation).filter(retired_at=None).select_related("evidence")
    }
    added, changed, unchanged, kept = [], [], [], []
    for row in rows:
        wording = Wording(
            question=row.question,
            answer=row.answer,
            comment=row.comment,
            owner=row.owner,
            reviewed_on=row.reviewed_on,
            product=row.product,
            region=row.region,
            audience=row.audience,
            evidence=evidence.get(row.evidence),
        )
        stored = known.get((question_key(row.question), row.product.casefold(), row.region.casefold()))
        if stored is None:
            added.append(wording)
        elif stored.state == AnswerState.APPROVED and all(
            getattr(stored, field) == getattr(wording, field) for field in CHANGEABLE
        ):
            unchanged.append(stored)
        elif overwrite:
            changed.append((stored, wording))
        else:
            kept.append((stored, wording))
    return Plan(added=added, changed=changed, unchanged=unchanged, kept=kept)


def _new_row(organisation: Organisation, wording: Wording, source: str, by: User, at: datetime) -> LibraryAnswer:
    return LibraryAnswer(
        organisation=organisation,
        question_key=question_key(wording.question),
        source=source[:255],
        approved_by=by,
        approved_at=at,
        **wording.columns(),
    )


def _changed_row(stored: LibraryAnswer, wording: Wording, source: str, by: User, at: datetime) -> LibraryAnswer:
    for field in CHANGEABLE:
        setattr(stored, field, getattr(wording, field))
    # Whoever wrote the file is not known: the person who brings it in stands for it.
    stored.state, stored.written_by, stored.version = AnswerState.APPROVED, None, stored.version + 1
    stored.source, stored.approved_by, stored.approved_at = source[:255], by, at
    return stored


def _version_of(row: LibraryAnswer, source: str, by: User, at: datetime) -> AnswerVersion:
    return AnswerVersion(
        of=row,
        number=row.version,
        state=VersionState.APPROVED,
        written_at=at,
        decided_by=by,
        decided_at=at,
        note=f"Imported from {source}.",
        **Wording.of(row).columns(),
    )


@transaction.atomic
def keep_response(
    *,
    response: Response,
    owner: str,
    audience: Audience = Audience.PUBLIC,
    written_by: User | None = None,
    by: User,
    at: datetime,
) -> LibraryAnswer:
    """Keep the answer to a buyer's question in the library, for the AI systems that the questionnaire is about.

    It is approved at once where ``by`` may approve and ``written_by`` is somebody else; else it waits for a second
    person. An answer that the library holds already to this question gets a change.

    :raises NothingToKeep: if the question is blank
    """
    if not response.shown:
        raise NothingToKeep("A blank cannot be kept. Answer the question first.")
    question = response.question
    organisation = question.questionnaire.organisation
    cited = response.citations.select_related("revision__evidence").first()
    wording = Wording(
        question=question.text,
        answer=response.shown[:2000],
        comment=response.comment,
        owner=owner,
        reviewed_on=at.astimezone(organisation.zone).date(),
        product="; ".join(system.name for system in question.questionnaire.systems.all()),
        region=question.questionnaire.region,
        audience=audience,
        evidence=cited.revision.evidence if cited else None,
    )
    note = f"Kept from {question.questionnaire.title}."
    try:
        with transaction.atomic():
            return add(organisation=organisation, wording=wording, written_by=written_by, note=note, by=by, at=at)
    except AnswerExists as found:
        stored = found.existing
        return change(
            answer=stored, wording=wording, version=stored.version, written_by=written_by, note=note, by=by, at=at
        )
