"""Between stored answer cells and the file code's ``Slot``."""

from __future__ import annotations

from rfp.models.question import AnswerSlot, Question
from rfp.workbook import model


def to_slot(row: AnswerSlot) -> model.Slot:
    return model.Slot(
        sheet=row.sheet,
        row=row.row,
        column=row.column,
        role=model.ColumnRole(row.role),
        kind=model.SlotKind(row.kind),
        state=model.SlotState(row.state),
        options=tuple(model.Option(value, label) for value, label in row.options),
        ticks=tuple(
            model.Tick(model.Option(value, label), tick_row, column) for value, label, tick_row, column in row.ticks
        ),
        mark=row.mark,
        header=row.header,
        current=row.current,
        prior=model.Prior(row.prior),
        added=row.added,
    )


def to_question(row: Question) -> model.Question:
    """Return a question with its slots; prefetch ``slots`` for many."""
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
        slots=tuple(to_slot(slot) for slot in row.slots.all()),
    )
