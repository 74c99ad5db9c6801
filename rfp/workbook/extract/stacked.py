"""The questions of a form in which a label stands above the cell it asks for."""

from __future__ import annotations

from rfp.workbook.extract.slots import Slots
from rfp.workbook.grid import Grid
from rfp.workbook.model import ColumnRole, Question, TableLayout
from rfp.workbook.wording import is_id, leading_number, without_number


def stacked_questions(grid: Grid, table: TableLayout) -> list[Question]:
    """Return the labels in the head rows, left to right, with the cells under them."""
    columns = [c.column for c in table.columns if c.role is ColumnRole.QUESTION]
    slots = Slots(grid, table, [])
    found = []
    for row in table.header_rows:
        for column in columns:
            text = grid.text(row, column)
            if not text:
                continue
            number = next((t for c, t in grid.texts[row].items() if c < column and is_id(t)), "")
            found.append(
                Question(
                    sheet=grid.sheet.name,
                    row=row,
                    column=column,
                    text=text if number else without_number(text),
                    number=number or leading_number(text),
                    slots=slots.under(row, column, text),
                    hidden=grid.is_hidden(row, column) or not grid.sheet.visible,
                )
            )
    return found
