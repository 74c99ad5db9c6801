"""The xlsx reader against two independent writers and openpyxl as the oracle."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from datetime import date, datetime, timedelta
from datetime import time as clock
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, to_excel
from openpyxl.worksheet.worksheet import Worksheet

from rfp.workbook.errors import TooLarge, Unsafe, UnsupportedFormat, WorkbookRefused
from rfp.workbook.model import Area, Sheet
from rfp.workbook.plain_text import clean
from rfp.workbook.reader import read
from rfp.workbook.xlsx.texts import unescape
from tests.conftest import SHARED
from tests.workbook.xlsx_files import MAIN, sheet_xml, workbook

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"), exclude_characters="￾￿"), max_size=30)
VALUES = st.one_of(st.integers(-(10**9), 10**9), st.floats(-1e9, 1e9), st.booleans(), TEXT)


def written(build: object) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    build(book)  # type: ignore[operator]  # a builder of the test
    book.close()
    return out.getvalue()


def replaced(content: bytes, part: str, old: bytes, new: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name == part:
                assert old in data
                data = data.replace(old, new)
            target.writestr(name, data)
    return out.getvalue()


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.tuples(st.integers(1, 60), st.integers(1, 40)), VALUES, max_size=30))
def test_every_value_that_openpyxl_wrote_is_read(cells: dict[tuple[int, int], int | float | bool | str]) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for (row, column), value in cells.items():
        cell = sheet.cell(row, column)
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"
    out = io.BytesIO()
    book.save(out)
    oracle = openpyxl.load_workbook(io.BytesIO(out.getvalue())).worksheets[0]
    read_sheet = read(out.getvalue(), "a.xlsx").sheets[0]
    for row, column in cells:
        expected = oracle.cell(row, column).value
        got = read_sheet.value(row, column)
        assert got == expected or (expected is None and got in (None, ""))


def _everything(book: xlsxwriter.Workbook) -> None:
    sheet = book.add_worksheet("Main")
    lists = book.add_worksheet("Lists")
    lists.hide()
    for row, value in enumerate(["Yes", "No", "N/A", 1, 2, 3]):
        lists.write(row, 0, value)
    book.define_name("Scale", "=Lists!$A$4:$A$6")
    book.define_name("Soft", "=Lists!$A$1:$A$2")
    open_cell = book.add_format({"locked": False, "border": 1})
    sheet.write(0, 0, "Question")
    sheet.write_rich_string(1, 0, book.add_format({"bold": True}), "Is it", " safe?")
    sheet.write_blank(1, 1, None, open_cell)
    sheet.write_formula(2, 0, '=Lists!A1&"!"', None, "Yes!")
    sheet.write_datetime(3, 0, datetime(2026, 6, 8), book.add_format({"num_format": "d mmm yyyy"}))
    sheet.write(4, 3, "Soft")
    sheet.merge_range("A8:C8", "Section")
    sheet.data_validation("B2:B3", {"validate": "list", "source": ["Yes", "No"]})
    sheet.data_validation("C2:C3", {"validate": "list", "source": "=Lists!$A$1:$A$3"})
    sheet.data_validation("D2", {"validate": "list", "source": "=Scale"})
    sheet.data_validation("E5", {"validate": "list", "source": "=INDIRECT(D5)"})
    sheet.write_blank(4, 4, None, open_cell)
    sheet.set_row(9, None, None, {"hidden": True})
    sheet.set_column("H:J", 30, None, {"hidden": True})
    sheet.write_comment("A1", "Say yes")
    sheet.protect()


def test_what_finding_answers_needs_is_read() -> None:
    book = read(written(_everything), "x.xlsx")
    sheet = book.sheet("Main")
    assert [(s.name, s.visible) for s in book.sheets] == [("Main", True), ("Lists", False)]
    assert sheet.text(2, 1) == "Is it safe?"
    assert sheet.value(3, 1) == "Yes!"
    formula = sheet.cell(3, 1)
    assert formula is not None
    assert formula.formula == 'Lists!A1&"!"'
    dated = sheet.cell(4, 1)
    assert dated is not None
    assert (dated.value, book.style(dated).date) == (46181, True)
    assert sheet.merged == (Area(8, 1, 8, 3),)
    assert 10 in sheet.hidden_rows
    assert sheet.hidden_columns == ((8, 10),)
    assert "Say yes" in sheet.comments[1, 1]
    assert book.is_locked(sheet, 1, 1)
    assert not book.is_locked(sheet, 2, 2)
    assert book.has_formulas
    options = [tuple(o.value for o in v.options) if v.options else None for v in sheet.validations]
    assert options == [("Yes", "No"), ("Yes", "No", "N/A"), (1, 2, 3), None]
    dependent = sheet.validations[3].options_by_cell[5, 5]
    assert [option.label for option in dependent] == ["Yes", "No"]


def test_a_dropdown_of_the_extension_list_is_read() -> None:
    content = written(_everything)
    extension = (
        b'<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" '
        b'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"><x14:dataValidations count="1" '
        b'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><x14:dataValidation type="list">'
        b"<x14:formula1><xm:f>Lists!$A$1:$A$3</xm:f></x14:formula1><xm:sqref>F2:F9 G4</xm:sqref></x14:dataValidation>"
        b"</x14:dataValidations></ext></extLst></worksheet>"
    )
    book = read(replaced(content, "xl/worksheets/sheet1.xml", b"</worksheet>", extension), "x.xlsx")
    found = [v for v in book.sheet("Main").validations if v.extension]
    assert len(found) == 1
    assert found[0].areas == (Area(2, 6, 9, 6), Area(4, 7, 4, 7))
    assert [option.label for option in found[0].options or ()] == ["Yes", "No", "N/A"]


def test_a_lying_dimension_loses_nothing() -> None:
    def build(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        for row in range(300):
            sheet.write(row, row % 12, row)

    content = written(build)
    lying = replaced(content, "xl/worksheets/sheet1.xml", b'ref="A1:L300"', b'ref="A1"')
    assert sum(1 for _ in read(lying, "x.xlsx").sheets[0].cells()) == 300


def test_cells_without_addresses_are_counted_from_the_left() -> None:
    content = written(lambda book: book.add_worksheet().write_row(0, 0, [1, 2, 3]))
    for reference in (b' r="A1"', b' r="B1"', b' r="C1"', b' r="1"'):
        content = replaced(content, "xl/worksheets/sheet1.xml", reference, b"")
    sheet = read(content, "x.xlsx").sheets[0]
    assert [sheet.value(1, column) for column in (1, 2, 3)] == [1, 2, 3]


def test_a_value_beyond_the_limits_is_refused_and_never_lost() -> None:
    content = written(lambda book: book.add_worksheet().write(0, 16_000, "far"))
    with pytest.raises(TooLarge, match="256 columns"):
        read(content, "x.xlsx")


@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "docProps/core.xml", "[Content_Types].xml"]
)
def test_a_document_type_definition_anywhere_is_refused(part: str) -> None:
    content = written(lambda book: book.add_worksheet().write(0, 0, "a"))
    with pytest.raises(Unsafe, match="document type definition"):
        read(replaced(content, part, b"?>", b'?><!DOCTYPE x [<!ENTITY a "b">]>'), "x.xlsx")


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", WorkbookRefused),
        (b"hello", UnsupportedFormat),
        (b"PK\x03\x04 nothing", WorkbookRefused),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), UnsupportedFormat),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), WorkbookRefused),
    ],
)
def test_other_files_are_refused_with_advice(content: bytes, error: type[WorkbookRefused]) -> None:
    with pytest.raises(error) as refusal:
        read(content, "x.xlsx")
    assert str(refusal.value)


def assert_read_as_openpyxl_reads(content: bytes, name: str) -> None:
    """Compare values, formulas, merged cells, hidden rows and columns, and validations of every sheet."""
    book = read(content, name)
    results = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    formulas = openpyxl.load_workbook(io.BytesIO(content))
    for sheet in book.sheets:
        result, formula = results[sheet.name], formulas[sheet.name]
        assert set(sheet.merged) == {
            Area(r.min_row, r.min_col, r.max_row, r.max_col) for r in result.merged_cells.ranges
        }
        covered = {(r, c) for a in sheet.merged for r in range(a.top, a.bottom + 1) for c in range(a.left, a.right + 1)}
        _assert_same_cells(sheet, result, formula, covered, book.date_1904)
        hidden = {row for row, described in result.row_dimensions.items() if described.hidden}
        assert hidden == sheet.hidden_rows
        groups = [c for c in result.column_dimensions.values() if c.hidden]
        assert {column for c in groups for column in range(c.min or 0, (c.max or 0) + 1)} == {
            column for first, last in sheet.hidden_columns for column in range(first, last + 1)
        }
        classic = Counter((v.kind, v.source) for v in sheet.validations if not v.extension)
        assert classic == Counter(
            (v.type or "none", (v.formula1 or "").strip()) for v in result.data_validations.dataValidation if v.sqref
        )


def _assert_same_cells(
    sheet: Sheet, result: Worksheet, formula: Worksheet, covered: set[tuple[int, int]], date_1904: bool
) -> None:
    theirs = {
        (cell.row, cell.column): cell.value
        for row in result.iter_rows()
        for cell in row
        if cell.value is not None and (cell.row, cell.column) not in covered
    }
    ours = {(row, column): cell.value for row, column, cell in sheet.cells() if cell.value not in (None, "")}
    assert ours.keys() - covered == {place for place, value in theirs.items() if value != ""}
    epoch = CALENDAR_MAC_1904 if date_1904 else CALENDAR_WINDOWS_1900
    for place, value in theirs.items():
        if isinstance(value, datetime | date | clock | timedelta):
            value = to_excel(value, epoch)  # type: ignore[no-untyped-call]
            assert ours[place] == pytest.approx(value, abs=1e-6)
        elif value != "":
            # openpyxl leaves the escapes of inline texts, and carriage returns, as they are.
            assert ours[place] == (clean(unescape(value)) if isinstance(value, str) else value), place
    assert {(row, column) for row, column, cell in sheet.cells() if cell.formula is not None} - covered == {
        (cell.row, cell.column) for row in formula.iter_rows() for cell in row if cell.data_type == "f"
    } - covered


@settings(max_examples=40, deadline=None)
@given(
    cells=st.dictionaries(st.tuples(st.integers(0, 40), st.integers(0, 30)), VALUES, max_size=30),
    formulas=st.sets(st.tuples(st.integers(0, 40), st.integers(0, 30)), max_size=5),
    merged=st.sets(st.integers(0, 8), max_size=4),
    rows=st.sets(st.integers(0, 40), max_size=5),
    columns=st.sets(st.integers(0, 30), max_size=5),
    lists=st.lists(st.lists(st.sampled_from(["Yes", "No", "N/A", "Partly"]), min_size=1, max_size=4), max_size=4),
)
def test_what_xlsxwriter_wrote_is_read_as_openpyxl_reads_it(
    cells: dict[tuple[int, int], int | float | bool | str],
    formulas: set[tuple[int, int]],
    merged: set[int],
    rows: set[int],
    columns: set[int],
    lists: list[list[str]],
) -> None:
    def build(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("S")
        for (row, column), value in cells.items():
            if isinstance(value, str):
                sheet.write_string(row, column, value)
            else:
                sheet.write(row, column, value)
        for row, column in formulas:
            sheet.write_formula(row, column, "=A1&B2", None, "result")
        for row in merged:
            sheet.merge_range(50 + row * 3, 2, 51 + row * 3, 5, f"merged {row}")
        for row in rows:
            sheet.set_row(row, None, None, {"hidden": True})
        for column in columns:
            sheet.set_column(column, column, 20, None, {"hidden": True})
        for number, options in enumerate(lists):
            sheet.data_validation(number, 40, number + 5, 40, {"validate": "list", "source": options})

    assert_read_as_openpyxl_reads(written(build), "x.xlsx")


REAL = sorted((SHARED / "workbooks").glob("*.xls[xm]")) if SHARED.is_dir() else []


@pytest.mark.skipif(not REAL, reason="the real questionnaires are not here")
@pytest.mark.parametrize("file", [f for f in REAL if f.stat().st_size < 200_000], ids=lambda file: file.name)
@pytest.mark.filterwarnings("ignore")
def test_real_files_are_read_as_openpyxl_reads_them(file: Path) -> None:
    assert_read_as_openpyxl_reads(file.read_bytes(), file.name)


def test_cells_under_another_prefix_than_the_root_are_read() -> None:
    rows = (
        f'<y:row xmlns:y="{MAIN}" r="1"><y:c r="A1"><y:v>7</y:v></y:c></y:row><row r="2"><c r="A2"><v>8</v></c></row>'
    )
    sheet = read(workbook(sheet_xml(rows)), "x.xlsx").sheets[0]
    assert (sheet.value(1, 1), sheet.value(2, 1)) == (7, 8)


def test_blanks_between_elements_are_no_part_of_values() -> None:
    rows = """
      <row r="1">
        <c r="A1"> <v> 5 </v> </c>
        <c r="B1" t="str">
          <v> text </v>
        </c>
        <c r="C1" t="inlineStr">
          <is> <r> <t>in</t> </r> <r> <t xml:space="preserve">line </t> </r> <rPh> <t>guide</t> </rPh> </is>
        </c>
        <c r="D1" t="b"> <f>TRUE()</f> <v>1</v> </c>
        <c r="E1" t="e"> <v>#REF!</v> </c>
      </row>
    """
    sheet = read(workbook(sheet_xml(rows)), "x.xlsx").sheets[0]
    assert [cell[:2] for cell in sheet.rows[1].values()] == [
        (5, None),
        (" text ", None),
        ("inline ", None),
        (True, "TRUE()"),
        ("#REF!", None),
    ]
    assert sheet.rows[1][5].error
