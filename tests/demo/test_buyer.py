"""The buyer's workbook holds the features that break other tools, and is read with all its options."""

import zipfile
from io import BytesIO

import openpyxl
import pytest

from rfp.demo import buyer, macros
from rfp.workbook.model import Book
from rfp.workbook.reader import read


@pytest.fixture(scope="module")
def content() -> bytes:
    return buyer.build()


@pytest.fixture(scope="module")
def book(content: bytes) -> Book:
    return read(content, "questionnaire.xlsx")


def _questions() -> dict[str, list[str]]:
    return {
        sheet["name"]: [question["text"] for section in sheet["sections"] for question in section["questions"]]
        for sheet in buyer.load()["sheets"]
    }


def test_build_is_the_same_each_time(content: bytes) -> None:
    assert buyer.build() == content


def test_every_question_stands_on_its_sheet(book: Book) -> None:
    asked = _questions()
    assert sum(map(len, asked.values())) >= 220
    for name, texts in asked.items():
        assert set(texts) <= {cell.value for _, _, cell in book.sheet(name).cells()}


@pytest.mark.parametrize(
    ("name", "options", "extension"),
    [
        ("Company & legal", buyer.LISTS["Answer"], True),
        ("AI assurance", buyer.LISTS["Assurance"], True),
        ("Incident response", ("Yes", "No", "Planned"), False),
        ("General security", buyer.LISTS["Security"], False),
    ],
)
def test_dropdowns_are_resolved(book: Book, name: str, options: tuple[str, ...], extension: bool) -> None:
    validations = book.sheet(name).validations
    assert validations
    for rule in validations:
        assert rule.extension is extension
        assert tuple(option.label for option in rule.options or ()) == options


def test_features_that_break_tools_are_there(content: bytes, book: Book) -> None:
    names = zipfile.ZipFile(BytesIO(content)).namelist()
    for part in ("xl/media/image1.png", "xl/charts/chart1.xml", "xl/comments1.xml"):
        assert part in names
    assert book.sheet("Lists").state == "hidden"
    security = book.sheet("General security")
    (hidden,) = security.hidden_rows
    assert security.text(hidden, 3) == "Do you use drones for site surveillance?"
    assert [security.text(row, 4) for row in security.rows].count("Please select") > 40
    assert sum(1 for row in security.rows if security.text(row, 5) == "As stated in last year's review.") == 3
    assert book.has_formulas
    incidents = book.sheet("Incident response")
    assert not book.is_locked(incidents, 5, 3)
    assert book.is_locked(incidents, 5, 2)


@pytest.mark.filterwarnings("ignore:Data Validation extension is not supported")
@pytest.mark.filterwarnings("ignore:Conditional Formatting extension is not supported")
def test_openpyxl_opens_both_variants(content: bytes) -> None:
    for data in (content, buyer.build(macros=True)):
        assert openpyxl.load_workbook(BytesIO(data)).sheetnames[0] == "Instructions"


def test_macro_variant_differs_by_its_project_alone(content: bytes) -> None:
    made = buyer.build(macros=True)
    assert read(made, "questionnaire.xlsm").has_macros
    plain, macro = (zipfile.ZipFile(BytesIO(data)) for data in (content, made))
    assert set(macro.namelist()) - set(plain.namelist()) == {"xl/vbaProject.bin"}
    changed = {name for name in plain.namelist() if plain.read(name) != macro.read(name)}
    assert changed == {"[Content_Types].xml", "xl/_rels/workbook.xml.rels"}


def test_project_is_a_compound_file_with_one_stream() -> None:
    data = macros.project()
    assert data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    assert len(data) == 512 * (1 + 2 + 8)
    assert data[1024:1044].decode("utf-16-le") == "Root Entry"
    assert b'Name="Kestrel"' in data[1536:]
