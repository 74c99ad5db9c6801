"""Tables of Word documents as sheets."""

from __future__ import annotations

import io
import time

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from rfp.workbook.docx import markup, numbering
from rfp.workbook.errors import Damaged, NoQuestions, TooLarge, Unsafe
from rfp.workbook.model import Area, FileFormat, Option
from rfp.workbook.reader import read
from tests.workbook.docx_parts import (
    built,
    check_box,
    dropdown,
    form,
    part,
    text_control,
    text_field,
    with_part,
)


def test_a_table_is_a_sheet_named_after_its_number_and_heading() -> None:
    book = read(form([["Question", "Answer"], ["Do you encrypt?", ""]], heading="Access control"), "f.docx")
    assert book.format is FileFormat.DOCX
    (sheet,) = book.sheets
    assert sheet.name == "Table 1 (Access control)"
    assert sheet.text(2, 1) == "Do you encrypt?"
    assert sheet.cell(2, 2) is not None
    assert sheet.value(2, 2) is None


def _headings(document: Document) -> None:
    document.add_table(1, 1)
    document.add_heading("2. Logging: what, when and for how long it is kept, by whom, and where", 2)
    document.add_table(1, 1)
    document.add_paragraph("Just words before it.")
    document.add_table(1, 1)
    document.add_paragraph().add_run("Backups").bold = True
    document.add_table(1, 1)
    document.add_paragraph("Table 5: Patching", style="Caption")
    document.add_table(1, 1)


def test_headings_of_any_kind_name_the_tables_after_them() -> None:
    names = [sheet.name for sheet in read(built(_headings), "f.docx").sheets]
    long = "2. Logging: what, when and for how long it is kept, by whom…"
    assert names == ["Table 1", f"Table 2 ({long})", f"Table 3 ({long})", "Table 4 (Backups)", "Table 5 (Patching)"]


def _merges(document: Document) -> None:
    table = document.add_table(4, 4, style="Table Grid")
    for number, cell in enumerate(table._cells):
        cell.text = str(number)
    table.cell(0, 0).merge(table.cell(0, 3)).text = "Section"
    table.cell(1, 0).merge(table.cell(3, 0)).text = "Down"
    table.cell(1, 1).merge(table.cell(2, 2)).text = "Block"


def test_merged_cells_keep_the_grid() -> None:
    (sheet,) = read(built(_merges), "f.docx").sheets
    assert set(sheet.merged) == {Area(1, 1, 1, 4), Area(2, 1, 4, 1), Area(2, 2, 3, 3)}
    assert (sheet.text(1, 1), sheet.text(2, 1), sheet.text(2, 2), sheet.text(2, 4), sheet.text(4, 4)) == (
        "Section",
        "Down",
        "Block",
        "7",
        "15",
    )
    assert sheet.value(3, 1) is None


def _in_parts(document: Document) -> None:
    for number in (1, 2):
        table = document.add_table(1, 2)
        table.cell(0, 0).text = f"Question {number}"
    document.add_table(1, 3)
    document.add_paragraph("Between.")
    document.add_table(1, 3)


def test_tables_with_nothing_between_them_are_one_when_their_columns_are_the_same() -> None:
    sheets = read(built(_in_parts), "f.docx").sheets
    assert [(sheet.name, len(sheet.rows)) for sheet in sheets] == [("Table 1", 2), ("Table 2", 1), ("Table 3", 1)]
    assert [sheets[0].text(row, 1) for row in (1, 2)] == ["Question 1", "Question 2"]


def _nested(document: Document) -> None:
    outer = document.add_table(1, 2)
    outer.cell(0, 0).text = "outside"
    inner = outer.cell(0, 1).add_table(1, 1)
    inner.cell(0, 0).text = "inside"


def test_a_table_inside_a_table_is_a_sheet_of_its_own() -> None:
    outer, inner = read(built(_nested), "f.docx").sheets
    assert (outer.text(1, 1), outer.text(1, 2), inner.text(1, 1)) == ("outside", "", "inside")


def test_a_dropdown_is_a_list_without_its_request() -> None:
    content = form([["Q", "A"], ["Is it?", dropdown("Yes", "No", "N/A")], ["And?", dropdown("Yes", "No", "N/A")]])
    (sheet,) = read(content, "f.docx").sheets
    (rule,) = sheet.validations
    assert rule.kind == "list"
    assert rule.areas == (Area(2, 2, 2, 2), Area(3, 2, 3, 2))
    assert rule.options == (Option("Yes", "Yes"), Option("No", "No"), Option("N/A", "N/A"))
    assert sheet.text(2, 2) == "Choose an item."


def boxes(*labels: str, ticked: str = "") -> str:
    return "<w:p>" + "".join(check_box(label, ticked=label == ticked) for label in labels) + "</w:p>"


SYMBOLS = (
    '<w:p><w:r><w:sym w:font="Wingdings" w:char="F0A8"/><w:t xml:space="preserve"> Yes </w:t>'
    '<w:sym w:font="Wingdings" w:char="F0FE"/><w:t xml:space="preserve"> No</w:t></w:r></w:p>'
)


@pytest.mark.parametrize(
    ("cell", "options", "said"),
    [
        (boxes("Yes", "No", "N/A"), ["Yes", "No", "N/A"], ""),
        (boxes("Yes", "No", ticked="No"), ["Yes", "No"], "No"),
        ("<w:p><w:r><w:t>☐ Yes   ☐ No, not yet</w:t></w:r></w:p>", ["Yes", "No, not yet"], ""),
        ("<w:p><w:r><w:t>Yes □</w:t><w:tab/><w:t>No ■</w:t></w:r></w:p>", ["Yes", "No"], "No"),
        (SYMBOLS, ["Yes", "No"], "No"),
        ("<w:p><w:r><w:t>Tick all: ☐ a ☐ b</w:t></w:r></w:p>", [], "Tick all: ☐ a ☐ b"),
        ("<w:p><w:r><w:t>☐ a ☐ a</w:t></w:r></w:p>", [], "☐ a ☐ a"),
        ("<w:p>" + check_box() + "</w:p>", [], "☐"),
        ("<w:p>" + check_box("Yes", ticked=True) + "</w:p>", [], "☒ Yes"),
    ],
)
def test_boxes_with_labels_are_options(cell: str, options: list[str], said: str) -> None:
    (sheet,) = read(form([["Is it?", cell]]), "f.docx").sheets
    assert [option.label for rule in sheet.validations for option in rule.options or ()] == options
    assert sheet.text(1, 2) == said


RICH = (
    '<w:p><w:r><w:t>one</w:t><w:tab/><w:t>two</w:t><w:br/><w:t>three</w:t></w:r><w:del w:id="1" w:author="a">'
    '<w:r><w:delText>gone</w:delText></w:r></w:del><w:ins w:id="2" w:author="a"><w:r><w:t> new</w:t></w:r></w:ins>'
    "</w:p>"
    "<w:p><w:r><w:t>non</w:t><w:noBreakHyphen/><w:t>stop</w:t></w:r></w:p>"
)


def test_text_is_what_the_document_shows() -> None:
    (sheet,) = read(form([["Q", RICH]]), "f.docx").sheets
    assert sheet.text(1, 2) == "one\ttwo\nthree new\nnon-stop"


def counted(level: int, text: str = "") -> str:
    number = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>'
    return f"<w:p><w:pPr>{number}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


NUMBERING = (
    '<w:abstractNum w:abstractNumId="700"><w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerRoman"/>'
    '<w:lvlText w:val="%1.%2"/></w:lvl><w:lvl w:ilvl="2"><w:numFmt w:val="bullet"/><w:lvlText w:val="x"/></w:lvl>'
    '</w:abstractNum><w:num w:numId="77"><w:abstractNumId w:val="700"/></w:num>'
)


def test_numbers_that_word_counts_are_read_where_a_cell_shows_nothing_else() -> None:
    rows = [[counted(0), "Is it?"], [counted(1), "And?"], [counted(1), counted(0, "Why?")], [counted(2), ""]]
    content = form([*rows, [counted(1), ""]])
    lists = part(content, "word/numbering.xml")
    at = lists.index(b">", lists.index(b"<w:numbering")) + 1
    content = with_part(content, lists[:at] + NUMBERING.encode() + lists[at:], "word/numbering.xml")
    (sheet,) = read(content, "f.docx").sheets
    assert [sheet.text(row, 1) for row in range(1, 6)] == ["3.", "3.i", "3.ii", "", "4.i"]
    assert sheet.text(3, 2) == "Why?"


@pytest.mark.parametrize(
    ("value", "kind", "spelled"),
    [
        (4, "decimal", "4"),
        (4, "decimalZero", "04"),
        (28, "upperLetter", "BB"),
        (3, "lowerLetter", "c"),
        (1994, "upperRoman", "MCMXCIV"),
        (0, "lowerRoman", "0"),
        (9_999, "lowerLetter", "9999"),
    ],
)
def test_numbers_are_spelled_as_word_does(value: int, kind: str, spelled: str) -> None:
    assert numbering._spelled(value, kind) == spelled


def _looks(document: Document) -> None:
    table = document.add_table(2, 2, style="Table Grid")
    table.cell(0, 0).paragraphs[0].add_run("Head").bold = True
    shade = parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:fill="D9E2F3"/>')
    table.cell(0, 0)._tc.get_or_add_tcPr().append(shade)
    table.cell(1, 0).text = "plain"
    table.rows[1]._tr.get_or_add_trPr().append(parse_xml(f"<w:hidden {nsdecls('w')}/>"))


def test_looks_and_hidden_rows_are_known() -> None:
    book = read(built(_looks), "f.docx")
    (sheet,) = book.sheets
    head, plain = book.style_at(sheet, 1, 1), book.style_at(sheet, 2, 1)
    assert (head.bold, head.fill, head.border) == (True, "D9E2F3", True)
    assert (plain.bold, plain.fill, plain.border) == (False, "", True)
    assert sheet.hidden_rows == {2}
    assert not book.is_locked(sheet, 1, 1)


def test_protection_leaves_only_the_fields_open() -> None:
    content = form([["Q", text_field(), text_control(), dropdown("Yes", "No")]])
    settings = part(content, "word/settings.xml")
    guard = b'<w:documentProtection w:edit="forms" w:enforcement="1"/>'
    at = settings.index(b">", settings.index(b"<w:settings")) + 1
    book = read(with_part(content, settings[:at] + guard + settings[at:], "word/settings.xml"), "f.docx")
    (sheet,) = book.sheets
    assert [book.is_locked(sheet, 1, column) for column in (1, 2, 3, 4)] == [True, False, False, False]
    assert "protected" in book.notes[0]


def test_a_locked_control_and_an_old_choice_field_are_locked() -> None:
    locked = dropdown("Yes", "No").replace("<w:sdtPr>", '<w:sdtPr><w:lock w:val="sdtContentLocked"/>')
    old = '<w:p><w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox/></w:ffData></w:fldChar></w:r></w:p>'
    book = read(form([["Q", locked, old]]), "f.docx")
    assert [book.is_locked(book.sheets[0], 1, column) for column in (1, 2, 3)] == [False, True, True]


def test_a_document_without_tables_says_so() -> None:
    with pytest.raises(NoQuestions, match="no table"):
        read(built(lambda document: document.add_paragraph("1. Do you encrypt?")), "f.docx")


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        (b"<a>" * 300 + b"</a>" * 300, Unsafe),
        (b"<a/>" * 500, TooLarge),
        (b"<a>", Damaged),
    ],
)
def test_markup_built_to_harm_is_refused(
    body: bytes, refusal: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(markup, "MOST", 400)
    with pytest.raises(refusal):
        markup.parse(b"<r>" + body + b"</r>", "word/document.xml")


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ROW = b"<w:tbl><w:tr><w:tc>"


@pytest.mark.parametrize(
    "body",
    [
        ROW * 80 + b"<w:p/>" * 10_000 + b"</w:tc></w:tr></w:tbl>" * 80,
        (ROW + b"</w:tc></w:tr></w:tbl>") * 5_000,
        ROW + b"<w:sdt><w:sdtPr/><w:sdtContent>" * 100 + b"</w:sdtContent></w:sdt>" * 100 + b"</w:tc></w:tr></w:tbl>",
    ],
    ids=["tables in tables", "tables after tables", "controls in controls"],
)
def test_markup_built_to_be_slow_is_not(body: bytes) -> None:
    began = time.perf_counter()
    read(with_part(form([["Q"]]), f"<w:document {W}><w:body>".encode() + body + b"</w:body></w:document>"), "f.docx")
    assert time.perf_counter() - began < 10


@pytest.mark.parametrize("letter", ["x", "☐"])
def test_a_cell_of_endless_text_is_refused(letter: str) -> None:
    long = part(form([["Q"]])).replace(b"<w:t>Q", b"<w:t>" + letter.encode() * 500_000)
    with pytest.raises(TooLarge, match="500,000 characters"):
        read(with_part(form([["Q"]]), long), "f.docx")


def test_wide_and_odd_spans_end_in_a_limit() -> None:
    content = form([["Q", "A"]])
    wide = part(content).replace(b"<w:tcPr>", b'<w:tcPr><w:gridSpan w:val="300"/>', 1)
    with pytest.raises(TooLarge):
        read(with_part(content, wide), "f.docx")
    odd = part(content).replace(b"<w:tcPr>", b'<w:tcPr><w:gridSpan w:val="-7x"/><w:vMerge/>', 1)
    assert read(with_part(content, odd), "f.docx").sheets[0].text(1, 1) == "Q"


def test_the_oracle_agrees_on_every_cell() -> None:
    content = built(_merges)
    (sheet,) = read(content, "f.docx").sheets
    table = docx.Document(io.BytesIO(content)).tables[0]
    for row, line in enumerate(table.rows, start=1):
        for column, cell in enumerate(line.cells, start=1):
            head = next((a for a in sheet.merged if a.__contains__((row, column))), Area(row, column, row, column))
            assert sheet.text(head.top, head.left) == cell.text
