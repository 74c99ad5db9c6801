"""What a column of a table is for."""

from __future__ import annotations

from dataclasses import replace

from rfp.workbook.edit.refused import EditRefused
from rfp.workbook.grid import Grid
from rfp.workbook.model import ColumnRole, TableColumn, TableLayout

ONE_COLUMN = (ColumnRole.QUESTION, ColumnRole.ID)  # the column that had the role before loses it


def set_column(table: TableLayout, grid: Grid, column: int, role: ColumnRole | None, option: str = "") -> TableLayout:
    """Return the table with another role for a column; question, number and answer each have one column.

    Answers to tick stand in several columns, each with its ``option``; they and an answer column exclude each other.

    :raises EditRefused: if no column would be left that asks
    """
    others = [c for c in table.columns if c.column != column and not _replaced(c, table, role, option)]
    if role is not None:
        option = option.strip() if role is ColumnRole.ANSWER else ""
        others.append(TableColumn(column=column, role=role, header=head_text(table, grid, column), option=option))
    if not any(c.role is ColumnRole.QUESTION for c in others):
        raise EditRefused("A table needs a column that asks. Make another column the question first.")
    return replace(table, columns=tuple(sorted(others, key=lambda c: c.column)))


def _replaced(other: TableColumn, table: TableLayout, role: ColumnRole | None, option: str) -> bool:
    if role is ColumnRole.ANSWER and other.role is ColumnRole.ANSWER:
        return not (option and other.option)
    if role is ColumnRole.QUESTION and table.shape == "stacked":
        return False  # labels stand side by side, each above its cell
    return role in ONE_COLUMN and other.role is role


def head_text(table: TableLayout, grid: Grid, column: int) -> str:
    """Return what the first head of a table says over a column, from its lowest row that says something."""
    first = sorted(table.header_rows)[:1]
    while first and first[-1] + 1 in table.header_rows:
        first.append(first[-1] + 1)
    texts = (grid.text(*grid.head(row, column)) for row in reversed(first))
    return next((text for text in texts if text), "")


def with_heads(table: TableLayout, grid: Grid) -> TableLayout:
    """Return the table with the words over its columns as its head rows say them now."""
    return replace(
        table, columns=tuple(replace(c, header=head_text(table, grid, c.column) or c.header) for c in table.columns)
    )
