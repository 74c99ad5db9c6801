"""A layout file is what a person writes: it comes back as written, and a mistake names sheet, key and value."""

from __future__ import annotations

import pytest

from rfp.workbook import layout_file
from rfp.workbook.errors import LayoutInvalid
from rfp.workbook.model import Book, ColumnRole, FileFormat, Sheet

BOOK = Book(format=FileFormat.XLSX, sheets=(Sheet(name="Intro", rows={}), Sheet(name="Security", rows={})))
GOOD = """
fingerprint: abc
sheets:
  Security:
    tables:
      - header_rows: [2, 30]
        first_row: 3
        last_row: 60
        columns: {A: id, B: question, AA: comment}
        ticks: {C: "Yes", D: "No"}
        headers: {AA: Remarks}
"""


def test_a_layout_is_read_as_written() -> None:
    layout = layout_file.load(GOOD, BOOK)
    assert [sheet.has_questions for sheet in layout.sheets] == [False, True]
    (table,) = layout.sheets[1].tables
    assert (table.header_rows, table.first_row, table.last_row) == ((2, 30), 3, 60)
    assert [(c.column, c.role, c.option, c.header) for c in table.columns] == [
        (1, ColumnRole.ID, "", ""),
        (2, ColumnRole.QUESTION, "", ""),
        (3, ColumnRole.ANSWER, "Yes", ""),
        (4, ColumnRole.ANSWER, "No", ""),
        (27, ColumnRole.COMMENT, "", "Remarks"),
    ]


def test_what_is_dumped_loads_to_the_same() -> None:
    layout = layout_file.load(GOOD, BOOK)
    again = layout_file.load(layout_file.dump(layout), BOOK)
    assert layout_file.dump(again) == layout_file.dump(layout)
    assert again.sheets[1].tables == layout.sheets[1].tables


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("Security:", "Safety:", "The file has no sheet 'Safety'. Its sheets are: Intro, Security."),
        (
            "first_row: 3",
            "first_row: three",
            "Sheet 'Security', table 1: 'first_row' must be a row number, not 'three'.",
        ),
        ("last_row: 60", "last_row: 2", "last_row 2 stands before first_row 3"),
        ("B: question", "B: answer", "no column has the role 'question'"),
        ("B: question", "B: questoin", "'questoin' is no role of a column."),
        ("AA: comment", "A1: comment", "'A1' is no column."),
        ("header_rows: [2, 30]", "header_rows: 2", "'header_rows' must be a list of row numbers, not 2"),
        ("sheets:", "tables:", "The layout has no 'sheets'."),
        ("[2, 30]", "[2, 30", "The layout is no YAML"),
    ],
)
def test_a_mistake_is_named(before: str, after: str, said: str) -> None:
    with pytest.raises(LayoutInvalid) as refusal:
        layout_file.load(GOOD.replace(before, after, 1), BOOK)
    assert said in str(refusal.value)
