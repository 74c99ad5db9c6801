"""Turn a layout into questions: what is asked, in which section, and the cells that answer it."""

from __future__ import annotations

from rfp.workbook.extract.stacked import stacked_questions
from rfp.workbook.extract.table import table_questions
from rfp.workbook.grid import Grid
from rfp.workbook.model import Book, Layout, Question


def questions(book: Book, layout: Layout) -> tuple[Question, ...]:
    """Return all questions of a book in reading order: sheet by sheet, row by row, left to right."""
    sheets = {sheet.name: sheet for sheet in book.sheets}
    found: list[Question] = []
    for described in layout.sheets:
        grids: dict[bool, Grid] = {}
        asked: list[Question] = []
        for table in described.tables:
            across = table.shape == "transposed"
            if across not in grids:
                grids[across] = Grid(book, sheets[described.sheet], across=across)
            read = stacked_questions if table.shape == "stacked" else table_questions
            asked += read(grids[across], table)
        found += sorted(asked, key=lambda question: (question.row, question.column))
    return tuple(found)
