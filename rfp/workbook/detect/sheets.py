"""Decide for one sheet whether it holds questions, and in which tables."""

from __future__ import annotations

from rfp.workbook.detect.headers import find_headers
from rfp.workbook.detect.headless import headless
from rfp.workbook.detect.register import is_register
from rfp.workbook.detect.tables import extend_upwards, tables_under
from rfp.workbook.grid import Grid
from rfp.workbook.model import SheetLayout


def sheet_layout(grid: Grid) -> SheetLayout:
    """Return the layout of a sheet with its reasons in sentences."""
    name = grid.sheet.name
    if not grid.rows:
        return SheetLayout(sheet=name, reasons=("The sheet is empty.",))
    if not grid.sheet.visible:
        return SheetLayout(sheet=name, confidence=0.9, reasons=("The sheet is hidden.",))
    tables = [table for table in tables_under(grid, find_headers(grid)) if not is_register(grid, table)]
    floor = 0
    grown = []
    for table in tables:
        grown.append(extend_upwards(grid, table, floor=floor))
        floor = table.last_row
    if not grown and (found := headless(grid)) is not None:
        grown = [found]
    if not grown:
        return SheetLayout(sheet=name, confidence=0.8, reasons=("Nothing on the sheet asks for an answer.",))
    return SheetLayout(
        sheet=name,
        tables=tuple(grown),
        confidence=min(table.confidence for table in grown),
        reasons=tuple(dict.fromkeys(reason for table in grown for reason in table.reasons)),
    )
