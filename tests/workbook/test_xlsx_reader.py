"""The xlsx reader against two independent writers and openpyxl as the oracle."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from rfp.workbook.errors import TooLarge, Unsafe, UnsupportedFormat, WorkbookRefused
from rfp.workbook.model import Area, FileFormat
from rfp.workbook.reader import read
from tests.conftest import SHARED

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


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real questionnaires are not here")
@pytest.mark.parametrize("file", sorted((SHARED / "workbooks").glob("*.xlsx"))[:6], ids=lambda file: file.name)
@pytest.mark.filterwarnings("ignore")
def test_real_files_are_read_as_openpyxl_reads_them(file: Path) -> None:
    content = file.read_bytes()
    book = read(content, file.name)
    assert book.format is FileFormat.XLSX
    oracle = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    for sheet in book.sheets:
        covered = {(r, c) for a in sheet.merged for r in range(a.top, a.bottom + 1) for c in range(a.left, a.right + 1)}
        theirs = {
            (cell.row, cell.column)
            for row in oracle[sheet.name].iter_rows()
            for cell in row
            if cell.value is not None and (cell.row, cell.column) not in covered
        }
        ours = {(row, column) for row, column, cell in sheet.cells() if cell.value is not None}
        assert theirs <= ours
