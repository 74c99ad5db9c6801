"""Answers in OpenDocument spreadsheets: repeats are split, the answered cells change, nothing else does."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
import python_calamine
from hypothesis import given, settings
from hypothesis import strategies as st

from rfp.workbook.errors import Damaged, FidelityBroken, WriteRefused
from rfp.workbook.model import Fidelity, Write
from rfp.workbook.ods import patch
from rfp.workbook.ods.fill import fill
from rfp.workbook.ods.patch import Answer
from rfp.workbook.ods.scan import TablePlaces
from rfp.workbook.reader import read
from rfp.workbook.xlsx.patch import Edit
from tests.conftest import SHARED
from tests.workbook.ods_parts import cell, ods, packed, part, row, rule, sheet_content, table

RULED = cell(attributes='table:style-name="open" table:content-validation-name="v"')
YES_NO = rule("v", 'of:cell-content-is-in-list("Yes";"No")')


def write(row: int, column: int, value: str | float | bool | None, *, added: bool = False, date: bool = False) -> Write:
    return Write(sheet="Form", row=row, column=column, value=value, added=added, date=date)


def filled(content: bytes, *writes: Write) -> tuple[bytes, Fidelity]:
    result, fidelity = fill(content, read(content, "f.ods"), writes)
    assert fidelity.holds
    assert fidelity.lossless
    return result, fidelity


def values(content: bytes, name: str = "Form") -> list[list[object]]:
    sheet = python_calamine.load_workbook(io.BytesIO(content)).get_sheet_by_name(name)
    return [list(line) for line in sheet.to_python(skip_empty_area=False)]


def test_only_the_content_part_changes_and_in_it_only_the_cell() -> None:
    content = ods(table("Form", row("Question", "Answer"), row("Do you encrypt?", RULED)), before=YES_NO)
    result, fidelity = filled(content, write(2, 2, "Yes"))
    assert part(result) == part(content).replace(
        RULED,
        '<table:table-cell table:style-name="open" table:content-validation-name="v" office:value-type="string">'
        "<text:p>Yes</text:p></table:table-cell>",
    )
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(io.BytesIO(result)) as new:
        facts = [[(i.filename, i.date_time, i.compress_type) for i in package.infolist()] for package in (old, new)]
    assert facts[0] == facts[1]
    assert (fidelity.parts, fidelity.parts_identical, fidelity.cells_written) == (5, 4, 1)
    assert fidelity.side_effects == ()
    with pytest.raises(WriteRefused, match="not in the cell's list"):
        filled(content, write(2, 2, "Perhaps"))


def test_the_same_answers_give_the_same_bytes() -> None:
    content = ods(table("Form", row("Q", RULED)))
    assert filled(content, write(1, 2, "a"))[0] == filled(content, write(1, 2, "a"))[0]
    assert filled(content)[0] == content


def test_a_repeated_row_and_a_repeated_cell_are_split_around_the_answer() -> None:
    blank = cell(attributes='table:style-name="open" table:number-columns-repeated="5"')
    content = ods(table("Form", row("Q", blank, attributes='table:number-rows-repeated="4"')))
    result, _ = filled(content, write(2, 3, "here"), write(2, 5, "there"), write(4, 6, "last"))
    assert values(result) == [
        ["Q", "", "", "", "", ""],
        ["Q", "", "here", "", "there", ""],
        ["Q", "", "", "", "", ""],
        ["Q", "", "", "", "", "last"],
    ]
    xml = part(result)
    assert xml.count("<table:table-row") == 4
    assert 'table:style-name="open"/><table:table-cell table:style-name="open" office:value-type="string">' in xml


def test_a_million_blank_rows_stay_one_element() -> None:
    blank = row(
        cell(attributes='table:number-columns-repeated="16384"'), attributes='table:number-rows-repeated="1048575"'
    )
    result, _ = filled(ods(table("Form", row("Q"), blank)), write(1000, 2, "far"))
    assert len(part(result)) < 6_000
    assert 'table:number-rows-repeated="998"' in part(result)
    assert 'table:number-rows-repeated="1047576"' in part(result)
    assert read(result, "f.ods").sheets[0].text(1000, 2) == "far"


def test_cells_and_rows_that_are_not_stored_are_made() -> None:
    content = ods(table("Form", row("Q"), "<table:table-row/>", columns="<table:table-column/>"))
    result, fidelity = filled(content, write(1, 4, "a"), write(2, 2, "b"), write(5, 1, "c"))
    assert values(result) == [["Q", "", "", "a"], ["", "b", "", ""], [""] * 4, [""] * 4, ["c", "", "", ""]]
    assert '<table:table-column/><table:table-column table:number-columns-repeated="3"/>' in part(result)
    assert "Rows were added" in fidelity.side_effects[0]


def test_an_added_column_looks_like_its_neighbour() -> None:
    head, text = (cell(t, attributes=f'table:style-name="{s}"') for t, s in (("Question", "head"), ("Why?", "open")))
    rest = cell(attributes='table:number-columns-repeated="100"')
    content = ods(
        table(
            "Form",
            row(head, rest),
            row(text, rest),
            columns='<table:table-column table:number-columns-repeated="101"/>',
        )
    )
    result, fidelity = filled(content, write(1, 2, "Answer", added=True), write(2, 2, "So", added=True))
    book = read(result, "f.ods")
    for at in (1, 2):
        assert book.style_at(book.sheets[0], at, 2) == book.style_at(book.sheets[0], at, 1)
    assert "A column was added" in fidelity.side_effects[0]


def test_numbers_switches_and_dates_are_stored_as_such() -> None:
    day = cell(attributes='table:style-name="day"')
    content = ods(table("Form", row("Q", RULED, RULED, day, cell("old"))))
    result, _ = filled(
        content, write(1, 2, 3), write(1, 3, True), write(1, 4, "2026-06-08", date=True), write(1, 5, None)
    )
    xml = part(result)
    assert 'office:value-type="float" office:value="3"' in xml
    assert 'office:value-type="boolean" office:boolean-value="true"' in xml
    assert 'office:value-type="date" office:date-value="2026-06-08"' in xml
    assert ">old<" not in xml
    sheet = read(result, "f.ods").sheets[0]
    assert [sheet.value(1, column) for column in (2, 3, 4, 5)] == [3, True, "2026-06-08", None]


def test_a_comment_a_picture_and_a_merge_stay() -> None:
    inside = "<office:annotation><text:p>note</text:p></office:annotation>"
    old = (
        '<table:table-cell table:number-columns-spanned="2" office:value-type="float" office:value="1">'
        f"{inside}<text:p>1</text:p><text:list/></table:table-cell><table:covered-table-cell/>"
    )
    result, _ = filled(ods(table("Form", row("Q", old))), write(1, 2, "new"))
    assert (
        f'<table:table-cell table:number-columns-spanned="2" office:value-type="string">{inside}<text:p>new</text:p>'
        "</table:table-cell><table:covered-table-cell/>" in part(result)
    )
    assert read(result, "f.ods").sheets[0].comments == {(1, 2): "note"}
    with pytest.raises(WriteRefused, match="merged"):
        filled(result, write(1, 3, "covered"))


FORMULA = (
    '<table:table-cell table:formula="of:=1" office:value-type="float" office:value="1"><text:p>1</text:p>'
    "</table:table-cell>"
)


@pytest.mark.parametrize(
    "writes",
    [
        [write(1, 2, "a")],
        [Write(sheet="Other", row=1, column=1, value="a")],
        [write(1, 3, "a"), write(1, 3, "b")],
        [write(1, 3, "a" * 32_768)],
        [write(0, 3, "a")],
    ],
)
def test_a_write_that_has_no_place_is_refused(writes: list[Write]) -> None:
    with pytest.raises(WriteRefused):
        filled(ods(table("Form", row("Q", FORMULA, "x"))), *writes)


def test_a_locked_cell_is_refused_and_an_open_one_is_not() -> None:
    content = ods(table("Form", row("Q", RULED, cell("x")), attributes='table:protected="true"'))
    filled(content, write(1, 2, "a"))
    with pytest.raises(WriteRefused, match="locked"):
        filled(content, write(1, 3, "a"))


def test_stored_results_of_formulas_are_named() -> None:
    _, fidelity = filled(ods(table("Form", row("Q", FORMULA, "x"))), write(1, 3, "a"))
    assert "Formulas" in fidelity.side_effects[0]


@pytest.mark.parametrize("lead", ["=1+1", "+1", "-1", "@x", "\tx", "'x", "of:=1"])
def test_text_stays_text_whatever_it_begins_with(lead: str) -> None:
    result, _ = filled(ods(table("Form", row("Q", RULED))), write(1, 2, lead))
    assert "table:formula" not in part(result)
    assert read(result, "f.ods").sheets[0].value(1, 2) == lead


TEXT = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t <&>\"'"), min_size=1, max_size=15
)


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_any_grid_takes_any_text_and_keeps_its_other_cells(data: st.DataObject) -> None:
    repeat = st.integers(1, 4)
    rows, grid = [], []
    for number in range(data.draw(st.integers(1, 4))):
        cells: list[str] = []
        line: list[str] = []
        for text in data.draw(st.lists(st.sampled_from(["", "a", "b"]), min_size=1, max_size=4)):
            times = data.draw(repeat)
            cells.append(cell(text, attributes=f'table:number-columns-repeated="{times}" table:style-name="open"'))
            line += [text] * times
        times = data.draw(repeat)
        rows.append(row(f"Q{number}", *cells, attributes=f'table:number-rows-repeated="{times}"'))
        grid += [[f"Q{number}", *line]] * times
    content = ods(table("Form", *rows), table("Other", row("same", attributes='table:number-rows-repeated="3"')))
    places = st.tuples(st.integers(1, len(grid) + 2), st.integers(1, 12))
    targets = data.draw(st.dictionaries(places, st.none() | TEXT, min_size=1, max_size=6))
    result, fidelity = filled(content, *(write(r, c, text) for (r, c), text in targets.items()))
    assert fidelity.cells_written == len(targets)
    before, after = read(content, "f.ods"), read(result, "f.ods")
    assert after.sheets[1].rows == before.sheets[1].rows
    for at in range(1, len(grid) + 3):
        for column in range(1, 25):
            old = grid[at - 1][column - 1] if at <= len(grid) and column <= len(grid[at - 1]) else ""
            expected = targets.get((at, column), old) or ""
            assert after.sheets[0].text(at, column) == expected.strip()
            if (at, column) not in targets:
                was, now = before.sheets[0].cell(at, column), after.sheets[0].cell(at, column)
                assert was is None or was == now


def test_white_space_survives_another_reader() -> None:
    result, _ = filled(ods(table("Form", row("Q", RULED))), write(1, 2, "two  blanks\nand & <more>"))
    assert values(result)[0][1] == "two  blanks\nand & <more>"


def test_another_prefix_and_encoding_are_kept() -> None:
    xml = sheet_content(table("Form", row("Où", RULED)))
    xml = re.sub(r"(?<=[</ ])table:|(?<=xmlns:)table(?==)", lambda found: found[0].replace("table", "t"), xml)
    content = packed(xml.replace("UTF-8", "ISO-8859-1").encode("latin-1"))
    result, _ = fill(content, read(content, "f.ods"), [write(1, 2, "Zoë → 你"), write(1, 5, "b")])
    assert read(result, "f.ods").sheets[0].text(1, 2) == "Zoë → 你"
    assert read(result, "f.ods").sheets[0].text(1, 5) == "b"


@pytest.mark.parametrize(
    ("find", "put"),
    [
        (b"Question", b"Kuestion"),
        (b'table:style-name="head"', b'table:style-name="open"'),
        (b"second", b"2nd"),
        (b"Other", b"Othre"),
    ],
)
def test_a_change_beyond_the_answers_is_found(find: bytes, put: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    content = ods(
        table("Form", row("Question", cell("Answer", attributes='table:style-name="head"'), RULED), row("second")),
        table("Other", row("x")),
    )
    honest = patch.Patch.edits

    def careless(self: patch.Patch, table: TablePlaces, answers: dict[tuple[int, int], Answer]) -> list[Edit]:
        edits = honest(self, table, answers)
        at = self.data.index(find)
        inside = [e for e in edits if e.start <= at < e.end]
        return (
            [*edits, Edit(at, at + len(find), put)]
            if not inside
            else [e._replace(new=e.new.replace(find, put)) if e in inside else e for e in edits]
        )

    monkeypatch.setattr(patch.Patch, "edits", careless)
    with pytest.raises(FidelityBroken):
        filled(content, write(1, 3, "a"))


def test_a_file_without_the_names_of_cell_values_is_damaged() -> None:
    content = packed(sheet_content(table("Form", row("Q", RULED))).replace("xmlns:office:1.0", "xmlns:office:9.9"))
    with pytest.raises(Damaged, match="declare"):
        fill(content, read(content, "f.ods"), [write(1, 2, "a")])


def test_every_answer_of_the_public_checklist_is_filled() -> None:
    path = SHARED / "workbooks" / "owasp-asvs-checklist.ods"
    if not path.exists():
        pytest.skip("the public questionnaires are not here")
    content = path.read_bytes()
    book = read(content, path.name)
    writes = [
        Write(sheet=sheet.name, row=at, column=area.left, value="Valid")
        for sheet in book.sheets
        for rule in sheet.validations
        for area in rule.areas
        for at in range(area.top, area.bottom + 1)
    ]
    _, fidelity = fill(content, book, writes)
    assert fidelity.holds
    assert fidelity.cells_written == len(writes) > 280
    assert fidelity.parts_identical == fidelity.parts - 1
