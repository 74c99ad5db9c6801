"""The form of a tender: the buyer's own workbook, read as a vendor's intake reads it, or the built-in checklist."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction

from accounts import audit
from accounts.models import User
from rfp.actions import intake
from rfp.actions.tenders.acts import NotNow
from rfp.actions.tenders.seal import claim
from rfp.models import Question, Questionnaire, Tender, TenderQuestion
from rfp.models.slots import slots_of
from rfp.workbook.model import ColumnRole, Slot, SlotKind

KEPT = ("criterion_id", "weight", "knock_out", "accepted", "info_only", "guidance", "rule", "requirements")


@transaction.atomic
def take_form(
    *, tender: Tender, content: bytes, name: str, layout_text: str = "", version: int, by: User, at: datetime
) -> int:
    """Read the questions of a workbook into a draft; return how many.

    A question that was in the form before, by its words, keeps its weight and its rules.

    :raises NotNow: if the tender is open: vendors have the form by then
    :raises WorkbookRefused: if the file cannot be read, holds no questions, or the layout does not fit it
    :raises TenderChanged: if somebody else changed the tender meanwhile
    """
    claim(tender, version)
    if not tender.is_draft:
        raise NotNow("Vendors have the form already. It does not change any more.")
    before = tender.questionnaire
    questionnaire = intake.receive(
        organisation=tender.organisation,
        content=content,
        name=name,
        # The same file in another tender is another form, with rules of its own.
        buyer=f"Tender {tender.pk}",
        stage=None,
        by=by,
        at=at,
    )
    intake.parse(questionnaire=questionnaire, layout_text=layout_text, by=by, at=at)
    count = _take_questions(tender, questionnaire)
    tender.questionnaire = questionnaire
    tender.save(update_fields=["questionnaire"])
    if before is not None and before.pk != questionnaire.pk:
        before.delete()
    audit.record(
        organisation=tender.organisation,
        event="tender.form_taken",
        target=tender,
        by=by,
        at=at,
        details={"file": name, "sha256": questionnaire.file.sha256, "questions": count},
    )
    return count


def _take_questions(tender: Tender, questionnaire: Questionnaire) -> int:
    known = {row.key: row for row in tender.questions.select_related("question")}
    slots = slots_of(questionnaire)
    asked = [row for row in questionnaire.questions.all() if not row.sample and answer_slot(slots.get(row.pk, ()))]
    tender.questions.all().delete()
    TenderQuestion.objects.bulk_create(
        _question(tender, row, position, slots[row.pk], known) for position, row in enumerate(asked, start=1)
    )
    return len(asked)


def answer_slot(slots: Iterable[Slot]) -> Slot | None:
    """Return the cell that holds the answer itself: the one for it, else the first that takes words."""
    by_role = {slot.role: slot for slot in reversed(list(slots))}
    return by_role.get(ColumnRole.ANSWER) or by_role.get(ColumnRole.COMMENT) or next(iter(by_role.values()), None)


def _question(
    tender: Tender, question: Question, position: int, slots: Iterable[Slot], known: Mapping[str, TenderQuestion]
) -> TenderQuestion:
    slot = answer_slot(slots)
    row = TenderQuestion(
        tender=tender,
        question=question,
        position=position,
        kind=slot.kind if slot else SlotKind.TEXT,
        options=labels_of(slot) if slot else [],
    )
    before = known.get(question.key)
    if before is not None:
        for name in KEPT:
            setattr(row, name, getattr(before, name))
    return row


def labels_of(slot: Slot) -> list[str]:
    return [option.label for option in slot.options] or [tick.option.label for tick in slot.ticks]
