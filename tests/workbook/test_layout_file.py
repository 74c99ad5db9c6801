"""A layout file is what a person writes: it comes back as written, and a mistake names sheet, key and value."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import pytest
import yaml

from rfp.workbook import layout_file
from rfp.workbook.errors import LayoutInvalid
from rfp.workbook.model import Book, ColumnRole, FileFormat, RowMark, RowRole, Sheet

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
        rows: {14: section, 20: skip}
        row_texts: {14: Access}
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
    assert table.marks == (RowMark(14, RowRole.SECTION, "Access"), RowMark(20, RowRole.SKIP))


def test_what_is_dumped_loads_to_the_same() -> None:
    layout = layout_file.load(GOOD, BOOK)
    again = layout_file.load(layout_file.dump(layout), BOOK)
    assert layout_file.dump(again) == layout_file.dump(layout)
    assert again.sheets[1].tables == layout.sheets[1].tables


def test_a_transposed_table_names_rows_where_others_name_columns() -> None:
    text = """
sheets:
  Security:
    tables: [{shape: transposed, header_rows: [A], first_row: B, last_row: F, columns: {1: question, 2: answer}}]
"""
    layout = layout_file.load(text, BOOK)
    (table,) = layout.sheets[1].tables
    assert (table.header_rows, table.first_row, table.last_row) == ((1,), 2, 6)
    assert [(c.column, c.role) for c in table.columns] == [(1, ColumnRole.QUESTION), (2, ColumnRole.ANSWER)]
    assert layout_file.load(layout_file.dump(layout), BOOK).sheets[1].tables == layout.sheets[1].tables


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
        ("AA: comment", "A1: comment", "'columns' has 'A1', which is no column."),
        ("header_rows: [2, 30]", "header_rows: 2", "'header_rows' must be a list of row numbers, not 2"),
        ("header_rows: [2, 30]", "header_rows: [two]", "'header_rows' must be a row number, not 'two'"),
        ("20: skip", "20: drop", "'drop' is nothing a row can be. A row is one of: question, section, guidance, skip."),
        ("first_row: 3", "shape: round", "shape 'round' is none of rows, form, stacked, transposed"),
        ("sheets:", "tables:", "The layout has no 'sheets'."),
        ("[2, 30]", "[2, 30", "The layout is no YAML"),
    ],
)
def test_a_mistake_is_named(before: str, after: str, said: str) -> None:
    with pytest.raises(LayoutInvalid) as refusal:
        layout_file.load(GOOD.replace(before, after, 1), BOOK)
    assert said in str(refusal.value)


def test_the_examples_of_the_manual_load() -> None:
    manual = (Path(__file__).resolve().parents[2] / "docs" / "layouts.md").read_text(encoding="utf-8")
    blocks = [textwrap.dedent(block) for block in re.findall(r" *```yaml\n(.*?)```", manual, re.DOTALL)]
    assert len(blocks) == 4
    names = ("Security", "Access", "Instructions")
    book = Book(format=FileFormat.XLSX, sheets=tuple(Sheet(name=name, rows={}) for name in names))
    whole = layout_file.load(blocks[0], book)
    assert [len(sheet.tables) for sheet in whole.sheets] == [1, 1, 0]
    for block in blocks[1:]:
        tables = yaml.safe_dump({"sheets": {"Security": {"tables": yaml.safe_load(block)}}})
        (table,) = layout_file.load(tables, book).sheets[0].tables
        assert table.shape in block
