"""Turn a layout into questions: what is asked, in which section, and the cells that answer it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rfp.workbook.extract.several import several
from rfp.workbook.extract.stacked import stacked_questions
from rfp.workbook.extract.table import table_questions
from rfp.workbook.grid import Grid
from rfp.workbook.model import Book, Layout, Question, Slot, SlotState


def questions(book: Book, layout: Layout) -> tuple[Question, ...]:
    """Return all questions of a book in reading order: sheet by sheet, row by row, left to right.

    No two questions may be answered in one cell: the later one finds it taken. Questions that stand in one cell
    share their address and the cells of their answers.
    """
    sheets = {sheet.name: sheet for sheet in book.sheets}
    found: list[Question] = []
    for described in layout.sheets:
        grids: dict[bool, Grid] = {}
        asked: list[Question] = []
        for table in described.tables:
            across = table.shape == "transposed"
            if across not in grids:
                grids[across] = Grid(book, sheets[described.sheet], across=across)
            read = stacked_questions if table.shape == "stacked" else table_questions
            asked += read(grids[across], table)
        for question in _apart(sorted(asked, key=lambda question: (question.row, question.column))):
            found += several(question, sheets[described.sheet].text(question.row, question.column))
    return tuple(found)


def _apart(asked: Sequence[Question]) -> list[Question]:
    """Return the questions of a sheet; a cell that asks, or answers an earlier question, answers no other."""
    used = {(question.row, question.column) for question in asked}
    found = []
    for question in asked:
        slots = []
        for slot in question.slots:
            cells = _cells(slot)
            slots.append(replace(slot, state=SlotState.TAKEN) if slot.writable and cells & used else slot)
            used |= cells
        found.append(replace(question, slots=tuple(slots)))
    return found


def _cells(slot: Slot) -> set[tuple[int, int]]:
    return {(tick.row, tick.column) for tick in slot.ticks} or {(slot.row, slot.column)}
