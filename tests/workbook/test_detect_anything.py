"""Whatever a file holds: detection raises nothing, a layout survives its file, and no cell answers two questions."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from rfp.workbook import layout_file
from rfp.workbook.detect import detect
from rfp.workbook.extract import questions
from rfp.workbook.model import Area, Book, Cell, FileFormat, Option, Question, Sheet, Style, Validation

TEXTS = (
    *("Question", "Answer", "Yes", "No", "N/A", "Comments", "ID", "1.1", "A-1", "Do you encrypt data?", "Guidance:"),
    *("Please select", "<x>", "x", "☐", "Section A", "The vendor shall do it.", "Example", "Total", "Date", "Score"),
    *("If yes, explain", "Vendor A", "Requirement", "Response", "c" * 300, "是否符合", "Response:", "Status", "Owner"),
)
VALUES = st.one_of(st.sampled_from(TEXTS), st.sampled_from([1, 2.5, True]), st.none())
CELLS = st.builds(
    Cell, value=VALUES, formula=st.sampled_from([None, None, "A1"]), style=st.integers(0, 2), error=st.just(False)
)
ROWS = st.dictionaries(st.integers(1, 12), st.dictionaries(st.integers(1, 7), CELLS, min_size=1), max_size=12)
AREAS = st.builds(
    lambda top, left, down, right: Area(top, left, top + down, left + right),
    *(st.integers(1, 12), st.integers(1, 7), st.integers(0, 2), st.integers(0, 3)),
)
LISTS = st.builds(
    lambda area, options: Validation(areas=(area,), kind="list", source="x", options=options),
    AREAS,
    st.sampled_from([None, (), (Option("Yes", "Yes"), Option("No", "No"))]),
)


@st.composite
def books(draw: st.DrawFn) -> Book:
    sheets = tuple(
        Sheet(
            name=f"Sheet {number}",
            rows={row: dict(sorted(cells.items())) for row, cells in sorted(draw(ROWS).items())},
            merged=tuple(draw(st.lists(AREAS, max_size=3))),
            validations=tuple(draw(st.lists(LISTS, max_size=2))),
            state=draw(st.sampled_from(["visible", "visible", "hidden", "veryHidden"])),
            protected=draw(st.booleans()),
        )
        for number in range(draw(st.integers(1, 3)))
    )
    styles = (Style(), Style(locked=False, border=True), Style(bold=True, fill="FFDDDDDD"))
    return Book(format=FileFormat.XLSX, sheets=sheets, styles=styles)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(books())
def test_anything_is_read(book: Book) -> None:
    layout = detect(book)
    found = questions(book, layout)
    assert questions(book, layout_file.load(layout_file.dump(layout), book)) == found
    cells = [cell for question in found for cell in writable_cells(question)]
    assert len(cells) == len(set(cells))
    for sheet, row, column in cells:
        cell = book.sheet(sheet).cell(row, column)
        assert cell is None or cell.formula is None


def writable_cells(question: Question) -> list[tuple[str, int, int]]:
    places = []
    for slot in question.slots:
        if slot.writable:
            places += [(tick.row, tick.column) for tick in slot.ticks] or [(slot.row, slot.column)]
    return [(question.sheet, row, column) for row, column in places]
