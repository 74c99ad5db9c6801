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
from evidence.question_key import question_key
from rfp.actions import remembered
from rfp.actions.requests import ask_for_draft
from rfp.actions.storing import Within, check_unchanged
from rfp.models import AnswerSlot, LayoutDraft, Question, Questionnaire, QuestionnaireState, Stage, buyer_key
from rfp.queries import layout_choice
from rfp.queries.layout_change import Difference, difference
from rfp.workbook import layout_file, model
from rfp.workbook.detect import detect
from rfp.workbook.errors import NoQuestions
from rfp.workbook.extract import questions as extract_questions
from rfp.workbook.reader import read

BATCH = 500
POSITION_GAP = 1_000_000


class WouldLoseApproved(Exception):
    """More approved answers would go than the person was told; nothing was changed."""

    def __init__(self) -> None:
        super().__init__("Answers were approved since this page was loaded. Look at what would go, then confirm.")


@transaction.atomic
def receive(
    *,
    organisation: Organisation,
    content: bytes,
    name: str,
    buyer: str = "",
    stage: Stage | None = None,
    systems: Sequence[AISystem] = (),
    sectors: Sequence[str] | None = None,
    due_on: date | None = None,
    nda_signed: bool | None = None,
    region: str | None = None,
    owner: User | None = None,
    by: User | None,
    at: datetime,
) -> Questionnaire:
    """Keep a buyer's file and open a questionnaire for it; the same file of the same buyer is the same questionnaire.

    A standard form that a second buyer sends is a deal of its own, with its own approvals. What is None stays as it
    is known from before; a new deal is then at the contract stage, without add-ons and without an NDA.
    """
    file = keep(organisation=organisation, content=content, name=name, at=at)
    questionnaire, created = Questionnaire.objects.get_or_create(
        organisation=organisation,
        file=file,
        buyer_key=buyer_key(buyer),
        defaults={
            "file_name": name[:255],
            "title": name.rsplit(".", 1)[0][:255],
            "owner": by,
            "created_by": by,
            "created_at": at,
        },
    )
    questionnaire.buyer = " ".join(buyer.split())
    questionnaire.stage = stage or questionnaire.stage
    questionnaire.sectors = questionnaire.sectors if sectors is None else sorted(sectors)
    questionnaire.due_on = due_on or questionnaire.due_on
    questionnaire.nda_signed = questionnaire.nda_signed if nda_signed is None else nda_signed
    questionnaire.region = questionnaire.region if region is None else region
    questionnaire.owner = owner or questionnaire.owner
    questionnaire.save(update_fields=["buyer", "stage", "sectors", "due_on", "nda_signed", "region", "owner"])
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


def parse(
    *,
    questionnaire: Questionnaire,
    layout_text: str = "",
    by: User | None,
    at: datetime,
    within: Within = transaction.atomic,
) -> tuple[model.Book, model.Layout]:
    """Find the questions and their answer cells; reading the same file in the same layout again changes nothing.

    A layout given as text wins over the one that was confirmed or remembered for this file, which wins over one
    remembered for the shape, which wins over what is detected. A layout given is remembered.

    :raises WorkbookRefused: if the file cannot be read, or the layout given does not fit it
    :raises NoQuestions: if the file holds none
    :raises ChangedMeanwhile: if somebody else read it in another layout at the same time
    """
    book = read(storage.get(questionnaire.file.sha256), questionnaire.file_name)
    detected = detect(book)
    if layout_text:
        choice = layout_choice.given(layout_text, book, detected)
    else:
        choice = layout_choice.choose(questionnaire, book, detected)
    found = extract_questions(book, choice.layout) if choice.layout.has_questions else ()
    if not found:
        raise NoQuestions(
            f"No questions were found in {questionnaire.file_name}.",
            "If it is a questionnaire, say where the questions are in a layout file (see docs/layouts.md).",
        )
    with within():
        check_unchanged(questionnaire)
        if layout_text:
            kept = remembered.remember(
                questionnaire=questionnaire, layout=choice.layout, detected=detected, name="", by=by, at=at
            )
            choice = replace(choice, remembered=kept)
            questionnaire.layout_confirmed_by, questionnaire.layout_confirmed_at = by, at
        _take(questionnaire, choice, found, by=by, at=at)
    return book, choice.layout


def reread(questionnaire: Questionnaire) -> tuple[model.Book, model.Layout]:
    """Return the buyer's file and the layout its questions were read in.

    :raises WorkbookRefused: if the file cannot be read any more
    """
    book = read(storage.get(questionnaire.file.sha256), questionnaire.file_name)
    return book, layout_file.load(questionnaire.layout, book)


@transaction.atomic
def confirm_layout(
    *,
    questionnaire: Questionnaire,
    layout_text: str,
    remember: bool,
    name: str,
    accept_losing: int,
    on: date,
    by: User,
    at: datetime,
) -> Difference:
    """Read the questions in a layout that a person looked at, and have them answered anew, judged for a day.

    It is remembered for the next file of the same shape where the person wants that.

    ``accept_losing`` is how many approved answers the person was told would go; more than that are never dropped.

    :raises LayoutInvalid: if the layout does not fit the file
    :raises NoQuestions: if it finds none
    :raises WouldLoseApproved: if more approved answers would go than the person was told
    :raises ChangedMeanwhile: if the questions were read in another layout at the same time
    """
    check_unchanged(questionnaire)
    book = read(storage.get(questionnaire.file.sha256), questionnaire.file_name)
    detected = detect(book)
    choice = layout_choice.given(layout_text, book, detected)
    found = extract_questions(book, choice.layout)
    if not found:
        raise NoQuestions("This layout finds no questions.", "Say on at least one sheet which column asks.")
    change = difference(questionnaire, found)
    if len(change.approved_gone) > accept_losing:
        raise WouldLoseApproved
    kept = None
    if remember:
        kept = remembered.remember(
            questionnaire=questionnaire, layout=choice.layout, detected=detected, name=name, by=by, at=at
        )
    questionnaire.layout_confirmed_by, questionnaire.layout_confirmed_at = by, at
    _take(questionnaire, replace(choice, remembered=kept), found, by=by, at=at)
    LayoutDraft.objects.filter(questionnaire=questionnaire).delete()
    audit.record(
        organisation=questionnaire.organisation,
        event="layout.confirmed",
        target=questionnaire,
        by=by,
        at=at,
        details={
            "kept": change.kept,
            "new": change.new,
            "gone": len(change.gone),
            "approved_answers_gone": [question.place for question in change.approved_gone],
        },
    )
    ask_for_draft(questionnaire=questionnaire, on=on, token=f"layout of {at.isoformat()}", by=by, at=at)
    return change


def _take(
    questionnaire: Questionnaire,
    choice: layout_choice.Choice,
    found: Sequence[model.Question],
    *,
    by: User | None,
    at: datetime,
) -> None:
    """Store the questions when the layout is another than before, and where the layout is from."""
    text = layout_file.dump(choice.layout)
    is_new = questionnaire.layout != text or not questionnaire.questions.exists()
    if is_new:
        _store_questions(questionnaire, found)
        questionnaire.state = QuestionnaireState.READ
        questionnaire.layout = text
        questionnaire.layout_fingerprint = choice.layout.fingerprint
        questionnaire.layout_confidence = choice.layout.confidence
    questionnaire.layout_origin = choice.origin
    questionnaire.remembered_layout = choice.remembered
    questionnaire.save(
        update_fields=[
            "state",
            "layout",
            "layout_fingerprint",
            "layout_confidence",
            "layout_origin",
            "remembered_layout",
            "layout_confirmed_by",
            "layout_confirmed_at",
        ]
    )
    if is_new:
        audit.record(
            organisation=questionnaire.organisation,
            event="questionnaire.read",
            target=questionnaire,
            by=by,
            at=at,
            details={
                "questions": len(found),
                "layout": choice.layout.fingerprint,
                "origin": choice.origin,
                "remembered": str(choice.remembered) if choice.remembered else "",
            },
        )


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
            key=question_key(question.text),
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
