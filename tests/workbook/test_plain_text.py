"""Texts of cells go on into databases, JSON, XML and other workbooks: whatever stood in the file, these take them."""

from __future__ import annotations

import io
import json
import sqlite3
from collections.abc import Callable
from html import escape

import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree

from rfp.workbook.plain_text import clean
from rfp.workbook.reader import read
from tests.workbook.xlsx_files import MAIN, OFFICE, sheet_xml, unzipped, workbook, zipped

ANY = st.text(st.characters(exclude_categories=()), max_size=20)  # lone surrogates and control characters, too


def escaped(text: str) -> str:
    """Return a text with every character that is not plain in the escapes of a workbook, halves of characters apart."""
    units = text.encode("utf-16-be", "surrogatepass")
    codes = [int.from_bytes(units[at : at + 2]) for at in range(0, len(units), 2)]
    return "".join(chr(c) if 32 <= c < 127 and chr(c) != "_" else f"_x{c:04X}_" for c in codes)


def as_shared(text: str) -> bytes:
    shared = f'<sst xmlns="{MAIN}"><si><t xml:space="preserve">{text}</t></si></sst>'
    content = workbook(
        sheet_xml('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'), more={"xl/sharedStrings.xml": shared.encode()}
    )
    return _related(content)


def _related(content: bytes) -> bytes:
    parts = unzipped(content)
    more = f'<Relationship Id="rId98" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    name = "xl/_rels/workbook.xml.rels"
    parts[name] = parts[name].replace(b"</Relationships>", more.encode())
    return zipped(parts)


def as_inline(text: str) -> bytes:
    cell = f'<c r="A1" t="inlineStr"><is><r><t xml:space="preserve">{text}</t></r><r><t>.</t></r></is></c>'
    return workbook(sheet_xml(f'<row r="1">{cell}</row>'))


def as_result(text: str) -> bytes:
    return workbook(sheet_xml(f'<row r="1"><c r="A1" t="str"><f>B1</f><v>{text}</v></c></row>'))


def survives(text: str) -> bool:
    """Tell whether JSON, SQLite, openpyxl and lxml take a text and give it back."""
    book = openpyxl.Workbook()
    book.create_sheet()["A1"] = f"'{text}"  # neither a formula nor empty
    out = io.BytesIO()
    book.save(out)
    stored = sqlite3.connect(":memory:").execute("select ?", (text,)).fetchone()[0]
    element = etree.Element("a")
    element.text = text
    said = etree.fromstring(etree.tostring(element)).text or ""
    spoken = json.loads(json.dumps(text, ensure_ascii=False).encode())
    return stored == said == spoken == text and len(out.getvalue()) > 0


@given(ANY)
@example("a\x00b\x01c\ud800d\udc00e\uffff\ufffe\x7f\x85\x9f")
def test_a_clean_text_survives_everywhere(text: str) -> None:
    assert survives(clean(text))
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize("make", [as_shared, as_inline, as_result])
@given(text=ANY)
@example(text="a\x00b\x01c\ud800d\udc00e\uffff\ufffe\U0001f600_x0041_")
def test_any_text_of_a_workbook_is_read_clean(make: Callable[[str], bytes], text: str) -> None:
    value = read(make(escape(escaped(text))), "x.xlsx").sheets[0].value(1, 1)
    assert value in (None, "", clean(text), f"{clean(text)}.")
    assert survives(str(value or ""))


def test_what_is_dropped_and_what_is_kept() -> None:
    assert clean("a\tb\r\nc\rd\x85e\u2028f") == "a\tb\nc\nd\ne\nf"
    assert clean("a\x00b\x1fc\x7fd\x9be\uffff") == "abcde"
    assert clean("\ud83d\ude00 \ud83d \ude00") == "\U0001f600 \ufffd \ufffd"
    assert clean("naïve 日本 \U0001f600 \xa0") == "naïve 日本 \U0001f600 \xa0"


def test_a_run_that_spells_an_escape_is_resolved_once() -> None:
    assert read(as_inline("_x005F_x0041_"), "x.xlsx").sheets[0].value(1, 1) == "_x0041_."
    assert read(as_shared("_xD800__x0000__x0001_a_xFFFF_"), "x.xlsx").sheets[0].value(1, 1) == "\ufffda"


def test_control_characters_of_a_text_file_are_dropped() -> None:
    content = "ID,Question,Answer\n" + "".join(f"{n},Do you encrypt backups number {n}?,\n" for n in range(9))
    book = read(content.replace("backups number 3", "back\x01ups number 3").encode(), "x.csv")
    assert book.sheets[0].value(5, 2) == "Do you encrypt backups number 3?"
