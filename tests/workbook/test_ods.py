"""OpenDocument spreadsheets as books."""

from __future__ import annotations

import io
import time

import pytest
import python_calamine
from hypothesis import given, settings
from hypothesis import strategies as st

from rfp.workbook.errors import Damaged, Encrypted, TooLarge, Unsafe, UnsupportedFormat
from rfp.workbook.model import Area, FileFormat, Option, Sheet, Validation
from rfp.workbook.reader import read
from tests.conftest import SHARED
from tests.workbook.ods_parts import cell, ods, packed, row, rule, sheet_content, table


def first(content: bytes) -> Sheet:
    return read(content, "f.ods").sheets[0]


def value(kind: str, **attributes: str) -> str:
    stored = " ".join(f'office:{name.replace("_", "-")}="{text}"' for name, text in attributes.items())
    return f'<table:table-cell office:value-type="{kind}" {stored}><text:p>shown</text:p></table:table-cell>'


def test_values_have_their_types() -> None:
    line = row(
        "text",
        value("float", value="3"),
        value("float", value="0.25"),
        value("percentage", value="0.5"),
        value("boolean", boolean_value="true"),
        value("date", date_value="2026-06-08"),
        value("date", date_value="2026-06-08T00:00:00"),
        value("string", string_value="stored"),
        value("float", value="nonsense"),
    )
    book = read(ods(table("Form", line)), "f.ods")
    assert book.format is FileFormat.ODS
    values = [c.value for c in book.sheets[0].rows[1].values()]
    assert values == ["text", 3, 0.25, 0.5, True, "2026-06-08", "2026-06-08", "stored"]
    assert [type(v) for v in values[1:5]] == [int, float, float, bool]


def test_text_is_read_as_it_shows() -> None:
    inside = (
        "<office:annotation><dc:creator>x</dc:creator><text:p>a note</text:p></office:annotation>"
        "<text:p>one\n  two<text:s text:c='3'/>three<text:tab/>four<text:line-break/>five "
        "<text:span>six</text:span> seven</text:p><text:p>\u00a0eight</text:p>"
    )
    sheet = first(ods(table("Form", row(cell(inside=inside, attributes='office:value-type="string"')))))
    assert sheet.value(1, 1) == "one two   three\tfour\nfive six seven\n\u00a0eight"
    assert sheet.comments == {(1, 1): "a note"}


def test_repeats_are_expanded_where_they_hold_something_and_never_where_blank() -> None:
    content = ods(
        table(
            "Form",
            row("head", attributes='table:number-rows-repeated="2"'),
            row(cell(attributes='table:number-columns-repeated="1024"'), attributes='table:number-rows-repeated="9"'),
            row(
                cell("x", attributes='table:number-columns-repeated="3"'),
                cell(attributes='table:number-columns-repeated="16381" table:style-name="head"'),
            ),
            row(
                cell(attributes='table:style-name="open" table:number-columns-repeated="16384"'),
                attributes='table:number-rows-repeated="1048564"',
            ),
        )
    )
    began = time.perf_counter()
    sheet = first(content)
    assert time.perf_counter() - began < 2
    assert {at: [c for c in cells if cells[c].value] for at, cells in sheet.rows.items()} == {
        1: [1],
        2: [1],
        12: [1, 2, 3],
    }


@pytest.mark.parametrize(
    "rows",
    [
        row("x", attributes='table:number-rows-repeated="60000"'),
        row(cell("x", attributes='table:number-columns-repeated="300"')),
        row(
            cell("x", attributes='table:number-columns-repeated="250"'), attributes='table:number-rows-repeated="3000"'
        ),
        row("x" * 40_000),
        "<table:table-row/>" * 100_001,
        row(cell(attributes='table:number-columns-repeated="300"'), "far"),
    ],
)
def test_what_repeats_into_the_limits_is_refused(rows: str) -> None:
    with pytest.raises(TooLarge):
        first(ods(table("Form", rows)))


def test_styles_say_what_matters() -> None:
    line = row(
        cell("a", attributes='table:style-name="head"'),
        cell(attributes='table:style-name="open"'),
        cell(attributes='table:style-name="day"'),
        "plain",
    )
    columns = (
        '<table:table-column table:style-name="wide" table:number-columns-repeated="2"/>'
        '<table:table-column table:visibility="collapse"/><table:table-column table:default-cell-style-name="open"/>'
    )
    book = read(ods(table("Form", line, row("b"), columns=columns, attributes='table:protected="true"')), "f.ods")
    (sheet,) = book.sheets
    head, opened, day, plain = (book.style_at(sheet, 1, column) for column in (1, 2, 3, 4))
    assert (head.bold, head.fill, head.border, head.locked) == (True, "D9E2F3", True, True)
    assert (opened.bold, opened.fill, opened.border, opened.locked) == (True, "", True, False)
    assert day.date
    assert not plain.locked
    assert [book.is_locked(sheet, 1, column) for column in (1, 2, 4)] == [True, False, False]
    assert not book.is_locked(sheet, 2, 4)
    assert sheet.hidden_columns == ((3, 3),)
    ((start, end, width),) = sheet.column_widths
    assert (start, end) == (1, 2)
    assert 20 < width < 30


def test_hidden_rows_sheets_and_merged_cells() -> None:
    merged = cell("wide", attributes='table:number-columns-spanned="2" table:number-rows-spanned="2"')
    content = ods(
        table(
            "Form",
            row(
                merged,
                '<table:covered-table-cell office:value-type="string"><text:p>x</text:p></table:covered-table-cell>',
            ),
            row(
                '<table:covered-table-cell table:number-columns-repeated="2"/>',
                attributes='table:visibility="collapse"',
            ),
            row("b", attributes='table:visibility="filter"'),
        ),
        table("Lists", row("Yes"), attributes='table:style-name="gone"'),
        table("'file:///tmp/other.ods'#$Sheet1", row("cached")),
    )
    form, lists = read(content, "f.ods").sheets
    assert form.merged == (Area(1, 1, 2, 2),)
    assert form.value(1, 2) is None
    assert form.hidden_rows == {2, 3}
    assert (form.state, lists.state) == ("visible", "hidden")


def options(validation: Validation) -> list[str]:
    return [option.label for option in validation.options or ()]


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ('of:cell-content-is-in-list("Yes";"No";"N/A; ""maybe""")', ["Yes", "No", 'N/A; "maybe"']),
        ("of:cell-content-is-in-list([$Lists.$A$1:.$A$3])", ["Yes", "No", "4"]),
        ("of:cell-content-is-in-list([$'Lists'.$A$1:$'Lists'.$A$2])", ["Yes", "No"]),
        ("of:cell-content-is-in-list(scale)", ["No", "4"]),
        ("of:cell-content-is-in-list([$Nowhere.$A$1:.$A$3])", []),
        ("of:cell-content-is-in-list(INDIRECT([.A1]))", []),
    ],
)
def test_lists_are_resolved(condition: str, expected: list[str]) -> None:
    number = '<table:table-cell office:value-type="float" office:value="4"><text:p>4</text:p></table:table-cell>'
    ruled = cell(attributes='table:content-validation-name="v"')
    content = ods(
        table("Form", row("Q1", ruled), row("Q2", ruled), row("Q3", ruled)),
        table("Lists", row("Yes"), row("No"), row(number)),
        before=f"<table:content-validations>{rule('v', condition)}</table:content-validations>",
        behind='<table:named-expressions><table:named-range table:name="Scale"'
        ' table:cell-range-address="$Lists.$A$2:.$A$3"/></table:named-expressions>',
    )
    (validation,) = first(content).validations
    assert (validation.kind, validation.areas) == ("list", (Area(1, 2, 3, 2),))
    assert options(validation) == expected
    if "4" in expected:
        assert (validation.options or ())[-1] == Option(4, "4")


def test_a_relative_list_moves_with_its_cell() -> None:
    ruled = cell(attributes='table:content-validation-name="v"')
    content = ods(
        table("Form", row("Q1", ruled, "Yes", "No"), row("Q2", ruled, "On", "Off")),
        before=rule("v", "of:cell-content-is-in-list([.C1:.D1])", "Form.B1"),
    )
    (validation,) = first(content).validations
    assert {k: [o.label for o in v] for k, v in validation.options_by_cell.items()} == {
        (1, 2): ["Yes", "No"],
        (2, 2): ["On", "Off"],
    }


@pytest.mark.parametrize(
    ("condition", "kind"),
    [
        ("of:cell-content-is-whole-number() and cell-content()>0", "whole"),
        ("of:cell-content-is-date() and cell-content()>0", "date"),
        ("of:cell-content-text-length()<200", "textLength"),
        ("of:is-true-formula(1)", "custom"),
    ],
)
def test_other_rules_keep_their_kind(condition: str, kind: str) -> None:
    line = row("Q", cell(attributes='table:content-validation-name="v" table:number-columns-repeated="2"'))
    (validation,) = first(ods(table("Form", line), before=rule("v", condition))).validations
    assert (validation.kind, validation.options, validation.areas) == (kind, None, (Area(1, 2, 1, 3),))


def test_formulas_and_errors_are_seen() -> None:
    line = row(
        '<table:table-cell table:formula="of:=1+1" office:value-type="float" office:value="2"><text:p>2</text:p>'
        "</table:table-cell>",
        '<table:table-cell table:formula="of:=[.X1]" office:value-type="string" office:string-value=""'
        ' calcext:value-type="error"><text:p>#REF!</text:p></table:table-cell>',
        '<table:table-cell table:formula="of:={1;2}" table:number-matrix-columns-spanned="2" office:value-type="float"'
        ' office:value="1"><text:p>1</text:p></table:table-cell>',
        '<table:table-cell office:value-type="float" office:value="2"><text:p>2</text:p></table:table-cell>',
    )
    book = read(ods(table("Form", line)), "f.ods")
    stored = book.sheets[0].rows[1]
    assert book.has_formulas
    assert [(c.value, c.formula is not None, c.error) for c in stored.values()] == [
        (2, True, False),
        ("", True, True),
        (1, True, False),
        (2, True, False),
    ]


def test_a_table_inside_a_cell_is_no_sheet() -> None:
    inner = table("inner", row("not a row of the sheet"))
    sheets = read(ods(table("Form", row(cell("outer", inside=inner)), row("second"))), "f.ods").sheets
    assert [sheet.name for sheet in sheets] == ["Form"]
    assert sheets[0].text(2, 1) == "second"


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=12)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.lists(TEXT.filter(lambda text: text == text.strip() and not text.startswith("<")), min_size=1, max_size=4),
        min_size=1,
        max_size=5,
    )
)
def test_another_reader_agrees(rows: list[list[str]]) -> None:
    content = ods(table("Form", *(row(*line) for line in rows)))
    sheet = first(content)
    oracle = python_calamine.load_workbook(io.BytesIO(content)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    for at, line in enumerate(rows, start=1):
        for column, _ in enumerate(line, start=1):
            assert " ".join(str(sheet.value(at, column)).split()) == " ".join(str(oracle[at - 1][column - 1]).split())


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (packed(sheet_content(), mime="application/vnd.oasis.opendocument.text"), UnsupportedFormat),
        (packed(sheet_content(), mime="application/epub+zip"), UnsupportedFormat),
        (packed("<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"), Unsafe),
        (packed("<office:document-content"), Damaged),
        (packed(sheet_content(), **{"META-INF/manifest.xml": "<m><encryption-data/></m>"}), Encrypted),
    ],
)
def test_what_is_no_harmless_spreadsheet_is_refused(content: bytes, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        read(content, "f.ods")


def test_the_type_alone_makes_no_spreadsheet() -> None:
    with pytest.raises(Damaged, match=r"content\.xml"):
        read(packed("<a/>").replace(b"content.xml", b"kontent.xml"), "f.ods")


def test_the_public_checklist_is_read_with_its_lists() -> None:
    path = SHARED / "workbooks" / "owasp-asvs-checklist.ods"
    if not path.exists():
        pytest.skip("the public questionnaires are not here")
    content = path.read_bytes()
    book = read(content, path.name)
    oracle = python_calamine.load_workbook(io.BytesIO(content))
    assert [sheet.name for sheet in book.sheets] == oracle.sheet_names
    for sheet in book.sheets:
        for at, line in enumerate(oracle.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False), start=1):
            for column, expected in enumerate(line, start=1):
                stored = sheet.value(at, column)
                heads = [
                    (a.top, a.left) for a in sheet.merged if a.top <= at <= a.bottom and a.left <= column <= a.right
                ]
                if heads and (at, column) not in heads:
                    continue  # the other reader shows what a merged cell covers
                if isinstance(expected, str):
                    assert " ".join(str("" if stored is None else stored).split()) == " ".join(expected.split())
                else:
                    assert stored == expected
    rules = [rule for sheet in book.sheets for rule in sheet.validations]
    assert len(rules) == 14
    assert all(len(rule.options or ()) == 3 for rule in rules)
