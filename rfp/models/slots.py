"""Between stored answer cells and the file code's ``Slot``."""

from __future__ import annotations

from operator import attrgetter
from typing import Any

from rfp.models.question import AnswerSlot, Question
from rfp.models.questionnaire import Questionnaire
from rfp.workbook import model

_COLUMNS = (
    "sheet", "row", "column", "role", "kind", "state", "options", "ticks", "mark", "header", "current", "prior",
    "added",
)  # fmt: skip
_values = attrgetter(*_COLUMNS)


def slots_of(questionnaire: Questionnaire, *, only: Question | None = None) -> dict[int, tuple[model.Slot, ...]]:
    """Return by question the answer cells of a questionnaire, or of one question, without a model instance for each."""
    rows = AnswerSlot.objects.filter(question__questionnaire=questionnaire).order_by("question", "position")
    if only is not None:
        rows = rows.filter(question=only)
    found: dict[int, list[model.Slot]] = {}
    for question, *values in rows.values_list("question_id", *_COLUMNS):
        found.setdefault(question, []).append(_slot(*values))
    return {question: tuple(slots) for question, slots in found.items()}


def _slot(
    sheet: str,
    row: int,
    column: int,
    role: str,
    kind: str,
    state: str,
    options: list[list[Any]],
    ticks: list[list[Any]],
    mark: str,
    header: str,
    current: model.Scalar,
    prior: str,
    added: bool,
) -> model.Slot:
    return model.Slot(
        sheet=sheet,
        row=row,
        column=column,
        role=model.ColumnRole(role),
        kind=model.SlotKind(kind),
        state=model.SlotState(state),
        options=tuple(model.Option(value, label) for value, label in options),
        ticks=tuple(
            model.Tick(model.Option(value, label), tick_row, tick_column)
            for value, label, tick_row, tick_column in ticks
        ),
        mark=mark,
        header=header,
        current=current,
        prior=model.Prior(prior),
        added=added,
    )


def to_question(row: Question, slots: tuple[model.Slot, ...] | None = None) -> model.Question:
    """Return a question with its slots; for many, give the SLOTS (see :func:`slots_of`) or prefetch them."""
    return model.Question(
        sheet=row.sheet,
        row=row.row,
        column=row.column,
        text=row.text,
        number=row.number,
        section=row.section,
        guidance=row.guidance,
        condition=row.condition,
        hidden=row.hidden,
        sample=row.sample,
        slots=tuple(_slot(*_values(slot)) for slot in row.slots.all()) if slots is None else slots,
    )
