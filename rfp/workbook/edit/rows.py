"""What a row of a table is, and where the table begins and ends."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from rfp.workbook.edit.columns import with_heads
from rfp.workbook.edit.refused import EditRefused
from rfp.workbook.grid import Grid
from rfp.workbook.model import ColumnRole, RowMark, RowRole, TableLayout
from rfp.workbook.rowtext import row_text


class Row(StrEnum):
    HEADER = "header"
    QUESTION = "question"
    SECTION = "section"
    GUIDANCE = "guidance"
    SKIP = "skip"
    AS_FOUND = "as_found"  # what it looks like
    FIRST = "first"
    LAST = "last"
    NEW_TABLE = "new_table"


_ROLES = {
    Row.QUESTION: RowRole.QUESTION,
    Row.SECTION: RowRole.SECTION,
    Row.GUIDANCE: RowRole.GUIDANCE,
    Row.SKIP: RowRole.SKIP,
}


def set_row(table: TableLayout, grid: Grid, row: int, what: Row) -> TableLayout:
    """Return the table with a row as a person sees it; a row beside the table that asks or heads joins it.

    :raises EditRefused: if a row that is no part of the table is to be skipped, or the ends would cross
    """
    if what is Row.HEADER:
        return _as_header(table, grid, row)
    bare = replace(
        table,
        header_rows=tuple(head for head in table.header_rows if head != row),
        marks=tuple(mark for mark in table.marks if mark.row != row),
    )
    if what is Row.AS_FOUND:
        return replace(table, marks=bare.marks)
    if what is Row.FIRST:
        return replace(bare, first_row=row, last_row=max(row, table.last_row))
    if what is Row.LAST:
        if row < table.first_row:
            raise EditRefused(f"The table begins at {table.first_row}: set its first row first.")
        return replace(bare, last_row=row)
    inside = table.first_row <= row <= table.last_row
    if what is Row.SKIP and not inside and row not in table.header_rows:
        raise EditRefused("That row is no part of the table: nothing is read from it.")
    if what is Row.SKIP and not inside:
        return bare  # a head above the table that is none
    text = row_text(grid, row, table.column(ColumnRole.QUESTION) or 1)
    return replace(
        bare,
        first_row=min(row, table.first_row),
        last_row=max(row, table.last_row),
        marks=tuple(sorted((*bare.marks, RowMark(row, _ROLES[what], text)))),
    )


def _as_header(table: TableLayout, grid: Grid, row: int) -> TableLayout:
    heads = tuple(sorted({*table.header_rows, row}))
    first = table.first_row
    if first == row:
        # What the table begins with is its head: the questions come below.
        while first in heads:
            first += 1
    changed = replace(
        table,
        header_rows=heads,
        first_row=first,
        last_row=max(table.last_row, first, row),
        marks=tuple(mark for mark in table.marks if mark.row != row),
    )
    return with_heads(changed, grid)
