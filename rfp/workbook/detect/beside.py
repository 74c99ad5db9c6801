"""Columns without a head, right beside the questions, that wait for answers."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from rfp.workbook.detect.content import content
from rfp.workbook.grid import Grid, sampled
from rfp.workbook.model import ColumnRole, FileFormat, TableColumn

OPEN = 0.8
PREPARED = 0.6


def open_beside(grid: Grid, question: int, rows: Sequence[int], taken: Collection[int]) -> list[TableColumn]:
    """Return the empty columns right of the questions that are bordered, unlocked, listed, or in a Word table."""
    found = []
    column = question + max((grid.width(row, question) for row in rows[:20]), default=1)
    for role in (ColumnRole.ANSWER, ColumnRole.COMMENT, ColumnRole.OTHER):
        if column in taken:
            break
        seen = content(grid, column, rows)
        if seen.open < OPEN or (seen.prepared < PREPARED and not _in_word_table(grid, column, rows)):
            break
        found.append(TableColumn(column=column, role=role))
        column += 1
    return found


def _in_word_table(grid: Grid, column: int, rows: Sequence[int]) -> bool:
    """Tell a column of a Word table, whose cells someone drew; those of a spreadsheet are there anyhow."""
    if grid.book.format is not FileFormat.DOCX:
        return False
    rows = sampled(rows)
    return sum(1 for row in rows if grid.cell(row, column) is not None) >= OPEN * max(len(rows), 1)
