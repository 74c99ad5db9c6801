"""A table without a head: one column asks, and the cells beside it are open."""

from __future__ import annotations

from rfp.workbook.detect.beside import open_beside
from rfp.workbook.detect.columns import assign, question_column
from rfp.workbook.detect.headers import Header
from rfp.workbook.grid import Grid
from rfp.workbook.model import ANSWER_ROLES, TableLayout
from rfp.workbook.wording import asks

LEAST_ROWS = 3
ASKS = 0.8


def headless(grid: Grid) -> TableLayout | None:
    """Return the table of a sheet without heads: a column of questions, perhaps with lists beside it."""
    bare = Header(rows=(), labels={}, heads={})
    rows = grid.rows
    listed = {column for column in grid.list_columns if any(grid.has_list(row, column) for row in rows)}
    span = sorted({*grid.columns, *listed})
    question = question_column(grid, bare, rows, span)
    if question is None:
        return None
    texts = [row for row in rows if grid.text(row, question)]
    asking = [row for row in texts if asks(grid.text(row, question)) >= ASKS]
    open_lists = [row for row in texts if any(grid.has_list(row, column) for column in listed - {question})]
    if len(asking) < LEAST_ROWS or (len(asking) * 2 < len(texts) and len(open_lists) * 2 < len(asking)):
        return None
    if not open_lists and sum("?" in grid.text(row, question) for row in asking) * 2 < len(asking):
        return None  # instructions tell people what to do as well
    first, last = asking[0], asking[-1]
    inside = [row for row in rows if first <= row <= last]
    columns = assign(grid, bare, inside, question, span)
    if not any(c.role in ANSWER_ROLES for c in columns):
        beside = open_beside(grid, question, asking, {c.column for c in columns})
        columns = sorted([*columns, *beside], key=lambda c: c.column)
    return TableLayout(
        header_rows=(),
        first_row=first,
        last_row=last,
        columns=tuple(columns),
        confidence=0.6,
        reasons=("There is no head; the texts of one column ask for answers.",),
    )
