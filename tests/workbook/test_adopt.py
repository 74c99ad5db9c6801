"""A layout confirmed on one file, used on another of the same shape: it moves with the tables that detection sees."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from rfp.workbook.adopt import adopt
from rfp.workbook.extract import questions
from rfp.workbook.model import (
    Book,
    Cell,
    ColumnRole,
    FileFormat,
    Layout,
    RowMark,
    RowRole,
    Sheet,
    SheetLayout,
    TableColumn,
    TableLayout,
)

ASKED = "Do you document the purpose of system {}?"


def table(first: int, last: int, *, question: int = 2, answer: int = 3, marks: Sequence[RowMark] = ()) -> TableLayout:
    return TableLayout(
        header_rows=(first - 1,),
        first_row=first,
        last_row=last,
        columns=(
            TableColumn(column=question, role=ColumnRole.QUESTION, header="Question"),
            TableColumn(column=answer, role=ColumnRole.ANSWER, header="Answer"),
        ),
        marks=tuple(marks),
    )


def layout(**sheets: Sequence[TableLayout]) -> Layout:
    return Layout(
        fingerprint="f", sheets=tuple(SheetLayout(sheet=name, tables=tuple(tables)) for name, tables in sheets.items())
    )


def book(*names: str, rows: int = 40) -> Book:
    cells = {row: {2: Cell(ASKED.format(row)), 3: Cell("")} for row in range(1, rows + 1)}
    return Book(format=FileFormat.XLSX, sheets=tuple(Sheet(name=name, rows=cells) for name in names))


@pytest.mark.parametrize(
    ("confirmed", "was", "now", "expected"),
    [
        pytest.param([(2, 6)], [(2, 6)], [(2, 10)], [(2, 10)], id="longer"),
        pytest.param([(2, 6)], [(2, 6)], [(5, 9)], [(5, 9)], id="moved down"),
        pytest.param([(3, 5)], [(2, 6)], [(2, 10)], [(3, 9)], id="cut by a person at both ends"),
        pytest.param([(2, 6), (9, 12)], [(2, 6), (9, 12)], [(2, 8), (11, 15)], [(2, 8), (11, 15)], id="two alike"),
        pytest.param([(9, 12)], [(2, 6), (9, 12)], [(2, 8), (11, 15)], [(11, 15)], id="one left out"),
        pytest.param([(2, 6), (9, 12)], [(2, 6), (9, 12)], [(2, 6)], [(2, 6)], id="one is not there"),
        pytest.param(
            [(2, 6)], [(2, 6)], [(2, 6), (9, 12)], [(2, 6), (9, 12)], id="one more section with the same heads"
        ),
        pytest.param([(20, 25)], [(2, 6)], [(2, 8)], [(20, 25)], id="drawn where nothing was seen"),
    ],
)
def test_rows_are_those_of_the_file_at_hand(
    confirmed: list[tuple[int, int]],
    was: list[tuple[int, int]],
    now: list[tuple[int, int]],
    expected: list[tuple[int, int]],
) -> None:
    adopted = adopt(
        layout(S=[table(*rows, answer=4) for rows in confirmed]),
        layout(S=[table(*rows) for rows in was]),
        layout(S=[table(*rows) for rows in now]),
        book("S"),
    )
    assert [(t.first_row, t.last_row) for t in adopted.sheets[0].tables] == expected
    assert {t.column(ColumnRole.ANSWER) for t in adopted.sheets[0].tables} == {4}
    assert adopted.remembered


def test_where_nobody_noted_what_was_detected_tables_are_paired_in_order() -> None:
    two = [table(2, 6), table(9, 12)]
    adopted = adopt(layout(S=two), None, layout(S=[table(2, 8), table(11, 15)]), book("S"))
    assert [(t.first_row, t.last_row) for t in adopted.sheets[0].tables] == [(2, 8), (11, 15)]


def test_a_sheet_the_first_file_did_not_have_is_read_as_detected() -> None:
    adopted = adopt(
        layout(S=[table(2, 6)]), layout(S=[table(2, 6)]), layout(S=[table(2, 6)], N=[table(3, 9)]), book("S", "N")
    )
    assert [(s.sheet, len(s.tables)) for s in adopted.sheets] == [("S", 1), ("N", 1)]
    assert "The sheet is new in this form." in adopted.sheets[1].reasons


def test_a_sheet_left_out_stays_out() -> None:
    adopted = adopt(
        layout(S=[], N=[table(3, 9)]),
        layout(S=[table(2, 6)], N=[table(3, 9)]),
        layout(S=[table(2, 6)], N=[table(3, 9)]),
        book("S", "N"),
    )
    assert [len(s.tables) for s in adopted.sheets] == [0, 1]


def test_a_sheet_that_was_renamed_is_known_by_its_table() -> None:
    one = layout(Year2026=[table(2, 6, answer=4)])
    adopted = adopt(one, layout(Year2026=[table(2, 6)]), layout(Year2027=[table(2, 9)]), book("Year2027"))
    (found,) = adopted.sheets[0].tables
    assert (adopted.sheets[0].sheet, found.last_row, found.column(ColumnRole.ANSWER)) == ("Year2027", 9, 4)


def test_what_was_said_of_a_row_goes_with_its_text() -> None:
    marks = [
        RowMark(3, RowRole.SECTION, ASKED.format(8)),
        RowMark(4, RowRole.SKIP, "A text that is gone"),
        RowMark(5, RowRole.SKIP),
    ]
    adopted = adopt(layout(S=[table(2, 6, marks=marks)]), layout(S=[table(2, 6)]), layout(S=[table(4, 20)]), book("S"))
    assert adopted.sheets[0].tables[0].marks == (RowMark(8, RowRole.SECTION, ASKED.format(8)),)


def test_marked_rows_are_read_as_marked() -> None:
    marks = [RowMark(3, RowRole.SECTION), RowMark(4, RowRole.GUIDANCE), RowMark(5, RowRole.SKIP)]
    marked = layout(S=[table(2, 6, marks=[RowMark(2, RowRole.QUESTION), *marks[1:]])])
    first, last = questions(book("S"), marked)[0], questions(book("S"), layout(S=[table(2, 6, marks=marks)]))[-1]
    assert (first.row, first.guidance) == (2, "")
    assert (last.row, last.section) == (6, ASKED.format(3))
    assert [q.row for q in questions(book("S"), marked)] == [2, 3, 6]
    assert questions(book("S"), marked)[1].guidance == ASKED.format(4)


def test_a_row_without_a_word_asks_nothing_whatever_is_said_of_it() -> None:
    sheet = Sheet(name="S", rows={2: {3: Cell("x")}, 3: {2: Cell(ASKED.format(3))}})
    only = Book(format=FileFormat.XLSX, sheets=(sheet,))
    assert [q.row for q in questions(only, layout(S=[table(2, 6, marks=[RowMark(2, RowRole.QUESTION)])]))] == [3]
