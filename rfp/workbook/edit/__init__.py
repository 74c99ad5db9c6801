"""Correct a layout step by step: a layout and one edit make another layout, and a sentence that says what was done."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from rfp.workbook.edit import columns, rows, tables
from rfp.workbook.edit.refused import EditRefused
from rfp.workbook.grid import Grid
from rfp.workbook.model import Book, ColumnRole, Layout, SheetLayout, TableLayout, column_letters

__all__ = ["Edit", "EditRefused", "Row", "SetColumn", "SetRow", "SetTable", "SheetEdit", "Step", "apply"]

Row = rows.Row


class SheetEdit(StrEnum):
    LEAVE_OUT = "leave_out"
    TAKE_IN = "take_in"


@dataclass(frozen=True, slots=True, kw_only=True)
class SetColumn:
    """Say what a column of a table is for; ``role`` None for nothing, ``option`` for a column to tick."""

    table: int
    column: int
    role: ColumnRole | None
    option: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetRow:
    table: int
    row: int
    what: Row


@dataclass(frozen=True, slots=True, kw_only=True)
class SetTable:
    """Say where a table begins and ends and how it is built; ``remove`` takes it away."""

    table: int
    first_row: int = 1
    last_row: int = 1
    shape: str = "rows"
    remove: bool = False


Edit = SetColumn | SetRow | SetTable | SheetEdit


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    layout: Layout
    said: str


def apply(layout: Layout, edit: Edit, *, sheet: str, book: Book) -> Step:
    """Return the layout after an edit of one sheet; tables count from 0.

    :raises EditRefused: if the edit makes no sense; the text says what to do instead
    """
    own = next(described for described in layout.sheets if described.sheet == sheet)
    if isinstance(edit, SheetEdit):
        changed, said = _sheet(own, edit, book)
    else:
        if edit.table >= len(own.tables):
            raise EditRefused("That table is no longer there. Load the page again.")
        changed, said = _table(own, edit, book)
    sheets = tuple(
        SheetLayout(sheet=sheet, tables=changed, reasons=("Set by a person.",)) if described is own else described
        for described in layout.sheets
    )
    return Step(layout=replace(layout, sheets=sheets), said=f"{sheet}: {said}")


def _sheet(own: SheetLayout, edit: SheetEdit, book: Book) -> tuple[tuple[TableLayout, ...], str]:
    if edit is SheetEdit.LEAVE_OUT:
        return (), "left out"
    if own.tables:
        raise EditRefused("The sheet is in already.")
    return tables.guess(book, own.sheet), "taken in"


def _table(own: SheetLayout, edit: SetColumn | SetRow | SetTable, book: Book) -> tuple[tuple[TableLayout, ...], str]:
    table = own.tables[edit.table]
    across = table.shape == "transposed"
    grid = Grid(book, book.sheet(own.sheet), across=across)
    before, after = own.tables[: edit.table], own.tables[edit.table + 1 :]
    if isinstance(edit, SetColumn):
        changed = columns.set_column(table, grid, edit.column, edit.role, edit.option)
        what = f"to tick for “{edit.option}”" if edit.option else edit.role.value if edit.role else "not used"
        return (*before, changed, *after), f"{_line(edit.column, across=not across)} is {what}"
    if isinstance(edit, SetTable):
        if edit.remove:
            return (*before, *after), f"table {edit.table + 1} taken away"
        changed = tables.set_bounds(table, edit.first_row, edit.last_row, edit.shape)
        return (*before, changed, *after), f"table {edit.table + 1} is rows {edit.first_row} to {edit.last_row}"
    where = _line(edit.row, across=across)
    if edit.what is Row.NEW_TABLE:
        return (*before, *tables.split(table, grid, edit.row), *after), f"a table begins at {where}"
    return (*before, rows.set_row(table, grid, edit.row, edit.what), *after), f"{where} {_SAID[edit.what]}"


_SAID = {
    Row.HEADER: "is a header",
    Row.QUESTION: "is a question",
    Row.SECTION: "is a section",
    Row.GUIDANCE: "is help for the question above",
    Row.SKIP: "is skipped",
    Row.AS_FOUND: "is what it looks like",
    Row.FIRST: "is the first of the table",
    Row.LAST: "is the last of the table",
}


def _line(number: int, *, across: bool) -> str:
    return f"column {column_letters(number)}" if across else f"row {number}"
