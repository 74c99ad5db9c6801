"""Find where a buyer's file holds its questions and which cells answer them."""

from __future__ import annotations

from rfp.workbook.detect.copies import without_copies
from rfp.workbook.detect.shape import fingerprint
from rfp.workbook.detect.sheets import form_layout, sheet_layout, with_forms
from rfp.workbook.grid import Grid
from rfp.workbook.model import Book, Layout


def detect(book: Book) -> Layout:
    """Return the layout of every sheet, with how sure it is and why. A book without questions has no tables."""
    grids = [Grid(book, sheet) for sheet in book.sheets]
    sheets = without_copies(book, grids, [sheet_layout(grid) for grid in grids])
    if any(sheet.has_questions for sheet in sheets):
        sheets = [with_forms(grid, sheet) for grid, sheet in zip(grids, sheets, strict=True)]
    else:
        sheets = [form_layout(grid) for grid in grids]
    sure = [sheet.confidence for sheet in sheets if sheet.has_questions]
    return Layout(
        fingerprint=fingerprint(grids, sheets),
        sheets=tuple(sheets),
        confidence=round(min(sure), 2) if sure else 1.0,
    )
