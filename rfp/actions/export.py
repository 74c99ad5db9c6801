"""Hand out what was answered: the buyer's own file filled, the Word report, and everything as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import PurePath

from django.db import transaction

from accounts import audit
from accounts.models import User
from evidence import storage
from evidence.actions.files import keep
from rfp.answering.cells import Cells, item_labels
from rfp.answering.place import place
from rfp.models import Export, ExportKind, Questionnaire, QuestionnaireState, Response
from rfp.models.slots import to_question
from rfp.queries.by_hand import content_said
from rfp.queries.report import report_data
from rfp.queries.report_answers import responses_of
from rfp.queries.restricted import held_back, restricted_for
from rfp.queries.standing import Standing
from rfp.reporting.as_json import as_json
from rfp.reporting.data import ReportData
from rfp.reporting.fidelity import in_words
from rfp.reporting.word.report import build as build_report
from rfp.workbook.extract.added import added_heads
from rfp.workbook.model import Book, Layout, Question, Write
from rfp.workbook.writer import fill


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    name: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """What is handed out. A draft says so in the names of its files, in the report and in the JSON."""

    workbook: File
    report: File
    data: File
    told: ReportData
    draft: bool


@transaction.atomic
def build(
    *,
    questionnaire: Questionnaire,
    standing: Standing,
    book: Book,
    layout: Layout,
    approved_only: bool,
    by: User | None,
    at: datetime,
) -> Package:
    """Fill the buyer's file and write the report; without ``approved_only`` every answer goes in, marked DRAFT.

    What the buyer may not be told, for want of an NDA or because it is internal, is in none of the files.

    :raises FidelityBroken: if anything but the answers changed; nothing is stored then
    :raises WriteRefused: if an answer may not go where it was to go
    """
    responses = responses_of(questionnaire.pk)
    restricted = restricted_for(questionnaire)
    held = held_back(questionnaire, responses, restricted)
    allowed = [response for response in responses if response.pk not in held]
    sent = [response for response in allowed if response.approved_at is not None or not approved_only]
    writes = cells_of(sent, layout, among=responses)
    original = storage.get(questionnaire.file.sha256)
    filled = fill(original, book, writes, name=questionnaire.file.name)
    # A file in which nobody approved anything is a draft too, also where nothing was answered.
    draft = not any(response.approved_at for response in sent) or any(
        response.approved_at is None and response.shown for response in sent
    )
    told = report_data(
        questionnaire,
        standing,
        responses,
        draft=draft,
        approved_only=approved_only,
        fidelity=in_words(filled.fidelity),
        file_notes=book.notes,
        held=held,
    )
    told = restricted.redacted(told)
    named = PurePath(filled.name)
    stem, suffix = named.stem, named.suffix
    mark = " (DRAFT)" if draft else ""
    package = Package(
        workbook=File(name=f"{stem}{mark}{suffix}", content=filled.content),
        report=File(name=f"{stem} - report{mark}.docx", content=build_report(told)),
        data=File(name=f"{stem} - data{mark}.json", content=as_json(told, fidelity=filled.fidelity, writes=writes)),
        told=told,
        draft=draft,
    )
    _store(questionnaire, package, fidelity=asdict(filled.fidelity), by=by, at=at)
    return package


def cells_of(responses: Sequence[Response], layout: Layout, *, among: Sequence[Response]) -> tuple[Write, ...]:
    """Return the cells of the answers, in the order of the questions, with the heads of added columns before them.

    ``among`` are the responses to all questions: an answer is named where its question shares a cell with others.
    """
    asked = [response.question for response in among]
    named = item_labels([(row.sheet, row.row, row.column) for row in asked], [row.number for row in asked])
    labels = dict(zip([row.pk for row in asked], named, strict=True))
    cells = Cells()
    adding: list[Question] = []
    for response in responses:
        if not response.shown:
            continue
        question = to_question(response.question)
        placed = place(question, content_said(response)).writes
        if cells.take(placed, label=labels[response.question_id]):
            added = {(write.sheet, write.row, write.column) for write in placed if write.added}
            used = tuple(slot for slot in question.slots if (slot.sheet, slot.row, slot.column) in added)
            adding += [replace(question, slots=used)] if used else []
    return (*added_heads(layout, adding), *cells.writes)


def _store(
    questionnaire: Questionnaire, package: Package, *, fidelity: dict[str, object], by: User | None, at: datetime
) -> None:
    for kind, file in (
        (ExportKind.WORKBOOK, package.workbook),
        (ExportKind.REPORT, package.report),
        (ExportKind.DATA, package.data),
    ):
        stored = keep(organisation=questionnaire.organisation, content=file.content, name=file.name, at=at)
        Export.objects.create(
            questionnaire=questionnaire,
            kind=kind,
            file=stored,
            name=file.name[:255],
            draft=package.draft,
            fidelity=fidelity if kind is ExportKind.WORKBOOK else None,
            made_by=by,
            made_at=at,
        )
    questionnaire.state = QuestionnaireState.EXPORTED
    questionnaire.save(update_fields=["state"])
    audit.record(
        organisation=questionnaire.organisation,
        event="questionnaire.exported",
        target=questionnaire,
        by=by,
        at=at,
        details={"draft": package.draft, "file": package.workbook.name},
    )
