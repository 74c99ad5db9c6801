"""Write the fictional vendor's approved answers as the spreadsheet a vendor would import."""

from __future__ import annotations

import csv
from datetime import date, datetime
from pathlib import Path

from xlsxwriter import Workbook

from rfp.demo.papers import DATA

CREATED = datetime(2026, 11, 2, 9)
COLUMNS = (
    ("Topic", "topic", 22),
    ("Question", "question", 56),
    ("Answer", "answer", 20),
    ("Comment", "comment", 70),
    ("Owner", "owner", 16),
    ("Reviewed on", "reviewed_on", 13),
    ("Product", "product", 14),
    ("Audience", "audience", 10),
    ("Evidence", "evidence", 14),
)


def rows() -> tuple[dict[str, str], ...]:
    """Return the answers as they stand in the data file."""
    with (DATA / "answers.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def write(path: Path) -> None:
    """Write the library as xlsx, the same bytes each time."""
    book = Workbook(path)
    book.set_properties({"title": "Approved answers", "author": "Tessera Grove AB", "created": CREATED})
    sheet = book.add_worksheet("Approved answers")
    head = book.add_format({"bold": True, "bg_color": "#17415E", "font_color": "#FFFFFF", "valign": "vcenter"})
    text = book.add_format({"text_wrap": True, "valign": "top", "bottom": 4, "bottom_color": "#D3D8DE"})
    day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "bottom": 4, "bottom_color": "#D3D8DE"})
    for column, (title, _, width) in enumerate(COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, title, head)
    answers = rows()
    for number, answer in enumerate(answers, start=1):
        for column, (_, name, _) in enumerate(COLUMNS):
            if name == "reviewed_on":
                sheet.write_datetime(number, column, date.fromisoformat(answer[name]), day)
            else:
                sheet.write_string(number, column, answer[name], text)
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, len(answers), len(COLUMNS) - 1)
    book.close()
