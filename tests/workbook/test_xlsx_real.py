"""Real questionnaires, when they are here: every cell that looks writable is filled, and other readers compare."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from rfp.workbook.errors import WriteRefused
from rfp.workbook.model import Book, Scalar, Sheet, Validation, Write
from rfp.workbook.reader import read
from rfp.workbook.writer import fill
from rfp.workbook.xlsx.rules import admit
from tests.conftest import SHARED

FILES = sorted((SHARED / "workbooks").glob("*.xls[xm]")) if SHARED.is_dir() else []
REAL = pytest.mark.skipif(not FILES, reason="the real questionnaires are not here")
IN_CI = os.environ.get("CI") == "true"
OFFICE = pytest.mark.skipif(not shutil.which("soffice") and not IN_CI, reason="LibreOffice is not installed")
PER_SHEET = 150
SMALL = 200_000  # openpyxl takes seconds on larger ones

Values = dict[tuple[str, int, int], object]


def writes_for(book: Book) -> list[Write]:
    """Return a write for empty cells that may be written, with an option where there is a list."""
    found: list[Write] = []
    for sheet in book.sheets:
        lists = [v for v in sheet.validations if v.kind == "list"]
        mine: list[Write] = []
        for row, column, cell in sheet.cells():
            if len(mine) == PER_SHEET:
                break
            if cell.value is not None or cell.formula is not None:
                continue
            text = f"=Answer für {row}\nand <more> & {column}"
            value: Scalar = next((o for v in lists if (o := _option(v, row, column)) is not None), text)
            write = Write(sheet=sheet.name, row=row, column=column, value=value)
            if _is_admitted(book, sheet, write):
                mine.append(write)
        found += mine
    return found


def _option(validation: Validation, row: int, column: int) -> Scalar | None:
    if not any(a.top <= row <= a.bottom and a.left <= column <= a.right for a in validation.areas):
        return None
    options = validation.options_by_cell.get((row, column), validation.options)
    return options[-1].value if options else None


def _is_admitted(book: Book, sheet: Sheet, write: Write) -> bool:
    try:
        admit(book, sheet, [write])
    except WriteRefused:
        return False
    return True


def by_reader(book: Book) -> Values:
    """Values, formulas and style numbers; empty cells too."""
    return {(sheet.name, row, column): cell for sheet in book.sheets for row, column, cell in sheet.cells()}


def by_openpyxl(content: bytes) -> Values:
    book = openpyxl.load_workbook(io.BytesIO(content), rich_text=True)
    return {
        (sheet.title, cell.row, cell.column): (_plain(cell.value), cell.data_type)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def _plain(value: object) -> str:
    """An array formula is an object of its own in openpyxl."""
    return repr(vars(value)) if hasattr(value, "ref") else str(value)


def by_calamine(content: bytes) -> Values:
    book = CalamineWorkbook.from_object(io.BytesIO(content))
    found: Values = {}
    for name in book.sheet_names:
        for row, cells in enumerate(book.get_sheet_by_name(name).to_python(skip_empty_area=False), 1):
            found.update(((name, row, column), value) for column, value in enumerate(cells, 1) if value != "")
    return found


def differences(before: Values, after: Values, writes: list[Write]) -> set[tuple[str, int, int]]:
    targets = {(write.sheet, write.row, write.column) for write in writes}
    return {place for place in before.keys() | after.keys() if before.get(place) != after.get(place)} - targets


@REAL
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
@pytest.mark.filterwarnings("ignore")
def test_only_the_answers_differ(file: Path) -> None:
    content = file.read_bytes()
    book = read(content, file.name)
    writes = writes_for(book)
    result = fill(content, book, writes, name=file.name)
    assert result.fidelity.holds
    assert result.fidelity.cells_written == len(writes)

    after = read(result.content, file.name)
    for write in writes:
        assert after.sheet(write.sheet).value(write.row, write.column) == write.value
    assert not differences(by_reader(book), by_reader(after), writes)
    _assert_same_parts(content, result.content, book)
    assert not differences(by_calamine(content), by_calamine(result.content), writes)
    if len(content) <= SMALL:
        assert not differences(by_openpyxl(content), by_openpyxl(result.content), writes)


def _assert_same_parts(content: bytes, result: bytes, book: Book) -> None:
    """All parts but the sheets and the workbook part are equal: dropdowns, pictures, comments, macros."""
    sheets = {sheet.part for sheet in book.sheets}
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(io.BytesIO(result)) as new:
        assert old.namelist() == new.namelist()
        for name in old.namelist():
            if name not in sheets and name != "xl/workbook.xml":
                assert old.read(name) == new.read(name), name


def converted(contents: dict[str, bytes], folder: Path) -> Iterator[tuple[str, Values]]:
    """Open each file in LibreOffice, let it save a copy, and return the values of the copy."""
    inside, outside = folder / "in", folder / "out"
    inside.mkdir()
    for name, content in contents.items():
        (inside / f"{name}.xlsx").write_bytes(content)
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "xlsx"]
    files = [str(path) for path in sorted(inside.iterdir())]
    subprocess.run([*command, "--outdir", str(outside), *files], check=True, capture_output=True, timeout=300)
    for name in contents:
        yield name, by_calamine((outside / f"{name}.xlsx").read_bytes())


@OFFICE
def test_libreoffice_keeps_text_that_begins_like_a_formula(tmp_path: Path) -> None:
    texts = [lead + "SUM(1)" for lead in ("=", "+", "-", "@", "\t=", "＝", "＋", "－", "＠", "|", "%")]
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.add_worksheet("S").write(0, 0, "Question")
    book.close()
    writes = [Write(sheet="S", row=row, column=2, value=text) for row, text in enumerate(texts, 1)]
    result = fill(out.getvalue(), read(out.getvalue(), "x.xlsx"), writes).content
    found = dict(converted({"leads": result}, tmp_path))["leads"]
    assert [found["S", row, 2] for row in range(1, len(texts) + 1)] == texts


@REAL
@OFFICE
@pytest.mark.parametrize("file", [f for f in FILES if len(f.read_bytes()) < 60_000], ids=lambda file: file.name)
def test_libreoffice_sees_only_the_answers_differ(file: Path, tmp_path: Path) -> None:
    content = file.read_bytes()
    book = read(content, file.name)
    # Formulas that read an answer show another result once LibreOffice has calculated them.
    if book.has_formulas:
        pytest.skip("results of formulas differ with the answers")
    writes = writes_for(book)
    result = fill(content, book, writes).content
    found = dict(converted({"before": content, "after": result}, tmp_path))
    assert not differences(found["before"], found["after"], writes)
    assert all(found["after"][w.sheet, w.row, w.column] == w.value for w in writes if isinstance(w.value, str))
