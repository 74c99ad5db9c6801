"""Filling: exactly the bytes of the answered cells change, in every way a sheet may be written."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest
import xlsxwriter

from rfp.workbook.errors import WriteRefused
from rfp.workbook.model import Write
from rfp.workbook.reader import read
from rfp.workbook.writer import fill
from tests.workbook.xlsx_files import MAIN, part_of, sheet_xml, unzipped, workbook


def write(row: int, column: int, value: str | int | float | bool | None = "A", **more: bool) -> Write:
    return Write(sheet="S1", row=row, column=column, value=value, **more)


def filled(content: bytes, *writes: Write) -> bytes:
    return fill(content, read(content, "x.xlsx"), writes).content


A = b' t="inlineStr"><is><t>A</t></is></c>'

SHEETS: list[tuple[str, bytes, bytes]] = [
    (
        "an empty cell keeps its style",
        sheet_xml('<row r="1"><c r="A1" s="3"/><c r="B1" s="2"/></row>'),
        sheet_xml('<row r="1"><c r="A1" s="3"/><c r="B1" s="2"@</row>'),
    ),
    (
        "an old value goes with its type",
        sheet_xml('<row r="1"><c r="B1" s="2" t="str" vm="1"><v>old</v></c><c r="C1"/></row>'),
        sheet_xml('<row r="1"><c r="B1" s="2"@<c r="C1"/></row>'),
    ),
    (
        "attributes in single quotes, and blanks in tags",
        sheet_xml("<row r='1' ><c  r = 'B1'  s='2' ></c ></row >"),
        sheet_xml("<row r='1' ><c  r = 'B1'  s='2'@</row >"),
    ),
    (
        "rows and cells without addresses",
        sheet_xml("<row><c s='3'/><c s='2'/><c/></row>"),
        sheet_xml("<row><c s='3'/><c s='2'@<c/></row>"),
    ),
    (
        "an empty row is opened",
        sheet_xml('<row r="1" s="3" customFormat="1"/><row r="2"/>'),
        sheet_xml('<row r="1" s="3" customFormat="1"><c r="B1" s="3"@</row><row r="2"/>'),
    ),
    (
        "a row that is missing comes in its place",
        sheet_xml('<row r="2"><c r="A2"/></row>'),
        sheet_xml('<row r="1"><c r="B1"@</row><row r="2"><c r="A2"/></row>'),
    ),
    (
        "an empty table is opened",
        sheet_xml("").replace(b"<sheetData></sheetData>", b"<sheetData/>"),
        sheet_xml('<row r="1"><c r="B1"@</row>'),
    ),
    (
        "a cell comes before the first one",
        sheet_xml('<row r="1">\n  <c r="C1"/>\n</row>'),
        sheet_xml('<row r="1">\n  <c r="B1"@<c r="C1"/>\n</row>'),
    ),
    (
        "a cell comes after the last one",
        sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>'),
        sheet_xml('<row r="1"><c r="A1"><v>1</v></c><c r="B1"@</row>'),
    ),
    (
        "text that looks like cells",
        sheet_xml(
            '<!-- <row r="1"><c r="B1"/></row> --><row r="1"><c r="A1" t="inlineStr"><is><t>'
            '<![CDATA[<c r="B1"/></row>]]></t></is></c><c r="B1" s="2"/><!-- <c r="B1"> --></row>'
        ),
        sheet_xml(
            '<!-- <row r="1"><c r="B1"/></row> --><row r="1"><c r="A1" t="inlineStr"><is><t>'
            '<![CDATA[<c r="B1"/></row>]]></t></is></c><c r="B1" s="2"@<!-- <c r="B1"> --></row>'
        ),
    ),
    (
        "letters of several bytes and a byte order mark",
        b"\xef\xbb\xbf" + sheet_xml('<row r="1"><c r="A1" t="str"><v>Zürich 東京 🔒</v></c><c r="B1"/></row>'),
        b"\xef\xbb\xbf" + sheet_xml('<row r="1"><c r="A1" t="str"><v>Zürich 東京 🔒</v></c><c r="B1"@</row>'),
    ),
    (
        "attributes of extensions",
        sheet_xml(
            '<row r="1" spans="1:3" x14ac:dyDescent="0.25"><c r="B1" s="2" x14ac:note="a&gt;b/>"/></row>',
            root=' xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac"',
        ),
        sheet_xml(
            '<row r="1" spans="1:3" x14ac:dyDescent="0.25"><c r="B1" s="2" x14ac:note="a&gt;b/>"@</row>',
            root=' xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac"',
        ),
    ),
]


@pytest.mark.parametrize(("before", "after"), [pair[1:] for pair in SHEETS], ids=[name for name, _, _ in SHEETS])
def test_only_the_bytes_of_the_answered_cell_change(before: bytes, after: bytes) -> None:
    content = workbook(before)
    result = filled(content, write(1, 2))
    assert part_of(result) == after.replace(b"@", A)
    assert read(result, "x.xlsx").sheets[0].value(1, 2) == "A"
    assert {n: d for n, d in unzipped(result).items() if "sheet1" not in n} == {
        n: d for n, d in unzipped(content).items() if "sheet1" not in n
    }


def test_a_prefix_is_kept() -> None:
    before = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1"><x:c r="A1"/></x:row></x:sheetData></x:worksheet>'
    ).encode()
    after = part_of(filled(workbook(before), write(1, 1), write(1, 2, 4.5), write(3, 1, True)))
    assert after == before.replace(
        b'<x:c r="A1"/></x:row>',
        b'<x:c r="A1" t="inlineStr"><x:is><x:t>A</x:t></x:is></x:c><x:c r="B1"><x:v>4.5</x:v></x:c></x:row>'
        b'<x:row r="3"><x:c r="A3" t="b"><x:v>1</x:v></x:c></x:row>',
    )


@pytest.mark.parametrize(
    "rows",
    [
        f'<y:row xmlns:y="{MAIN}" r="1"><y:c r="A1"/></y:row><row r="2"><c r="A2"/></row>',
        f'<row r="1"><y:c xmlns:y="{MAIN}" r="A1"/></row><row r="2"><c r="A2"/></row>',
        f'<row r="2"><c r="A2"/></row><y:row xmlns:y="{MAIN}" r="3"><y:c r="A3"/></y:row>',
    ],
)
def test_rows_and_cells_under_a_prefix_of_their_own_are_found(rows: str) -> None:
    result = filled(workbook(sheet_xml(rows)), write(1, 1), write(2, 1, "B"), write(3, 1, "C"))
    assert [read(result, "x.xlsx").sheets[0].value(row, 1) for row in (1, 2, 3)] == ["A", "B", "C"]
    assert part_of(result).count(b'r="A1"') == part_of(result).count(b'r="A3"') == 1


def test_a_root_with_a_prefix_may_hold_a_table_without_one() -> None:
    table = '<sheetData><row r="1"><c r="A1"/></row></sheetData>'
    before = f'<x:worksheet xmlns:x="{MAIN}" xmlns="{MAIN}">{table}</x:worksheet>'
    result = filled(workbook(before.encode()), write(1, 1), write(2, 1))
    assert [read(result, "x.xlsx").sheets[0].value(row, 1) for row in (1, 2)] == ["A", "A"]
    assert part_of(result).count(b'r="A1"') == 1


@pytest.mark.parametrize("place", [(1, 1), (3, 2), (9, 1)])
def test_the_end_of_the_table_is_found_whatever_looks_like_it(place: tuple[int, int]) -> None:
    rows = (
        '<row r="1"><c r="A1"/></row><row r="3"><c r="A3" t="str"><v><![CDATA[</sheetData>]]></v></c></row>'
        "<!-- </sheetData> -->"
    )
    before = sheet_xml(rows, after="<!-- </sheetData> --><pageMargins/><!-- </sheetData> -->")
    after = part_of(filled(workbook(before), write(*place)))
    assert after.replace(b' t="inlineStr"><is><t>A</t></is></c>', b"/>").count(b"</sheetData>") == 5
    assert after.endswith(b"<!-- </sheetData> --><pageMargins/><!-- </sheetData> --></worksheet>")
    assert read(filled(workbook(before), write(*place)), "x.xlsx").sheets[0].value(*place) == "A"


def test_a_part_in_another_encoding_takes_every_letter() -> None:
    before = b'<?xml version="1.0" encoding="ISO-8859-1"?>' + sheet_xml('<row r="1"><c r="A1"/></row>').replace(
        b'<c r="A1"/>', b'<c r="A1" t="str"><v>Z\xfcrich</v></c><c r="B1"/>'
    )
    sheet = read(filled(workbook(before), write(1, 2, "東京 ü")), "x.xlsx").sheets[0]
    assert (sheet.value(1, 1), sheet.value(1, 2)) == ("Zürich", "東京 ü")


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@x", "\tx", " x ", "a\nb", "<c r='B1'/>&amp;", "🔒" * 9, "]]>", ""],
)
def test_text_stays_the_text_it_is(text: str) -> None:
    result = filled(workbook(sheet_xml("")), write(1, 1, text))
    cell = openpyxl.load_workbook(io.BytesIO(result)).worksheets[0].cell(1, 1)
    assert (cell.value or "", cell.data_type) == (text, "s") if text else cell.value in (None, "")
    assert b"<f" not in part_of(result)


def test_text_that_looks_like_an_escape_is_escaped() -> None:
    result = filled(workbook(sheet_xml("")), write(1, 1, "_x0041_ and _x00e4_"))
    assert b"<t>_x005F_x0041_ and _x005F_x00e4_</t>" in part_of(result)
    assert read(result, "x.xlsx").sheets[0].value(1, 1) == "_x0041_ and _x00e4_"


def test_line_breaks_are_made_alike_and_control_characters_dropped() -> None:
    result = filled(workbook(sheet_xml("")), write(1, 1, "a\r\nb\rc\x00\x0b\ud800\uffff"))
    assert read(result, "x.xlsx").sheets[0].value(1, 1) == "a\nb\nc\ufffd"


@pytest.mark.parametrize("value", [3, -2.5, 1e22, 0.1, True, False, 10**15])
def test_numbers_and_booleans_are_typed(value: float) -> None:
    result = filled(workbook(sheet_xml("")), write(1, 1, value))
    found = openpyxl.load_workbook(io.BytesIO(result)).worksheets[0].cell(1, 1).value
    assert (found, type(found) is bool) == (value, type(value) is bool)


def test_none_clears_the_value_and_keeps_the_style() -> None:
    content = workbook(sheet_xml('<row r="1"><c r="A1" s="2" t="str"><v>x</v></c><c r="B1" s="3"></c></row>'))
    result = filled(content, write(1, 1, None), write(1, 2, None), write(1, 3, None), write(9, 9, None))
    assert part_of(result) == sheet_xml('<row r="1"><c r="A1" s="2"/><c r="B1" s="3"></c></row>')


@pytest.mark.parametrize(
    ("properties", "style", "text", "value"),
    [
        ("", 1, "2026-06-08", 46181),
        ("", 1, "2026-06-08T12:00:00", 46181.5),
        ('<workbookPr date1904="1"/>', 1, "2026-06-08", 44719),
        ("", 0, "2026-06-08", "2026-06-08"),
        ("", 1, "by June", "by June"),
        ("", 1, "1900-02-28", 59),
        ("", 1, "1900-03-01", 61),
        ("", 1, "1850-01-01", "1850-01-01"),
    ],
)
def test_a_date_becomes_a_serial_number_where_the_cell_shows_dates(
    properties: str, style: int, text: str, value: object
) -> None:
    content = workbook(sheet_xml(f'<row r="1"><c r="A1" s="{style}"/></row>'), properties=properties)
    result = filled(content, write(1, 1, text, date=True))
    assert read(result, "x.xlsx").sheets[0].value(1, 1) == value
    assert f's="{style}"'.encode() in part_of(result)


def test_a_new_cell_takes_the_style_of_its_row_or_else_of_its_column() -> None:
    content = workbook(
        sheet_xml(
            '<row r="1" s="3" customFormat="1"><c r="A1"/></row>',
            before='<cols><col min="2" max="3" style="2"/></cols>',
        )
    )
    after = part_of(filled(content, write(1, 2), write(2, 3), write(2, 4)))
    assert b'<c r="B1" s="3" t=' in after
    assert b'<c r="C2" s="2" t=' in after
    assert b'<c r="D2" t=' in after


# Side effects, each said in words.


def effects(content: bytes, *writes: Write) -> tuple[bytes, str]:
    result = fill(content, read(content, "x.xlsx"), writes)
    return part_of(result.content), " ".join(result.fidelity.side_effects)


def test_the_declared_dimension_and_spans_grow_over_the_answers() -> None:
    content = workbook(sheet_xml('<row r="1" spans="1:1"><c r="A1"/></row>', before='<dimension ref="A1"/>'))
    after, said = effects(content, write(1, 2), write(7, 3))
    assert b'<dimension ref="A1:C7"/>' in after
    assert b'<row r="1" spans="1:2">' in after
    assert "A1 to A1:C7" in said
    assert "span of 1 row" in said


def test_a_dimension_that_covers_the_answers_stays() -> None:
    content = workbook(sheet_xml('<row r="1"><c r="A1"/></row>', before='<dimension ref="A1:XFD1048576"/>'))
    after, said = effects(content, write(1, 1))
    assert b'ref="A1:XFD1048576"' in after
    assert said == ""


@pytest.mark.parametrize(
    ("attributes", "text", "kept"),
    [
        ('ht="15"', "a long answer that needs more than one line", False),
        ('ht="15"', "Yes", True),
        ('ht="15" customHeight="1"', "a long answer that needs more than one line", True),
        ('ht="0" hidden="1"', "a long answer that needs more than one line", True),
    ],
)
def test_a_height_that_is_not_custom_gives_way_to_a_long_answer(attributes: str, text: str, kept: bool) -> None:
    after, said = effects(workbook(sheet_xml(f'<row r="1" {attributes}><c r="A1"/></row>')), write(1, 1, text))
    assert (b' ht="' in after) is kept
    assert ("size themselves" in said) is not kept


FORMULA = '<row r="1"><c r="A1"/><c r="B1"><f>A1</f><v>0</v></c></row>'


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        ("", b'</sheets><calcPr fullCalcOnLoad="1"/></workbook>'),
        ('<calcPr calcId="191029"/>', b'<calcPr fullCalcOnLoad="1" calcId="191029"/>'),
        ("<calcPr fullCalcOnLoad='0' />", b'<calcPr fullCalcOnLoad="1" />'),
        ('<calcPr fullCalcOnLoad="1"/>', b'<calcPr fullCalcOnLoad="1"/>'),
        ("<definedNames/><extLst/>", b'<definedNames/><calcPr fullCalcOnLoad="1"/><extLst/>'),
    ],
)
def test_a_workbook_with_formulas_is_calculated_again_on_load(end: str, expected: bytes) -> None:
    content = workbook(sheet_xml(FORMULA), workbook_end=end)
    result = filled(content, write(1, 1, 5))
    assert expected in part_of(result, "xl/workbook.xml")
    assert b"<f>A1</f><v>0</v>" in part_of(result)


def test_a_workbook_without_formulas_is_not() -> None:
    content = workbook(sheet_xml(""))
    assert part_of(filled(content, write(1, 1)), "xl/workbook.xml") == part_of(content, "xl/workbook.xml")


# Columns that are added beside the table.


def added(row: int, column: int, value: str, *, header: bool = False) -> Write:
    return Write(sheet="S1", row=row, column=column, value=value, added=True, header=header)


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        (
            "",
            '<cols><col min="3" max="3" width="20" customWidth="1"/>'
            '<col min="4" max="4" width="20" customWidth="1"/></cols>',
        ),
        (
            '<cols><col min="1" max="2" width="30"/></cols>',
            '<cols><col min="1" max="2" width="30"/><col min="3" max="3" width="30" customWidth="1"/>'
            '<col min="4" max="4" width="30" customWidth="1"/></cols>',
        ),
        (
            '<cols><col min="2" max="16384" hidden="1" style="2"/></cols>',
            '<cols><col min="2" max="2" hidden="1" style="2"/>'
            '<col min="3" max="3" width="20" customWidth="1" style="2"/>'
            '<col min="4" max="4" width="20" customWidth="1" style="2"/>'
            '<col min="5" max="16384" hidden="1" style="2"/></cols>',
        ),
    ],
)
def test_added_columns_look_like_their_left_neighbour(columns: str, expected: str) -> None:
    rows = '<row r="1"><c r="A1" s="1"/><c r="B1" s="3" t="str"><v>Question</v></c></row>'
    content = workbook(sheet_xml(rows + '<row r="2"><c r="B2" s="2"/></row>', before=columns))
    writes = [
        added(1, 3, "Answer", header=True),
        added(1, 4, "Comment", header=True),
        added(2, 3, "Yes"),
        added(2, 4, "-"),
    ]
    after, said = effects(content, *writes)
    assert expected.encode() in after
    assert b'<c r="C1" s="3" t=' in after
    assert b'<c r="D1" s="3" t=' in after
    assert b'<c r="D2" s="2" t=' in after
    assert "columns were added beside the table: C, D" in said


def test_a_column_is_not_added_over_what_stands_there() -> None:
    content = workbook(sheet_xml('<row r="1"><c r="C1" t="str"><v>x</v></c></row>'))
    with pytest.raises(WriteRefused, match=r"S1!C1: .*not empty"):
        filled(content, added(1, 3, "Answer"))


# Refusals: the cell is named, nothing is written.


def _lists(book: xlsxwriter.Workbook) -> None:
    sheet = book.add_worksheet("S1")
    sheet.write_column(0, 9, ["Soft", "Hard", 1, 2, True])
    sheet.data_validation("A1:A3", {"validate": "list", "source": ["Yes", "No"]})
    sheet.data_validation("B1:B3", {"validate": "list", "source": "=$J$3:$J$5"})
    sheet.data_validation("C1:C3", {"validate": "list", "source": "=nowhere"})
    sheet.data_validation("D1:D3", {"validate": "whole", "criteria": ">", "value": 3})


def built(build: object) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    build(book)  # type: ignore[operator]  # a builder of the test
    book.close()
    return out.getvalue()


@pytest.mark.parametrize(
    ("column", "value", "fine"),
    [
        (1, "Yes", True),
        (1, "yes", False),
        (1, "Maybe", False),
        (1, "", False),
        (1, None, True),
        (2, 1, True),
        (2, 2.0, True),
        (2, "1", False),
        (2, True, True),
        (2, 3, False),
        (3, "anything", True),
        (4, "anything", True),
    ],
)
def test_a_dropdown_takes_what_it_offers_in_its_own_type(column: int, value: str | None, fine: bool) -> None:
    content = built(_lists)
    if fine:
        assert read(filled(content, write(2, column, value)), "x.xlsx").sheets[0].value(2, column) == value
        return
    with pytest.raises(WriteRefused, match=r"S1!.2: .*Choose one of") as refusal:
        filled(content, write(2, column, value))
    assert refusal.value.advice


@pytest.mark.parametrize(
    ("rows", "after", "target", "match"),
    [
        (FORMULA, "", (1, 2), "S1!B1: the buyer's formula"),
        ('<row r="1"><c r="A1"><f t="shared" ref="A1:A2" si="0">1</f></c></row>', "", (1, 1), "formula"),
        ('<row r="2"><c r="A2"><f t="shared" si="0"/><v>1</v></c></row>', "", (2, 1), "formula"),
        (
            '<row r="1"><c r="A1"><f t="array" ref="A1:A3">1</f></c></row><row r="2"><c r="A2"><v>1</v></c></row>',
            "",
            (2, 1),
            "S1!A2: a formula of the buyer fills",
        ),
        ('<row r="1"><c r="ZZ1"><f>1</f></c></row>', "", (1, 702), "formula"),
        ("", '<mergeCells><mergeCell ref="B2:C3"/></mergeCells>', (3, 3), "S1!C3: .*Use B2"),
        ("", '<sheetProtection sheet="1"/>', (1, 1), "S1!A1: .*protected"),
        ("", "", (0, 1), "no row 0"),
        ("", "", (1, 16_385), "column 16385"),
        ("", "", (1_048_577, 1), "no row 1048577"),
    ],
)
def test_a_cell_that_is_not_for_answers_is_refused(rows: str, after: str, target: tuple[int, int], match: str) -> None:
    content = workbook(sheet_xml(rows, after=after))
    with pytest.raises(WriteRefused, match=match):
        filled(content, write(*target))


def test_the_first_cell_of_merged_ones_and_an_unlocked_cell_are_fine() -> None:
    content = workbook(
        sheet_xml(
            '<row r="2"><c r="B2" s="2"/></row>',
            after='<sheetProtection sheet="1"/><mergeCells><mergeCell ref="B2:C3"/></mergeCells>',
        )
    )
    assert read(filled(content, write(2, 2)), "x.xlsx").sheets[0].value(2, 2) == "A"


@pytest.mark.parametrize(
    ("writes", "match"),
    [
        ([write(1, 1), write(1, 1, "B")], "two answers"),
        ([write(1, 1, "x" * 32_768)], "32,768 characters"),
        ([write(1, 1, "🔒" * 16_384)], "a cell holds 32,767"),
        ([write(1, 1, float("nan"))], "nan is no number"),
        ([Write(sheet="Else", row=1, column=1, value="x")], "no sheet named Else"),
    ],
)
def test_an_answer_that_no_cell_can_take_is_refused(writes: list[Write], match: str) -> None:
    with pytest.raises(WriteRefused, match=match):
        filled(workbook(sheet_xml("")), *writes)


def test_the_longest_text_fits() -> None:
    result = filled(workbook(sheet_xml("")), write(1, 1, "x" * 32_767))
    assert read(result, "x.xlsx").sheets[0].value(1, 1) == "x" * 32_767


# The file as a whole.


def test_without_answers_the_file_itself_comes_back() -> None:
    content = workbook(sheet_xml(FORMULA))
    result = fill(content, read(content, "x.xlsx"), [], name="Buyer.xlsx")
    assert (result.content, result.name) == (content, "Buyer.xlsx")
    assert result.fidelity.holds
    assert result.fidelity.parts_identical == result.fidelity.parts


def test_the_same_answers_give_the_same_bytes() -> None:
    content = built(_lists)
    writes = [write(row, column, "=x") for row in (9, 3, 5) for column in (7, 5)]
    assert filled(content, *writes) == filled(content, *reversed(writes))


def test_the_statement_counts_what_was_done() -> None:
    content = workbook(sheet_xml(FORMULA), sheet_xml(""), more={"xl/media/picture.png": b"\x89PNG" * 99})
    fidelity = fill(content, read(content, "x.xlsx"), [write(1, 1, 5)]).fidelity
    assert (fidelity.parts, fidelity.parts_identical, fidelity.cells_written) == (8, 6, 1)
    assert fidelity.holds
    assert "calculates its formulas again" in " ".join(fidelity.side_effects)


def test_a_signature_that_becomes_invalid_is_said() -> None:
    content = workbook(sheet_xml(""), more={"_xmlsignatures/sig1.xml": b"<Signature/>"})
    assert "signature" in " ".join(fill(content, read(content, "x.xlsx"), [write(1, 1)]).fidelity.side_effects)


def test_other_members_are_copied_as_they_lie() -> None:
    content = workbook(sheet_xml(""), more={"xl/vbaProject.bin": bytes(range(256)) * 20})
    result = filled(content, write(1, 1))
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(io.BytesIO(result)) as new:
        for one, other in zip(old.infolist(), new.infolist(), strict=True):
            assert (one.filename, one.date_time, one.external_attr) == (
                other.filename,
                other.date_time,
                other.external_attr,
            )
            if "sheet1" not in one.filename:
                assert (one.CRC, one.compress_size) == (other.CRC, other.compress_size)
