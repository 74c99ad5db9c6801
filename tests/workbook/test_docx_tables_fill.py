"""Answers in the tables of Word documents: the cell changes, its looks and everything else stay."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.document import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from rfp.workbook.docx import edit
from rfp.workbook.docx.fill import fill
from rfp.workbook.errors import FidelityBroken, WriteRefused
from rfp.workbook.model import Fidelity, Write
from rfp.workbook.reader import read
from rfp.workbook.xlsx.patch import Edit
from tests.conftest import SHARED
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
from tests.workbook.test_docx_tables import SYMBOLS, boxes

TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t☐□☒■"), min_size=1, max_size=20)
CELLS = [
    "",
    "old words",
    dropdown("Yes", "No"),
    text_control(),
    text_field(),
    "<w:p><w:pPr><w:jc w:val='center'/></w:pPr></w:p>",
    "<w:p/><w:p><w:r><w:t>two</w:t></w:r></w:p>",
    "<w:p><w:bookmarkStart w:id='1' w:name='b'/><w:r><w:t>marked</w:t></w:r><w:bookmarkEnd w:id='1'/></w:p>",
    "<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl><w:p/>",
]


def write(row: int, column: int, value: str | int | bool | None, *, added: bool = False) -> Write:
    return Write(sheet="Table 1", row=row, column=column, value=value, added=added)


def filled(content: bytes, *writes: Write) -> tuple[bytes, Fidelity]:
    result, fidelity = fill(content, read(content, "f.docx"), writes)
    assert fidelity.holds
    assert fidelity.lossless
    return result, fidelity


def words(content: bytes, row: int, column: int) -> str:
    return str(docx.Document(io.BytesIO(content)).tables[0].cell(row - 1, column - 1).text)


def test_only_the_document_part_changes_and_in_it_only_the_cell() -> None:
    content = form([["Question", "Answer"], ["Do you encrypt?", "old"], ["Why?", "keep & <this>"]])
    result, fidelity = filled(content, write(2, 2, "Yes, with AES-256 & <care>"))
    before, after = part(content), part(result)
    assert after == before.replace(
        b"<w:r><w:t>old</w:t></w:r>",
        b'<w:r><w:t xml:space="preserve">Yes, with AES-256 &amp; &lt;care&gt;</w:t></w:r>',
    )
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(io.BytesIO(result)) as new:
        assert [i.filename for i in old.infolist()] == [i.filename for i in new.infolist()]
        assert [i.date_time for i in old.infolist()] == [i.date_time for i in new.infolist()]
        count = len(old.namelist())
    assert (fidelity.parts, fidelity.parts_identical, fidelity.cells_written) == (count, count - 1, 1)
    assert fidelity.side_effects == ()


def test_the_same_answers_give_the_same_bytes() -> None:
    content = form([["Q", ""]])
    assert filled(content, write(1, 2, "a"))[0] == filled(content, write(1, 2, "a"))[0]
    assert filled(content)[0] == content


def _styled(document: Document) -> None:
    table = document.add_table(1, 2)
    cell = table.cell(0, 1)
    run = cell.paragraphs[0].add_run("old")
    run.italic = True
    cell.paragraphs[0].alignment = 1
    cell.add_paragraph("second").add_run("x").bold = True


def test_the_answer_looks_like_what_stood_there() -> None:
    result, _ = filled(built(_styled), write(1, 2, "new\nlines\tand tabs"))
    (paragraph,) = docx.Document(io.BytesIO(result)).tables[0].cell(0, 1).paragraphs
    assert paragraph.text == "new\nlines\tand tabs"
    assert paragraph.alignment == 1
    assert [run.italic for run in paragraph.runs] == [True]


@pytest.mark.parametrize("kind", ["dropDownList", "comboBox"])
def test_a_dropdown_shows_and_stores_the_option(kind: str) -> None:
    content = form([["Is it?", dropdown("Yes", "No &amp; never", kind=kind)]])
    result, _ = filled(content, write(1, 2, "No & never"))
    xml = part(result).decode()
    assert f'<w:{kind} w:lastValue="v-No &amp; never">' in xml
    assert "showingPlcHdr" not in xml
    assert '<w:r><w:rPr><w:sz w:val="18"/></w:rPr><w:t xml:space="preserve">No &amp; never</w:t></w:r>' in xml
    again, _ = filled(result, write(1, 2, "Yes"))
    assert f'<w:{kind} w:lastValue="v-Yes">' in part(again).decode()
    with pytest.raises(WriteRefused, match="not in the cell's list"):
        filled(content, write(1, 2, "Perhaps"))


@pytest.mark.parametrize(
    "cell",
    [
        boxes("Yes", "No", "N/A"),
        boxes("Yes", "No", "N/A", ticked="Yes"),
        "<w:p><w:r><w:t>☐ Yes ☐ No ☐ N/A</w:t></w:r></w:p>",
        "<w:p><w:r><w:t>Yes ■ No □ N/A □</w:t></w:r></w:p>",
        SYMBOLS,
    ],
)
def test_one_box_is_ticked_and_the_others_are_cleared(cell: str) -> None:
    content = form([["Is it?", cell]])
    for option in ("No", "Yes"):
        result, _ = filled(content, write(1, 2, option))
        sheet = read(result, "f.docx").sheets[0]
        assert sheet.text(1, 2) == option
        assert sheet.validations == read(content, "f.docx").sheets[0].validations
    cleared, _ = filled(result, write(1, 2, None))
    assert read(cleared, "f.docx").sheets[0].value(1, 2) is None


def test_a_check_box_control_shows_its_own_sign() -> None:
    cell = "<w:p>" + check_box().replace('w14:val="2612"', 'w14:val="2714"') + "</w:p>"
    result, _ = filled(form([["Is it?", cell]]), write(1, 2, "x"))
    xml = part(result).decode()
    assert '<w14:checked w14:val="1"/>' in xml
    assert "<w:t>✔</w:t>" in xml


def test_a_lone_box_is_ticked_by_any_mark_and_cleared_by_none() -> None:
    content = form([["Is it?", "<w:p>" + check_box() + "</w:p>", "☐"]])
    ticked, _ = filled(content, write(1, 2, "x"), write(1, 3, "X"))
    assert [read(ticked, "f.docx").sheets[0].text(1, column) for column in (2, 3)] == ["☒", "☒"]
    cleared, _ = filled(ticked, write(1, 2, None), write(1, 3, None))
    assert [read(cleared, "f.docx").sheets[0].text(1, column) for column in (2, 3)] == ["☐", "☐"]


def test_a_text_control_loses_its_request() -> None:
    result, _ = filled(form([["Who?", text_control()]]), write(1, 2, "Ada"))
    xml = part(result).decode()
    assert read(result, "f.docx").sheets[0].text(1, 2) == "Ada"
    assert "PlaceholderText" not in xml
    assert "<w:sdt>" in xml


def test_an_old_text_field_stays_a_field() -> None:
    result, _ = filled(form([["Who?", text_field()]]), write(1, 2, "Ada"))
    xml = part(result).decode()
    assert read(result, "f.docx").sheets[0].text(1, 2) == "Ada"
    assert xml.count("w:fldChar ") == part(form([["Who?", text_field()]])).decode().count("w:fldChar ")
    assert "FORMTEXT" in xml


@pytest.mark.parametrize("field", [text_field(), text_control()])
def test_a_label_beside_the_field_stays(field: str) -> None:
    result, _ = filled(form([["Q", "<w:p><w:r><w:t>Explain:</w:t></w:r></w:p>" + field]]), write(1, 2, "Because."))
    assert read(result, "f.docx").sheets[0].text(1, 2) == "Explain:\nBecause."


def _with_picture(document: Document) -> None:
    cell = document.add_table(1, 2).cell(0, 1)
    cell.paragraphs[0].add_run().add_picture(io.BytesIO(PNG))


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


def test_a_picture_in_the_cell_stays() -> None:
    result, _ = filled(built(_with_picture), write(1, 2, "See above"))
    document = docx.Document(io.BytesIO(result))
    assert len(document.inline_shapes) == 1
    assert words(result, 1, 2).strip() == "See above"


def test_columns_are_added_beside_the_table() -> None:
    def build(document: Document) -> None:
        table = document.add_table(3, 2, style="Table Grid")
        for cell, text in zip(table._cells, ["No", "Question", "Part A", "", "1", "Why?"], strict=True):
            cell.text = text
        table.cell(1, 0).merge(table.cell(1, 1))

    content = built(build)
    writes = [write(1, 3, "Answer", added=True), write(3, 3, "So", added=True), write(3, 4, "Note", added=True)]
    result, fidelity = filled(content, *writes)
    sheet = read(result, "f.docx").sheets[0]
    assert [sheet.text(row, 3) for row in (1, 2, 3)] == ["Answer", "", "So"]
    assert sheet.text(3, 4) == "Note"
    assert "2 columns were added" in fidelity.side_effects[0]
    table = docx.Document(io.BytesIO(result)).tables[0]
    assert [len(row.cells) for row in table.rows] == [4, 4, 4]


def test_a_table_in_parts_is_filled_and_widened_as_one() -> None:
    def build(document: Document) -> None:
        for text in ("first", "second"):
            document.add_table(1, 2).cell(0, 0).text = text

    content = built(build)
    result, _ = filled(content, write(2, 2, "here"), write(1, 3, "Answer", added=True))
    tables = docx.Document(io.BytesIO(result)).tables
    assert [[cell.text for cell in table.rows[0].cells] for table in tables] == [
        ["first", "", "Answer"],
        ["second", "here", ""],
    ]


@pytest.mark.parametrize(
    "writes",
    [
        [Write(sheet="Table 9", row=1, column=1, value="a")],
        [write(9, 1, "a")],
        [write(1, 2, "a"), write(1, 2, "b")],
        [write(1, 2, "a" * 32_768)],
    ],
)
def test_a_write_that_has_no_place_is_refused(writes: list[Write]) -> None:
    content = form([["Q", ""]])
    with pytest.raises(WriteRefused):
        filled(content, *writes)


def test_a_locked_cell_is_refused() -> None:
    locked = dropdown("Yes", "No").replace("<w:sdtPr>", '<w:sdtPr><w:lock w:val="contentLocked"/>')
    with pytest.raises(WriteRefused, match="locked"):
        filled(form([["Q", locked]]), write(1, 2, "Yes"))


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(CELLS), st.none() | TEXT), min_size=1, max_size=5))
def test_any_cell_takes_any_text_and_the_others_keep_their_bytes(rows: list[tuple[str, str | None]]) -> None:
    content = form([["Question", "Answer"], *([f"Q{n}", cell] for n, (cell, _) in enumerate(rows))])
    writes = []
    for number, (cell, text) in enumerate(rows, start=2):
        if text is not None:
            writes.append(write(number, 2, "Yes" if "dropDownList" in cell else text))
    result, fidelity = filled(content, *writes)
    assert fidelity.cells_written == len(writes)
    docx.Document(io.BytesIO(result))


@pytest.mark.parametrize("lead", ["=1+1", "+1", "-1", "@x", "\tx"])
def test_text_stays_text_whatever_it_begins_with(lead: str) -> None:
    result, _ = filled(form([["Q", ""]]), write(1, 2, lead))
    assert words(result, 1, 2) == lead


def test_a_change_beyond_the_answers_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    content = form([["Question", "Answer"], ["Q", ""]])
    honest = edit.CellEditor.edits

    def careless(self: edit.CellEditor, cell: object, value: str) -> list[Edit]:
        at = self.data.index(b"Question")
        return [*honest(self, cell, value), Edit(at, at + 1, b"K")]  # type: ignore[arg-type]  # passed on

    monkeypatch.setattr(edit.CellEditor, "edits", careless)
    with pytest.raises(FidelityBroken, match="outside"):
        filled(content, write(2, 2, "a"))


def test_another_encoding_keeps_its_letters() -> None:
    content = form([["Q", ""]])
    xml = part(content).decode().replace("UTF-8", "ISO-8859-1").replace("<w:t>Q", "<w:t>Où")
    content = with_part(content, xml.encode("latin-1"))
    result, _ = filled(content, write(1, 2, "Zoë → 你"))
    assert read(result, "f.docx").sheets[0].text(1, 2) == "Zoë → 你"


@pytest.mark.parametrize(
    "name", ["fedramp-moderate-rar.docx", "nmfta-rfp-template.docx", "wanglun-section-sample.docx"]
)
def test_every_cell_of_public_documents_can_be_filled(name: str) -> None:
    path = SHARED / "workbooks" / name
    if not path.exists():
        pytest.skip("the public questionnaires are not here")
    content = path.read_bytes()
    book = read(content, name)
    writes = []
    for sheet in book.sheets:
        covered = {(r, c) for a in sheet.merged for r in range(a.top, a.bottom + 1) for c in range(a.left, a.right + 1)}
        covered -= {(area.top, area.left) for area in sheet.merged}
        lists = {area[:2]: rule.options or () for rule in sheet.validations for area in rule.areas}
        for row, column, _ in sheet.cells():
            if (row, column) not in covered and not book.is_locked(sheet, row, column):
                value = lists[row, column][0].value if (row, column) in lists else f"Answer {row}.{column}"
                writes.append(Write(sheet=sheet.name, row=row, column=column, value=value))
    result, fidelity = fill(content, book, writes)
    assert fidelity.holds
    assert fidelity.cells_written == len(writes)
    docx.Document(io.BytesIO(result))
