"""A plainly written sheet is searched and any other parsed; both find the same places."""

from __future__ import annotations

import pytest

from rfp.workbook.errors import Damaged
from rfp.workbook.xlsx.patch_find import NotPlainError, find
from rfp.workbook.xlsx.patch_places import SheetMap
from rfp.workbook.xlsx.patch_scan import parse, scan

MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
ROWS = (
    b'<row r="2" spans="1:3"><c r="A2" t="s"><v>0</v></c><c r="B2" s="3"/><c r="AA2"><f>A2&gt;1</f><v>1</v></c></row>\n'
    b'<row spans="1:3"/><row ht="12" r="7"><c r="C7" t="inlineStr"><is><t>a > b</t></is></c></row>'
)
HEAD = b'<dimension ref="A1:C7"/><cols><col min="1" max="2" width="9"/><col min="3" max="3" width="20"/></cols>'
ARRAY = b'<row r="9"><c r="A9"><f t="array" ref="A9:B10">SUM(1)</f><v>1</v></c></row>'


def sheet(rows: bytes = ROWS, *, head: bytes = HEAD, root: bytes = b"worksheet " + MAIN, start: bytes = b"") -> bytes:
    return b"%b<%b>%b<sheetData>%b</sheetData><pageMargins left='1'/></worksheet>" % (start, root, head, rows)


def shown(places: SheetMap) -> tuple[object, ...]:
    rows = {
        number: (row.tag, row.close, row.end, row.formulas, {c: places.cell(row, c) for c in row.cells})
        for number, row in places.rows.items()
    }
    return (
        places.root, places.sheet_data, places.dimension, places.columns, places.column_groups, places.row_starts,
        places.array_areas, places.utf8, rows,
    )  # fmt: skip


@pytest.mark.parametrize(
    "data",
    [
        sheet(),
        sheet(b""),
        sheet(head=b""),
        sheet(ROWS + ARRAY),
        sheet(start=b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'),
        b"<worksheet " + MAIN + b"><sheetData/></worksheet>",
    ],
)
def test_what_is_searched_lies_where_a_parser_finds_it(data: bytes) -> None:
    wanted = {2, 3, 7, 9}

    assert shown(find(data, "sheet", wanted, rows_checked=False)) == shown(parse(data, "sheet", wanted))


@pytest.mark.parametrize(
    "data",
    [
        sheet(b"<!-- <row r='1'> -->" + ROWS),
        sheet(b'<row r="1"><c r="A1" t="inlineStr"><is><t><![CDATA[<row r="5">]]></t></is></c></row>'),
        sheet(ROWS + b"<?note <row?>"),
        sheet(b'<x:row xmlns:x="urn:x" r="1"/>' + ROWS),
        sheet(b'<row xmlns="urn:other" r="1"/>' + ROWS),
        sheet(b'<row r="2"><c s="1" r="A2"/></row>'),
        sheet(b'<row r="2"><c/></row>'),
        sheet(start=b'<?xml version="1.0" encoding="ISO-8859-1"?>'),
        sheet(root=b'worksheet xmlns:x="urn:x"'),
    ],
)
def test_what_searching_could_misread_is_parsed(data: bytes) -> None:
    with pytest.raises(NotPlainError):
        find(data, "sheet", {1, 2}, rows_checked=False)

    assert shown(scan(data, "sheet", {1, 2})) == shown(parse(data, "sheet", {1, 2}))


@pytest.mark.parametrize(
    "rows", [b'<row r="2">', b'<row r="2"><c r="A2"></row>', b'<row r="2" r="3"/>', b"<row r='2/>"]
)
def test_a_broken_sheet_is_refused(rows: bytes) -> None:
    with pytest.raises(Damaged):
        scan(sheet(rows), "sheet", {2})


@pytest.mark.parametrize("head", [b"<cols>", b'<dimension ref="A1" ref="B2"/>'])
def test_what_stands_around_checked_rows_is_parsed_all_the_same(head: bytes) -> None:
    with pytest.raises((Damaged, NotPlainError)):
        find(sheet(head=head), "sheet", {2}, rows_checked=True)
