"""Decide for one sheet whether it holds questions, and in which tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rfp.workbook.detect.forms import answered_below, asking_forms, forms
from rfp.workbook.detect.headers import find_headers
from rfp.workbook.detect.headless import headless
from rfp.workbook.detect.register import is_register
from rfp.workbook.detect.tables import extend_upwards, tables_under
from rfp.workbook.grid import Grid
from rfp.workbook.model import ANSWER_ROLES, SheetLayout, TableLayout

MOST_HEADS = 25  # rows of a sheet whose questions stand across the top
LEAST_QUESTIONS = 3


def sheet_layout(grid: Grid) -> SheetLayout:
    """Return the layout of a sheet with its reasons in sentences; forms without a table are looked for later."""
    if not grid.rows:
        return SheetLayout(sheet=grid.sheet.name, reasons=("The sheet is empty.",))
    if not grid.sheet.visible:
        return SheetLayout(sheet=grid.sheet.name, confidence=0.9, reasons=("The sheet is hidden.",))
    headed = tables_under(grid, find_headers(grid))
    tables = [table for table in headed if not is_register(grid, table)]
    if any(_has_answers(table) for table in tables):
        tables = [table for table in tables if _has_answers(table)]
    floor = 0
    grown = []
    for table in tables:
        grown.append(extend_upwards(grid, table, floor=floor))
        floor = table.last_row
    if headed and not grown:
        return SheetLayout(
            sheet=grid.sheet.name, confidence=0.8, reasons=("It is a list of things, not of questions.",)
        )
    return described(grid, grown or _transposed(grid) or _one(answered_below(grid)) or _one(headless(grid)))


def form_layout(grid: Grid) -> SheetLayout:
    """Return the layout of a sheet that may be a form of labels and cells."""
    return described(grid, forms(grid) if grid.rows and grid.sheet.visible else [])


def with_forms(grid: Grid, sheet: SheetLayout) -> SheetLayout:
    """Return the layout with the forms that stand beside the tables of the book and ask for something."""
    found = asking_forms(grid, sheet.tables) if grid.rows and grid.sheet.visible else []
    if not found:
        return sheet
    return described(grid, sorted([*sheet.tables, *found], key=lambda table: table.first_row))


def described(grid: Grid, tables: Sequence[TableLayout]) -> SheetLayout:
    name = grid.sheet.name
    if not tables:
        return SheetLayout(sheet=name, confidence=0.8, reasons=("Nothing on the sheet asks for an answer.",))
    return SheetLayout(
        sheet=name,
        tables=tuple(tables),
        confidence=min(table.confidence for table in tables),
        reasons=tuple(dict.fromkeys(reason for table in tables for reason in table.reasons)),
    )


def _has_answers(table: TableLayout) -> bool:
    return any(column.role in ANSWER_ROLES for column in table.columns)


def _one(table: TableLayout | None) -> list[TableLayout]:
    return [table] if table is not None else []


def _transposed(grid: Grid) -> list[TableLayout]:
    """Read the sheet with its columns as rows: questions across the top, their heads down the side."""
    if len(grid.rows) > MOST_HEADS or len(grid.columns) <= LEAST_QUESTIONS:
        return []
    turned = Grid(grid.book, grid.sheet, across=True)
    headers = [header for header in find_headers(turned) if header.first in turned.rows[:2]]
    return [
        replace(table, shape="transposed", confidence=min(table.confidence, 0.7))
        for table in tables_under(turned, headers)
        if _has_answers(table) and not is_register(turned, table)
    ]
