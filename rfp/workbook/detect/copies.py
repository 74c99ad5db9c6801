"""Hold the sheets of a book against each other: which are to be filled, which only repeat or support those."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rfp.workbook.detect.lexicon import head
from rfp.workbook.detect.register import says_fill
from rfp.workbook.grid import Grid
from rfp.workbook.model import ANSWER_ROLES, Book, ColumnRole, SheetLayout, TableLayout
from rfp.workbook.wording import asks

REPEATED = 0.6
ASKING = 0.3
_COPY = re.compile(r"\bcop(?:y|ied)\b", re.IGNORECASE)


def without_copies(book: Book, grids: Sequence[Grid], sheets: Sequence[SheetLayout]) -> list[SheetLayout]:
    """Return the layouts; a sheet that only repeats or supports the sheets to be filled holds no questions."""
    asked = [_texts(grid, sheet) for grid, sheet in zip(grids, sheets, strict=True)]
    sources = _list_sources(book)
    answered = any(_is_answered(sheet) for sheet in sheets)
    kept = list(sheets)
    for position, sheet in enumerate(sheets):
        if not sheet.has_questions:
            continue
        if sheet.sheet in sources and not _asks(asked[position]):
            kept[position] = _none(sheet, "It holds the lists of dropdowns.")
        elif answered and not _is_answered(sheet):
            kept[position] = _none(sheet, "It has no room for answers, and other sheets have.")
        elif _is_copy(position, grids, kept, asked):
            kept[position] = _none(sheet, "Its questions are those of another sheet, where they are answered.")
    return kept


def _none(sheet: SheetLayout, reason: str) -> SheetLayout:
    return replace(sheet, tables=(), confidence=0.8, reasons=(reason,))


def _is_answered(sheet: SheetLayout) -> bool:
    return any(column.role in ANSWER_ROLES for table in sheet.tables for column in table.columns)


def _is_copy(position: int, grids: Sequence[Grid], sheets: Sequence[SheetLayout], asked: Sequence[set[str]]) -> bool:
    own = asked[position]
    others: set[str] = set()
    for other, texts in enumerate(asked):
        if (
            other != position
            and sheets[other].has_questions
            and _prefers(grids[other], sheets[other], grids[position], sheets[position])
        ):
            others |= texts
    return bool(own) and len(own & others) >= REPEATED * len(own)


def _prefers(other_grid: Grid, other: SheetLayout, grid: Grid, sheet: SheetLayout) -> bool:
    """Tell whether questions on both sheets are to be answered on the other one."""
    if not _is_answered(other):
        return False
    for is_fetched in (_asks_by_formula, _answers_by_formula):
        own, others = is_fetched(grid, sheet), is_fetched(other_grid, other)
        if own != others:
            return own
    if _is_copy_source(grid.sheet.name, other_grid):
        return True
    return says_fill(other_grid) and not says_fill(grid)


def _texts(grid: Grid, sheet: SheetLayout) -> set[str]:
    found = set()
    for table in sheet.tables:
        column = table.column(ColumnRole.QUESTION)
        if column is None or table.shape == "transposed":
            continue
        found |= {
            " ".join(texts[column].casefold().split())
            for row, texts in grid.texts.items()
            if table.first_row <= row <= table.last_row and row not in table.header_rows and column in texts
        }
    return found


def _asks(texts: set[str]) -> bool:
    return sum(asks(text) >= 0.8 for text in texts) >= ASKING * len(texts)


def _list_sources(book: Book) -> set[str]:
    """Return the names of the sheets that dropdowns of other sheets take their options from."""
    sources = " ".join(
        [v.source for sheet in book.sheets for v in sheet.validations if v.kind == "list"]
        + [book.names.get(v.source.lstrip("="), "") for sheet in book.sheets for v in sheet.validations]
    )
    return {sheet.name for sheet in book.sheets if f"{sheet.name}!" in sources or f"'{sheet.name}'!" in sources}


def _asks_by_formula(grid: Grid, sheet: SheetLayout) -> bool:
    """Tell a sheet that fetches its questions from elsewhere."""
    return any(_is_fetched(grid, table, table.column(ColumnRole.QUESTION) or 0) for table in sheet.tables)


def _answers_by_formula(grid: Grid, sheet: SheetLayout) -> bool:
    """Tell a sheet with a column headed as an answer that formulas fetch from elsewhere."""
    return any(
        _is_fetched(grid, table, column)
        for table in sheet.tables
        for row in table.header_rows[:3]
        for column, text in grid.texts.get(row, {}).items()
        if (known := head(text)) is not None and known.role in ANSWER_ROLES
    )


def _is_fetched(grid: Grid, table: TableLayout, column: int) -> bool:
    question = table.column(ColumnRole.QUESTION) or 0
    inside = (row for row in grid.rows if table.first_row <= row <= table.last_row and row not in table.header_rows)
    rows = [row for row in inside if grid.text(row, question)][:60]
    return sum(1 for row in rows if grid.is_formula(row, column)) * 2 >= len(rows) > 0


def _is_copy_source(name: str, grid: Grid) -> bool:
    return any(
        name in text and _COPY.search(text) is not None for texts in grid.texts.values() for text in texts.values()
    )
