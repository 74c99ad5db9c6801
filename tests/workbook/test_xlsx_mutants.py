"""Damaged workbooks: whatever is wrong with a part, reading and filling succeed or refuse with a reason."""

from __future__ import annotations

import io
import os
import random
import re
from functools import cache

import pytest
import xlsxwriter

from rfp.workbook.errors import FidelityBroken, WorkbookRefused
from rfp.workbook.model import Write
from rfp.workbook.reader import read
from rfp.workbook.writer import fill
from tests.workbook.xlsx_files import sheet_xml, unzipped, workbook, zipped

SEEDS = range(int(os.environ.get("MUTANTS", "200")))
TOKENS = [
    b'"',
    b"<",
    b">",
    b"/",
    b"&",
    b"-1",
    b"",
    b" r=",
    b" t=",
    b"<c/>",
    b"<row/>",
    b"xmlns=",
    b"\xff",
    b"<v>",
    b"<f>",
]
VALUES = [b"", b"0", b"-1", b"abc", b"9" * 20, b"A1:B2", b"1.5", b"XFE1", b"A0", b"nan", b"1"]


@cache
def original() -> dict[str, bytes]:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet, lists = book.add_worksheet("S"), book.add_worksheet("Lists")
    dated = book.add_format({"bold": True, "num_format": "yyyy-mm-dd", "locked": False})
    for row in range(12):
        sheet.write_row(row, 0, [f"Question {row}?", "", row * 1.5])
        sheet.write_blank(row, 1, None, dated)
        lists.write(row, 0, f"Option {row}")
    sheet.write_formula(2, 4, "=C1*2", None, 3)
    sheet.write_array_formula("F1:F3", "{=A1:A3}")
    sheet.merge_range("A20:C21", "Section")
    sheet.data_validation("B2:B5", {"validate": "list", "source": "=Lists!$A$1:$A$3"})
    sheet.set_column("B:D", 20)
    sheet.set_row(3, 20, dated)
    sheet.write_comment("A1", "Say yes")
    book.define_name("Scale", "=Lists!$A$1:$A$4")
    book.close()
    return unzipped(out.getvalue())


def mutant(seed: int) -> bytes:
    """Return the workbook with up to four changes in one of its parts."""
    choose = random.Random(seed)
    members = dict(original())
    name = choose.choice(sorted(name for name in members if name.endswith((".xml", ".rels"))))
    data = bytearray(members[name])
    for _ in range(choose.randint(1, 4)):
        at = choose.randrange(len(data))
        match choose.randrange(4):
            case 0:
                data[at] = choose.randrange(256)
            case 1:
                data[at : at + choose.randint(0, 6)] = choose.choice(TOKENS)
            case 2:
                data[at : at + choose.randint(1, 60)] = b""
            case _:
                if places := list(re.finditer(rb'"([^"]*)"', bytes(data))):
                    data[slice(*choose.choice(places).span(1))] = choose.choice(VALUES)
    return zipped(members | {name: bytes(data)})


@pytest.mark.parametrize("seeds", [SEEDS[start::4] for start in range(4)], ids=str)
def test_a_mutant_is_filled_faithfully_or_refused_with_a_reason(seeds: range) -> None:
    outcomes = set()
    for seed in seeds:
        content = mutant(seed)
        try:
            book = read(content, "x.xlsx")
            if book.sheets:
                places = ((1, 2), (3, 7), (8, 2), (30, 1))
                writes = [
                    Write(sheet=book.sheets[0].name, row=row, column=column, value="=x") for row, column in places
                ]
                assert fill(content, book, writes).fidelity.holds
            outcomes.add("filled")
        except FidelityBroken as broken:
            # The second parser may be stricter than the first; any other word of it would be the patcher's mistake.
            if "cannot be read" not in str(broken):
                pytest.fail(f"mutant {seed}: {broken}")
        except WorkbookRefused as refusal:
            assert str(refusal)
            outcomes.add("refused")
    assert outcomes == {"filled", "refused"}


@pytest.mark.parametrize(
    "content",
    [
        workbook(sheet_xml("", before='<cols><col width="9"/><col min="x"/></cols>')),
        zipped(
            unzipped(workbook(sheet_xml("")))
            | {"xl/styles.xml": b'<styleSheet><cellXfs><xf numFmtId="x"/></cellXfs></styleSheet>'}
        ),
        workbook(sheet_xml('<row r="1"><c r="A1" s="2.5"/></row>')),
    ],
    ids=["columns", "styles", "cells"],
)
def test_a_number_that_is_none_is_refused(content: bytes) -> None:
    with pytest.raises(WorkbookRefused, match="a number in its part"):
        read(content, "x.xlsx")


def test_a_column_group_without_a_range_is_kept() -> None:
    content = workbook(sheet_xml("", before='<cols><col width="9"/></cols>'))
    write = Write(sheet="S1", row=1, column=2, value="x", added=True)
    assert fill(content, read(content, "x.xlsx"), [write]).fidelity.holds
