"""The tables of a sheet: found where a person says there is one, cut in two, moved."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from rfp.workbook.detect.headers import find_headers
from rfp.workbook.detect.sheets import form_layout, sheet_layout
from rfp.workbook.detect.tables import tables_under
from rfp.workbook.edit.columns import with_heads
from rfp.workbook.edit.refused import EditRefused
from rfp.workbook.grid import Grid
from rfp.workbook.model import Book, ColumnRole, TableColumn, TableLayout
from rfp.workbook.wording import words

LONGEST_HEAD = 5  # words of the first row that may be a head; more are a question


def guess(book: Book, name: str) -> tuple[TableLayout, ...]:
    """Return the tables of a sheet that a person says holds questions; at worst its longest texts are what it asks.

    :raises EditRefused: if nothing stands on the sheet
    """
    sheet = replace(book.sheet(name), state="visible")
    grid = Grid(book, sheet)
    if not grid.rows:
        raise EditRefused("Nothing stands on that sheet.")
    found = sheet_layout(grid).tables or tuple(tables_under(grid, find_headers(grid))) or form_layout(grid).tables
    return found or (_plain(grid),)


def _plain(grid: Grid) -> TableLayout:
    lengths: Counter[int] = Counter()
    for row in grid.rows:
        for column, text in grid.texts[row].items():
            lengths[column] += len(text)
    question = lengths.most_common(1)[0][0]
    first = next((row for row in grid.rows[:-1] if len(grid.texts[row]) >= 2 and question in grid.texts[row]), None)
    head = first if first is not None and words(grid.texts[first][question]) <= LONGEST_HEAD else None
    table = TableLayout(
        header_rows=(head,) if head is not None else (),
        first_row=grid.rows[0] if head is None else head + 1,
        last_row=grid.rows[-1],
        columns=(TableColumn(column=question, role=ColumnRole.QUESTION),),
    )
    return with_heads(table, grid)


def split(table: TableLayout, grid: Grid, row: int) -> tuple[TableLayout, TableLayout]:
    """Return the table up to a row, and another from that row on with the same columns; below its end one is added.

    :raises EditRefused: if the row stands above the table, or nothing stands below it
    """
    if row <= table.first_row:
        raise EditRefused("The table begins there or below already.")
    end = table.last_row if row <= table.last_row else max((r for r in grid.rows if r >= row), default=0)
    if end < row:
        raise EditRefused("Nothing stands below that row.")
    heads = tuple(head for head in table.header_rows if head >= row)
    first = row
    while first in heads:
        first += 1
    below = replace(
        table,
        header_rows=heads,
        first_row=min(first, end),
        last_row=end,
        marks=tuple(mark for mark in table.marks if mark.row >= row),
    )
    above = replace(
        table,
        header_rows=tuple(head for head in table.header_rows if head < row),
        last_row=min(table.last_row, row - 1),
        marks=tuple(mark for mark in table.marks if mark.row < row),
    )
    return above, with_heads(below, grid)


def set_bounds(table: TableLayout, first: int, last: int, shape: str) -> TableLayout:
    """Return the table from one row to another, in another shape.

    :raises EditRefused: if it ends before it begins, or would have to change rows and columns
    """
    if last < first:
        raise EditRefused(f"The last row, {last}, stands above the first, {first}.")
    if "transposed" in (shape, table.shape) and shape != table.shape:
        raise EditRefused("Rows and columns change places there: write it as text instead.")
    return replace(table, first_row=first, last_row=last, shape=shape)
