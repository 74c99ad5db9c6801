"""What a row is known by: the text that asks, else the first text in it."""

from __future__ import annotations

from rfp.workbook.grid import Grid

LONGEST = 200  # characters; enough to know a row by


def row_text(grid: Grid, row: int, question: int) -> str:
    """Return the text a row is known by in another file of the same form, shortened; empty for an empty row."""
    texts = grid.texts.get(row, {})
    text = texts.get(question) or next(iter(texts.values()), "")
    return " ".join(text.split())[:LONGEST]
