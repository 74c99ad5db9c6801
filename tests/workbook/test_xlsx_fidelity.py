"""The comparison finds every change that is no answer: results are damaged on purpose, one thing at a time."""

from __future__ import annotations

import struct
from collections.abc import Callable

import pytest

from rfp.workbook.errors import FidelityBroken
from rfp.workbook.guard import open_package
from rfp.workbook.model import Write
from rfp.workbook.reader import read
from rfp.workbook.xlsx import fill as filling
from rfp.workbook.xlsx.archive import replace
from tests.workbook.xlsx_files import part_of, sheet_xml, unzipped, workbook, zipped

SHEET = "xl/worksheets/sheet1.xml"
ROWS = (
    '<row r="1" spans="1:3" ht="30" x="1"><c r="A1" s="3" t="str"><v>Question</v></c>\n<c r="B1" s="2"/>'
    '<c r="C1"><v>7</v></c></row>\n'
    '<row r="2"><c r="A2"><f>C1*2</f><v>14</v></c><c r="B2" s="2"/></row>'
    '<row r="5" s="1" customFormat="1"/>'
    '<row r="6"><c r="A6" t="inlineStr"><is><r><rPr><b/></rPr><t>rich</t></r></is></c></row>'
)
BEFORE = (
    '<dimension ref="A1:C6"/><sheetViews/><cols><col min="1" max="1" width="9"/><col min="2" max="4" width="7"/></cols>'
)
AFTER = (
    '<mergeCells count="1"><mergeCell ref="A8:C8"/></mergeCells><conditionalFormatting sqref="A1"/>'
    '<dataValidations count="1"><dataValidation type="list" sqref="D1"><formula1>"a"</formula1></dataValidation>'
    "</dataValidations><extLst><ext/></extLst>"
)
CONTENT = workbook(
    sheet_xml(ROWS, before=BEFORE, after=AFTER),
    sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>'),
    workbook_end='<calcPr calcId="1"/>',
    more={"xl/vbaProject.bin": b"macro" * 99, "xl/media/image1.png": b"\x89PNG" * 99},
)
WRITES = [
    Write(sheet="S1", row=1, column=2, value="Yes"),
    Write(sheet="S1", row=2, column=2, value=4),
    Write(sheet="S1", row=3, column=2, value=True),
    Write(sheet="S1", row=5, column=2, value="new"),
    Write(sheet="S1", row=1, column=5, value="Comment", added=True, header=True),
]


def test_an_honest_result_passes() -> None:
    _, fidelity = filling.fill(CONTENT, read(CONTENT, "x.xlsm"), WRITES)
    assert fidelity.holds
    assert (fidelity.cells_written, fidelity.parts - fidelity.parts_identical) == (5, 2)


def spoiled(monkeypatch: pytest.MonkeyPatch, spoil: Callable[[bytes], bytes]) -> str:
    """Fill with a hand that spoils the packed result, and return what the comparison says."""
    monkeypatch.setattr(filling, "replace", lambda package, changed: spoil(replace(package, changed)))
    with pytest.raises(FidelityBroken) as broken:
        filling.fill(CONTENT, read(CONTENT, "x.xlsm"), WRITES)
    return str(broken.value)


def within(part: str, old: str, new: str) -> Callable[[bytes], bytes]:
    def spoil(content: bytes) -> bytes:
        data = part_of(content, part)
        assert old.encode() in data, data
        return replace(open_package(content), {part: data.replace(old.encode(), new.encode(), 1)})

    return spoil


SPOILS: dict[str, tuple[str, str, str]] = {
    # name: what, what instead, what is said
    "a question": ("Question", "Answer", "A1 changed"),
    "a number": ("<v>7</v>", "<v>8</v>", "C1 changed"),
    "a quote": ('<c r="C1">', "<c r='C1'>", "C1 changed"),
    "a stored result": ("<v>14</v>", "<v></v>", "A2 changed"),
    "a formula": ("<f>C1*2</f>", "<f>C1*3</f>", "A2 changed"),
    "a formula that went": ("<f>C1*2</f>", "", "A2 changed"),
    "rich text": ("<rPr><b/></rPr>", "", "row 6 changed"),
    "a style of a cell": ('s="3"', 's="1"', "A1 changed"),
    "a cell that went": ('<c r="C1"><v>7</v></c>', "", "C1 changed"),
    "a cell that came": ('<c r="C1">', '<c r="C1"><v>7</v></c><c r="D1">', "D1 changed"),
    "an empty cell that came": ('<row r="6">', '<row r="6"><c r="Z6"/>', "row 6 changed"),
    "blanks between cells": ("</c>\n<c", "</c><c", "A1 changed"),
    "a comment": ("</row>\n", "</row>\n<!-- hello -->", "row 1 changed"),
    "a row that went": ('<row r="6"', '<row r="7"', "row 6 changed"),
    "a row's style": ('s="1" customFormat="1"', 's="2" customFormat="1"', "description of row 5 changed"),
    "a row's other attribute": (' x="1"', ' x="2"', "description of row 1 changed"),
    "a row that came": ('<row r="6">', '<row r="4"/><row r="6">', "row 4"),
    "a new row that says more": ('<row r="3">', '<row r="3" hidden="1">', "row 3"),
    "a height": ('<row r="5"', '<row r="5" ht="90"', "height of row 5"),
    "a span": ('spans="1:5"', 'spans="1:9"', "span of row 1"),
    "the style of an answer": ('<c r="B1" s="2"', '<c r="B1" s="3"', "style of B1"),
    "the style of a new answer": ('<c r="B5" s="1"', '<c r="B5" s="2"', "style of B5"),
    "the style of an added one": ('<c r="E1"', '<c r="E1" s="3"', "style of E1"),
    "an answer": ("<t>Yes</t>", "<t>yes</t>", "B1 does not give"),
    "the type of an answer": (' t="b"><v>1</v>', "><v>1</v>", "B3 does not give"),
    "a number as text": ("<v>4</v>", "<v>four</v>", "cannot be read"),
    "an answer as formula": (' t="inlineStr"><is><t>Yes</t></is>', "><f>1</f>", "another kind"),
    "an answer that is missing": ("<is><t>new</t></is>", "", "B5 does not give"),
    "an answered cell that went": ('<c r="B2" s="2"><v>4</v></c>', "", "B2 vanished"),
    "an answered cell out of order": ('<c r="B1" s="2" t="inlineStr"><is><t>Yes</t></is></c>', "", "B1 vanished"),
    "a merged range": ('ref="A8:C8"', 'ref="A8:D8"', "outside the rows"),
    "a validation": ('"a"', '"b"', "outside the rows"),
    "a conditional format": ('<conditionalFormatting sqref="A1"/>', "", "outside the rows"),
    "an extension": ("<extLst><ext/></extLst>", "", "outside the rows"),
    "views": ("<sheetViews/>", "", "outside the rows"),
    "the dimension": ('ref="A1:E6"', 'ref="A1:F6"', "dimension"),
    "a column's width": ('max="1" width="9"', 'max="1" width="8"', "columns"),
    "a column next to the added one": ('max="4"', 'max="3"', "columns"),
    "the table's tag": ("<sheetData>", '<sheetData x="1">', "outside the rows"),
}


@pytest.mark.parametrize("name", SPOILS)
def test_a_change_in_the_sheet_is_found(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    old, new, said = SPOILS[name]
    assert f"S1: {said}"[4:] in spoiled(monkeypatch, within(SHEET, old, new))


def test_rows_and_cells_out_of_order_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def move(cell: str, row: str) -> Callable[[bytes], bytes]:
        def spoil(content: bytes) -> bytes:
            data = part_of(content, SHEET).decode()
            start = data.index(cell)
            end = data.index("</c>" if cell.startswith("<c") else "</row>", start)
            end += 4 if cell.startswith("<c") else 6
            moved = data[start:end]
            data = data[:start] + data[end:]
            at = data.index(row)
            return replace(open_package(content), {SHEET: (data[:at] + moved + data[at:]).encode()})

        return spoil

    assert "the cells of row 1 are out of order" in spoiled(monkeypatch, move('<c r="E1"', '<c r="B1"'))
    assert "the rows are out of order" in spoiled(monkeypatch, move('<row r="3"', '<row r="1"'))
    assert "the rows are out of order" in spoiled(monkeypatch, move('<row r="5"', '<row r="1"'))


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("xl/workbook.xml", 'name="S2"', 'name="S3"'),
        ("xl/workbook.xml", 'calcId="1"', 'calcId="2"'),
        ("xl/workbook.xml", "<sheets>", "<definedNames/><sheets>"),
        ("xl/worksheets/sheet2.xml", "<v>1</v>", "<v>2</v>"),
        ("xl/styles.xml", 'numFmtId="14"', 'numFmtId="15"'),
        ("[Content_Types].xml", 'Extension="xml"', 'Extension="XML"'),
        ("xl/_rels/workbook.xml.rels", "rId99", "rId98"),
        ("xl/vbaProject.bin", "macro", "virus"),
        ("xl/media/image1.png", "PNG", "GIF"),
    ],
)
def test_a_change_in_another_part_is_found(part: str, old: str, new: str, monkeypatch: pytest.MonkeyPatch) -> None:
    said = spoiled(monkeypatch, within(part, old, new))
    assert part in said or "workbook part" in said


def _without(name: str) -> Callable[[bytes], bytes]:
    return lambda content: zipped({n: d for n, d in unzipped(content).items() if n != name})


def _with_more(content: bytes) -> bytes:
    return zipped(unzipped(content) | {"xl/new.xml": b"<a/>"})


def _reordered(content: bytes) -> bytes:
    return zipped(dict(reversed(unzipped(content).items())))


def _packed_anew(content: bytes) -> bytes:
    return zipped(unzipped(content), method=0)


def _directory_byte(offset: int) -> Callable[[bytes], bytes]:
    """Change a byte of the directory record of the first member."""

    def spoil(content: bytes) -> bytes:
        start = struct.unpack_from("<L", content, len(content) - 6)[0] + offset
        return content[:start] + bytes([content[start] ^ 1]) + content[start + 1 :]

    return spoil


def _with_comment(content: bytes) -> bytes:
    return content[:-2] + struct.pack("<H", 2) + b"hi"


@pytest.mark.parametrize(
    "spoil",
    [
        _without("xl/media/image1.png"),
        _with_more,
        _reordered,
        _packed_anew,
        _with_comment,
        _directory_byte(4),  # version that made it
        _directory_byte(12),  # time
        _directory_byte(14),  # date
        _directory_byte(36),  # internal attributes
        _directory_byte(38),  # external attributes
    ],
)
def test_a_change_of_the_archive_is_found(spoil: Callable[[bytes], bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    assert any(word in spoiled(monkeypatch, spoil) for word in ("archive", "parts of the file", "png changed"))


def test_every_flipped_byte_of_a_part_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """From the local header, behind its signature, to the last packed byte."""
    name = b"xl/styles.xml"
    for offset in (4, 6, 10, 12, 30, 43, 50, 57, 64):

        def flip(content: bytes, offset: int = offset) -> bytes:
            at = content.index(name) - 30 + offset
            return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]

        said = spoiled(monkeypatch, flip)
        assert "xl/styles.xml changed" in said or "xl/styles.xml cannot be unpacked" in said
