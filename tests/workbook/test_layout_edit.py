"""Edits of a layout: each table row is a layout, an edit, and what becomes of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rfp.workbook.edit import Edit, EditRefused, Row, SetColumn, SetRow, SetTable, SheetEdit, apply
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

Q, A, ID = ColumnRole.QUESTION, ColumnRole.ANSWER, ColumnRole.ID
TEXTS = {
    1: {1: "Security form"},
    3: {1: "No.", 2: "Question", 3: "Answer", 4: "Yes", 5: "No"},
    **{row: {1: str(row), 2: f"Do you encrypt disk {row}?"} for row in range(4, 13)},
    14: {1: "No.", 2: "Question", 3: "Reply"},
    **{row: {1: str(row), 2: f"Do you back up disk {row}?"} for row in range(15, 18)},
}
SHEET = Sheet(name="S", rows={r: {c: Cell(text) for c, text in row.items()} for r, row in TEXTS.items()})
BOOK = Book(
    format=FileFormat.XLSX,
    sheets=(SHEET, Sheet(name="Hidden", rows=SHEET.rows, state="hidden"), Sheet(name="Empty", rows={})),
)
TABLE = TableLayout(
    header_rows=(3,),
    first_row=4,
    last_row=12,
    columns=(
        TableColumn(column=1, role=ID, header="No."),
        TableColumn(column=2, role=Q, header="Question"),
        TableColumn(column=3, role=A, header="Answer"),
    ),
)


def edited(edit: Edit, *, table: TableLayout = TABLE, sheet: str = "S") -> tuple[TableLayout, ...]:
    tables = {"S": (table,)}
    layout = Layout(
        fingerprint="f", sheets=tuple(SheetLayout(sheet=s.name, tables=tables.get(s.name, ())) for s in BOOK.sheets)
    )
    step = apply(layout, edit, sheet=sheet, book=BOOK)
    assert step.said.startswith(f"{sheet}: ")
    assert [s.sheet for s in step.layout.sheets] == ["S", "Hidden", "Empty"]
    return next(s.tables for s in step.layout.sheets if s.sheet == sheet)


def roles(table: TableLayout) -> dict[int, str]:
    return {c.column: c.option or c.role.value for c in table.columns}


def column(number: int, role: ColumnRole | None, option: str = "") -> SetColumn:
    return SetColumn(table=0, column=number, role=role, option=option)


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        pytest.param(column(4, ColumnRole.COMMENT), {1: "id", 2: "question", 3: "answer", 4: "comment"}, id="added"),
        pytest.param(column(3, None), {1: "id", 2: "question"}, id="taken away"),
        pytest.param(column(9, None), {1: "id", 2: "question", 3: "answer"}, id="nothing from nothing"),
        pytest.param(column(3, Q), {1: "id", 3: "question"}, id="one column asks"),
        pytest.param(column(4, A), {1: "id", 2: "question", 4: "answer"}, id="one column answers"),
        pytest.param(column(4, A, "Yes"), {1: "id", 2: "question", 4: "Yes"}, id="a tick ends the answer column"),
        pytest.param(column(2, Q), {1: "id", 2: "question", 3: "answer"}, id="the same again"),
    ],
)
def test_a_column_takes_a_role(edit: SetColumn, expected: dict[int, str]) -> None:
    (table,) = edited(edit)
    assert roles(table) == expected


def test_ticks_stand_side_by_side_until_a_column_answers() -> None:
    (one,) = edited(column(4, A, "Yes"))
    (two,) = edited(column(5, A, " No "), table=one)
    assert roles(two) == {1: "id", 2: "question", 4: "Yes", 5: "No"}
    (plain,) = edited(column(3, A), table=two)
    assert roles(plain) == {1: "id", 2: "question", 3: "answer"}


def test_a_role_comes_with_the_words_above_the_column() -> None:
    (table,) = edited(column(4, ColumnRole.COMMENT))
    assert table.columns[-1].header == "Yes"


@pytest.mark.parametrize("role", [None, A, ColumnRole.SECTION])
def test_a_table_keeps_a_column_that_asks(role: ColumnRole | None) -> None:
    with pytest.raises(EditRefused, match="needs a column that asks"):
        edited(column(2, role))


@pytest.mark.parametrize(
    ("row", "what", "heads", "ends", "marks"),
    [
        (6, Row.SECTION, (3,), (4, 12), [(6, RowRole.SECTION)]),
        (6, Row.SKIP, (3,), (4, 12), [(6, RowRole.SKIP)]),
        (3, Row.QUESTION, (), (3, 12), [(3, RowRole.QUESTION)]),
        (3, Row.SKIP, (), (4, 12), []),
        (15, Row.QUESTION, (3,), (4, 15), [(15, RowRole.QUESTION)]),
        (1, Row.SECTION, (3,), (1, 12), [(1, RowRole.SECTION)]),
        (4, Row.HEADER, (3, 4), (5, 12), []),
        (9, Row.HEADER, (3, 9), (4, 12), []),
        (14, Row.HEADER, (3, 14), (4, 14), []),
        (6, Row.FIRST, (3,), (6, 12), []),
        (3, Row.FIRST, (), (3, 12), []),
        (15, Row.FIRST, (3,), (15, 15), []),
        (8, Row.LAST, (3,), (4, 8), []),
        (17, Row.LAST, (3,), (4, 17), []),
        (6, Row.AS_FOUND, (3,), (4, 12), []),
    ],
)
def test_a_row_is_what_a_person_says(
    row: int, what: Row, heads: tuple[int, ...], ends: tuple[int, int], marks: list[tuple[int, RowRole]]
) -> None:
    (table,) = edited(SetRow(table=0, row=row, what=what))
    assert (table.header_rows, (table.first_row, table.last_row)) == (heads, ends)
    assert [(mark.row, mark.role) for mark in table.marks] == marks


def test_what_is_said_last_of_a_row_holds_and_can_be_taken_back() -> None:
    marked = replace(TABLE, marks=(RowMark(6, RowRole.SECTION, "x"), RowMark(7, RowRole.SKIP)))
    (again,) = edited(SetRow(table=0, row=6, what=Row.SKIP), table=marked)
    assert again.marks == (RowMark(6, RowRole.SKIP, "Do you encrypt disk 6?"), RowMark(7, RowRole.SKIP))
    (back,) = edited(SetRow(table=0, row=6, what=Row.AS_FOUND), table=marked)
    assert back.marks == (RowMark(7, RowRole.SKIP),)


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (SetRow(table=0, row=17, what=Row.SKIP), "no part of the table"),
        (SetRow(table=0, row=2, what=Row.LAST), "begins at 4"),
        (SetRow(table=0, row=4, what=Row.NEW_TABLE), "begins there or below"),
        (SetRow(table=0, row=900, what=Row.NEW_TABLE), "Nothing stands below"),
        (SetRow(table=3, row=5, what=Row.SKIP), "no longer there"),
        (SetTable(table=0, first_row=9, last_row=8), "stands above the first"),
        (SetTable(table=0, first_row=4, last_row=8, shape="transposed"), "write it as text"),
        (SheetEdit.TAKE_IN, "in already"),
    ],
)
def test_what_makes_no_sense_is_refused(edit: Edit, said: str) -> None:
    with pytest.raises(EditRefused, match=said):
        edited(edit)


def test_a_table_is_cut_where_another_begins() -> None:
    whole = replace(
        TABLE, header_rows=(3, 14), last_row=17, marks=(RowMark(5, RowRole.SKIP), RowMark(16, RowRole.SKIP))
    )
    above, below = edited(SetRow(table=0, row=14, what=Row.NEW_TABLE), table=whole)
    assert (above.header_rows, above.first_row, above.last_row) == ((3,), 4, 13)
    assert (below.header_rows, below.first_row, below.last_row) == ((14,), 15, 17)
    assert ([m.row for m in above.marks], [m.row for m in below.marks]) == ([5], [16])
    assert below.columns[-1].header == "Reply"


def test_a_table_is_added_below() -> None:
    above, below = edited(SetRow(table=0, row=15, what=Row.NEW_TABLE))
    assert above == TABLE
    assert (below.header_rows, below.first_row, below.last_row) == ((), 15, 17)


def test_a_table_is_moved_turned_into_a_form_and_taken_away() -> None:
    (moved,) = edited(SetTable(table=0, first_row=5, last_row=9, shape="form"))
    assert (moved.first_row, moved.last_row, moved.shape) == (5, 9, "form")
    assert edited(SetTable(table=0, remove=True)) == ()


def test_a_sheet_is_left_out_and_a_hidden_one_taken_in_as_it_would_be_read() -> None:
    assert edited(SheetEdit.LEAVE_OUT) == ()
    found = edited(SheetEdit.TAKE_IN, sheet="Hidden")
    assert found[0].column(Q) == 2
    with pytest.raises(EditRefused, match="Nothing stands"):
        edited(SheetEdit.TAKE_IN, sheet="Empty")


def test_a_sheet_in_which_nothing_is_found_asks_its_longest_texts() -> None:
    rows = {
        row: {1: Cell(f"item {row}"), 2: Cell("The supplier keeps the keys apart from the data " * 2)} for row in (2, 3)
    }
    book = replace(BOOK, sheets=(Sheet(name="S", rows=rows),))
    layout = Layout(fingerprint="f", sheets=(SheetLayout(sheet="S"),))
    (table,) = apply(layout, SheetEdit.TAKE_IN, sheet="S", book=book).layout.sheets[0].tables
    assert (table.column(Q), table.last_row) == (2, 3)


def test_in_a_turned_table_lines_change_places() -> None:
    turned = replace(TABLE, shape="transposed")
    layout = Layout(fingerprint="f", sheets=(SheetLayout(sheet="S", tables=(turned,)),))
    book = replace(BOOK, sheets=(SHEET,))
    assert apply(layout, column(4, ColumnRole.COMMENT), sheet="S", book=book).said == "S: row 4 is comment"
    said = apply(layout, SetRow(table=0, row=5, what=Row.SKIP), sheet="S", book=book).said
    assert said == "S: column E is skipped"
