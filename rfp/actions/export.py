"""Hand out what was answered: the buyer's own file filled, the Word report, and everything as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import PurePath

from django.db import transaction

from accounts import audit
from accounts.models import User
from evidence import storage
from evidence.actions.files import keep
from rfp.actions.storing import Within
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
from rfp.reporting.restricted import Restricted
from rfp.reporting.word.report import build as build_report
from rfp.workbook.errors import WriteRefused
from rfp.workbook.extract.added import added_heads
from rfp.workbook.model import Book, Filled, Layout, Question, Write
from rfp.workbook.writer import fill

MOST_TRIES = 3
# Where a file refuses more answers than this, its layout is wrong, and the first refusal says how.
MOST_REFUSED = 25


class AnswersMoved(Exception):
    """Answers, or what the buyer may be told, changed while the files were made, each time they were made."""

    def __init__(self) -> None:
        super().__init__("Answers were changed while the files were made. Make the files again.")


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
    fidelity: Mapping[str, object]


def build(
    *,
    questionnaire: Questionnaire,
    standing: Standing,
    book: Book,
    layout: Layout,
    approved_only: bool,
    by: User | None,
    at: datetime,
    within: Within = transaction.atomic,
) -> Package:
    """Fill the buyer's file and write the report; without ``approved_only`` every answer goes in, marked DRAFT.

    What the buyer may not be told, for want of an NDA or because it is internal, is in none of the files. Nothing is
    locked while the files are made: where an answer changed meanwhile, they are made again. An answer that its cell
    does not take is left out, and report and data say so.

    :raises FidelityBroken: if anything but the answers changed; nothing is stored then
    :raises WriteRefused: if the file refuses answers for a reason that is not one cell's
    :raises AnswersMoved: if people change answers faster than files are made
    """
    for remaining in reversed(range(MOST_TRIES)):
        questionnaire.refresh_from_db(fields=["nda_signed"])
        responses, restricted = responses_of(questionnaire.pk), restricted_for(questionnaire)
        package = _make(questionnaire, standing, responses, restricted, book, layout, approved_only=approved_only)
        try:
            with within():
                _check_unmoved(questionnaire, responses, restricted)
                _store(questionnaire, package, by=by, at=at)
            return package
        except AnswersMoved:
            if not remaining:
                raise
    raise AssertionError("the loop returns or raises")


def _make(
    questionnaire: Questionnaire,
    standing: Standing,
    responses: Sequence[Response],
    restricted: Restricted,
    book: Book,
    layout: Layout,
    *,
    approved_only: bool,
) -> Package:
    held = held_back(questionnaire, responses, restricted)
    allowed = [response for response in responses if response.pk not in held]
    sent = [response for response in allowed if response.approved_at is not None or not approved_only]
    filled, writes, refused = _filled(questionnaire, sent, book, layout, among=responses)
    sent = [response for response in sent if response.pk not in refused]
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
        file_notes=(*book.notes, *(f"An answer was left out. {problem}" for problem in sorted(set(refused.values())))),
        held=held,
        refused=refused,
    )
    told = restricted.redacted(told)
    named = PurePath(filled.name)
    stem, suffix = named.stem, named.suffix
    mark = " (DRAFT)" if draft else ""
    return Package(
        workbook=File(name=f"{stem}{mark}{suffix}", content=filled.content),
        report=File(name=f"{stem} - report{mark}.docx", content=build_report(told)),
        data=File(name=f"{stem} - data{mark}.json", content=as_json(told, fidelity=filled.fidelity, writes=writes)),
        told=told,
        draft=draft,
        fidelity={**asdict(filled.fidelity), **({"left_out": sorted(set(refused.values()))} if refused else {})},
    )


def _filled(
    questionnaire: Questionnaire, sent: Sequence[Response], book: Book, layout: Layout, *, among: Sequence[Response]
) -> tuple[Filled, tuple[Write, ...], dict[int, str]]:
    """Return the filled file, what was written, and by response why its cell did not take it.

    :raises WriteRefused: if no answer is to blame, or too many are
    """
    original = storage.get(questionnaire.file.sha256)
    refused: dict[int, str] = {}
    while True:
        taken = [response for response in sent if response.pk not in refused]
        writes = cells_of(taken, layout, among=among)
        try:
            return fill(original, book, writes, name=questionnaire.file_name), writes, refused
        except WriteRefused as problem:
            to_blame = [response.pk for response in taken if problem.place in _places(response)]
            if not to_blame or len(refused) >= MOST_REFUSED:
                raise
            refused |= dict.fromkeys(to_blame, str(problem))


def _places(response: Response) -> set[tuple[str, int, int]]:
    if not response.shown:
        return set()
    return {write.place for write in place(to_question(response.question), content_said(response)).writes}


def _check_unmoved(questionnaire: Questionnaire, responses: Sequence[Response], restricted: Restricted) -> None:
    """Lock the answers and compare them, and what the buyer may not be told, with those at hand.

    :raises AnswersMoved: if one is another by now
    """
    rows = Response.objects.filter(question__questionnaire=questionnaire).order_by("pk").select_for_update(of=("self",))
    now = list(rows.values_list("pk", "version", "approved_at"))
    if now != sorted((response.pk, response.version, response.approved_at) for response in responses):
        raise AnswersMoved
    if restricted_for(Questionnaire.objects.get(pk=questionnaire.pk)) != restricted:
        raise AnswersMoved


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


def _store(questionnaire: Questionnaire, package: Package, *, by: User | None, at: datetime) -> None:
    for kind, file in (
        (ExportKind.WORKBOOK, package.workbook),
        (ExportKind.REPORT, package.report),
        (ExportKind.DATA, package.data),
    ):
        fidelity = package.fidelity if kind is ExportKind.WORKBOOK else None
        _store_file(questionnaire, kind, file, draft=package.draft, fidelity=fidelity, by=by, at=at)
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


def _store_file(
    questionnaire: Questionnaire,
    kind: ExportKind,
    file: File,
    *,
    draft: bool,
    fidelity: Mapping[str, object] | None,
    by: User | None,
    at: datetime,
) -> None:
    """Keep a file; a draft that is the latest one byte for byte is that one, which then holds what is known now.

    Final files are new each time: what was sent is told by them.
    """
    stored = keep(organisation=questionnaire.organisation, content=file.content, name=file.name, at=at)
    latest = questionnaire.exports.filter(kind=kind, draft=True).first() if draft else None
    if latest is not None and (latest.file_id, latest.name) == (stored.pk, file.name[:255]):
        Export.objects.filter(pk=latest.pk).update(made_by=by, made_at=at)
        return
    Export.objects.create(
        questionnaire=questionnaire,
        kind=kind,
        file=stored,
        name=file.name[:255],
        draft=draft,
        fidelity=fidelity,
        made_by=by,
        made_at=at,
    )
