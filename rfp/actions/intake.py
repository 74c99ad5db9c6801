"""From a buyer's file to questions with their cells: receive, read, confirm the layout."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from accounts import audit
from accounts.models import Organisation, User
from evidence import storage
from evidence.actions.files import keep
from evidence.models import AISystem
from rfp.models import AnswerSlot, Question, Questionnaire, QuestionnaireState, RememberedLayout, Stage, buyer_key
from rfp.workbook import layout_file, model
from rfp.workbook.detect import detect
from rfp.workbook.errors import LayoutInvalid, NoQuestions
from rfp.workbook.extract import questions as extract_questions
from rfp.workbook.reader import read

BATCH = 500
POSITION_GAP = 1_000_000


@transaction.atomic
def receive(
    *,
    organisation: Organisation,
    content: bytes,
    name: str,
    buyer: str = "",
    stage: Stage = Stage.CONTRACT,
    systems: Sequence[AISystem] = (),
    sectors: Sequence[str] = (),
    due_on: date | None = None,
    nda_signed: bool = False,
    by: User | None,
    at: datetime,
) -> Questionnaire:
    """Keep a buyer's file and open a questionnaire for it; the same file of the same buyer is the same questionnaire.

    A standard form that a second buyer sends is a deal of its own, with its own approvals.
    """
    file = keep(organisation=organisation, content=content, name=name, at=at)
    questionnaire, created = Questionnaire.objects.get_or_create(
        organisation=organisation,
        file=file,
        buyer_key=buyer_key(buyer),
        defaults={"title": name.rsplit(".", 1)[0][:255], "created_by": by, "created_at": at},
    )
    questionnaire.buyer = " ".join(buyer.split())
    questionnaire.stage = stage
    questionnaire.sectors = sorted(sectors)
    questionnaire.due_on = due_on or questionnaire.due_on
    questionnaire.nda_signed = nda_signed
    questionnaire.save(update_fields=["buyer", "stage", "sectors", "due_on", "nda_signed"])
    questionnaire.systems.set(systems)
    if created:
        audit.record(
            organisation=organisation,
            event="questionnaire.received",
            target=questionnaire,
            by=by,
            at=at,
            details={"file": name, "sha256": file.sha256},
        )
    return questionnaire


@transaction.atomic
def parse(
    *, questionnaire: Questionnaire, layout_text: str = "", by: User | None, at: datetime
) -> tuple[model.Book, model.Layout]:
    """Find the questions and their answer cells; reading the same file in the same layout again changes nothing.

    A layout given as text wins over a remembered one, which wins over what is detected.

    :raises WorkbookRefused: if the file cannot be read, or the layout given does not fit it
    :raises NoQuestions: if the file holds none
    """
    book = read(storage.get(questionnaire.file.sha256), questionnaire.file.name)
    layout = _choose_layout(questionnaire, book, layout_text)
    found = extract_questions(book, layout) if layout.has_questions else ()
    if not found:
        raise NoQuestions(
            f"No questions were found in {questionnaire.file.name}.",
            "If it is a questionnaire, say where the questions are in a layout file (see docs/layouts.md).",
        )
    text = layout_file.dump(layout)
    if layout_text:
        confirm_layout(questionnaire=questionnaire, layout=layout, by=by, at=at)
    if questionnaire.layout != text or not questionnaire.questions.exists():
        _store_questions(questionnaire, found)
        questionnaire.state = QuestionnaireState.READ
        questionnaire.layout = text
        questionnaire.layout_fingerprint = layout.fingerprint
        questionnaire.layout_confidence = layout.confidence
        questionnaire.save(update_fields=["state", "layout", "layout_fingerprint", "layout_confidence"])
        audit.record(
            organisation=questionnaire.organisation,
            event="questionnaire.read",
            target=questionnaire,
            by=by,
            at=at,
            details={"questions": len(found), "layout": layout.fingerprint},
        )
    return book, layout


def confirm_layout(*, questionnaire: Questionnaire, layout: model.Layout, by: User | None, at: datetime) -> None:
    """Remember a layout for the next file of the same shape."""
    remembered, _ = RememberedLayout.objects.update_or_create(
        organisation=questionnaire.organisation,
        fingerprint=layout.fingerprint,
        defaults={
            "name": questionnaire.title[:200],
            "layout": layout_file.dump(layout),
            "confirmed_by": by,
            "confirmed_at": at,
        },
    )
    audit.record(organisation=questionnaire.organisation, event="layout.remembered", target=remembered, by=by, at=at)


def _choose_layout(questionnaire: Questionnaire, book: model.Book, layout_text: str) -> model.Layout:
    detected = detect(book)
    if layout_text:
        # The shape is the file's own: a layout typed without it, or copied from elsewhere, is found again by it.
        return replace(layout_file.load(layout_text, book), fingerprint=detected.fingerprint)
    remembered = (
        RememberedLayout.objects.of(questionnaire.organisation).filter(fingerprint=detected.fingerprint).first()
    )
    if remembered is None:
        return detected
    try:
        layout = layout_file.load(remembered.layout, book, remembered=True)
    except LayoutInvalid:
        # Same shape by its headers, but a sheet of the remembered file is missing here.
        return detected
    # A file read before keeps its rows as a person set them; another file of this shape may have more.
    return layout if questionnaire.layout else _with_rows_of(layout, detected)


def _with_rows_of(layout: model.Layout, detected: model.Layout) -> model.Layout:
    """Return a remembered layout with the rows of the file at hand, where it is plain which table is which."""
    sheets = []
    for sheet, found in zip(layout.sheets, detected.sheets, strict=True):
        tables = []
        for table in sheet.tables:
            mine, theirs = _alike(table, sheet.tables), _alike(table, found.tables)
            if len(mine) == len(theirs) == 1:
                rows = theirs[0]
                table = replace(table, header_rows=rows.header_rows, first_row=rows.first_row, last_row=rows.last_row)
            tables.append(table)
        sheets.append(replace(sheet, tables=tuple(tables)))
    return replace(layout, sheets=tuple(sheets))


def _alike(table: model.TableLayout, tables: Sequence[model.TableLayout]) -> list[model.TableLayout]:
    asked = (table.shape, table.column(model.ColumnRole.QUESTION))
    return [other for other in tables if (other.shape, other.column(model.ColumnRole.QUESTION)) == asked]


def _store_questions(questionnaire: Questionnaire, found: Sequence[model.Question]) -> None:
    """Store the questions; one that stood at the same cell with the same text keeps its row, and so its answer."""
    known = {(row.sheet, row.row, row.column, row.text): row for row in questionnaire.questions.all()}
    rows = []
    for position, question in enumerate(found, start=1):
        row = known.pop((question.sheet, question.row, question.column, question.text), None) or Question(
            questionnaire=questionnaire,
            sheet=question.sheet,
            row=question.row,
            column=question.column,
            text=question.text,
        )
        row.position = position
        row.number = question.number[:120]
        row.section = question.section
        row.guidance = question.guidance
        row.condition = question.condition
        row.hidden = question.hidden
        row.sample = question.sample
        rows.append(row)
    Question.objects.filter(pk__in=[gone.pk for gone in known.values()]).delete()
    kept = [row for row in rows if row.pk]
    AnswerSlot.objects.filter(question__in=kept).delete()
    # Positions are unique: move the kept rows out of the way before they take their new ones.
    questionnaire.questions.update(position=F("position") + len(found) + POSITION_GAP)
    Question.objects.bulk_update(
        kept, ["position", "number", "section", "guidance", "condition", "hidden", "sample"], batch_size=BATCH
    )
    Question.objects.bulk_create([row for row in rows if not row.pk], batch_size=BATCH)
    AnswerSlot.objects.bulk_create(
        [
            _slot_row(row, position, slot)
            for row, question in zip(rows, found, strict=True)
            for position, slot in enumerate(question.slots)
        ],
        batch_size=BATCH,
    )


def _slot_row(question: Question, position: int, slot: model.Slot) -> AnswerSlot:
    return AnswerSlot(
        question=question,
        position=position,
        sheet=slot.sheet,
        row=slot.row,
        column=slot.column,
        role=slot.role,
        kind=slot.kind,
        state=slot.state,
        options=[[option.value, option.label] for option in slot.options],
        ticks=[[tick.option.value, tick.option.label, tick.row, tick.column] for tick in slot.ticks],
        mark=slot.mark,
        header=slot.header,
        current=slot.current,
        prior=slot.prior,
        added=slot.added,
    )
