"""Write answers as a spreadsheet that ``answer_library.read_rows`` reads back as the same answers.

Every text is written as text: what begins with = + - @ stays what it is, also when its cell is edited.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import date

import xlsxwriter

from rfp.workbook.answer_library import AnswerRow

COLUMNS: tuple[tuple[str, str, int], ...] = (
    ("Question", "question", 60),
    ("Answer", "answer", 24),
    ("Comment", "comment", 60),
    ("Owner", "owner", 20),
    ("Reviewed on", "reviewed_on", 14),
    ("Product", "product", 24),
    ("Region", "region", 14),
    ("Audience", "audience", 12),
    ("Evidence", "evidence", 18),
)
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def write_rows(rows: Iterable[AnswerRow]) -> bytes:
    """Return an xlsx file with a row for each answer below the names of the columns."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, OPTIONS) as book:
        sheet = book.add_worksheet("Answers")
        head = book.add_format({"bold": True, "bottom": 1})
        # The quote prefix keeps a text from becoming a formula once somebody edits its cell.
        text = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@", "quote_prefix": True})
        day = book.add_format({"valign": "top", "num_format": "yyyy-mm-dd", "align": "left"})
        for column, (title, _, width) in enumerate(COLUMNS):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, title, head)
        sheet.freeze_panes(1, 0)
        last = 0
        for last, row in enumerate(rows, start=1):
            for column, (_, field, _) in enumerate(COLUMNS):
                value = getattr(row, field)
                if isinstance(value, date):
                    sheet.write_datetime(last, column, value, day)
                elif value:
                    sheet.write_string(last, column, value, text)
        sheet.autofilter(0, 0, last, len(COLUMNS) - 1)
    return out.getvalue()
