"""What a file is, is told by its content; what cannot be filled in is refused with what to do instead."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest

from rfp.workbook.errors import Damaged, Encrypted, TooLarge, Unsafe, UnsupportedFormat, WorkbookRefused
from rfp.workbook.model import FileFormat, Write
from rfp.workbook.reader import read
from rfp.workbook.writer import fill
from tests.conftest import SHARED
from tests.workbook.docx_parts import form, part, with_part
from tests.workbook.ods_parts import ods, packed, row, sheet_content, table

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
ROWS = [["Question", "Answer"], ["Do you encrypt?", "no"]]


def xlsx() -> bytes:
    book = openpyxl.Workbook()
    for line in ROWS:
        book.worksheets[0].append(line)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


FILES = {
    FileFormat.XLSX: xlsx(),
    FileFormat.CSV: b"Question,Answer\r\nDo you encrypt?,no\r\n",
    FileFormat.ODS: ods(table("Form", *(row(*line) for line in ROWS))),
    FileFormat.DOCX: form(ROWS),
}


def archive(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in members.items():
            package.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize("kind", FILES)
@pytest.mark.parametrize("name", ["form", "form.pdf", "form.xls", "form.csv"])
def test_the_name_decides_nothing(kind: FileFormat, name: str) -> None:
    book = read(FILES[kind], name)
    assert book.format is kind
    assert book.sheets[0].text(2, 1) == "Do you encrypt?"


@pytest.mark.parametrize("kind", FILES)
def test_every_format_comes_back_in_its_own(kind: FileFormat) -> None:
    book = read(FILES[kind], "form")
    sheet = book.sheets[0].name
    filled = fill(FILES[kind], book, [Write(sheet=sheet, row=2, column=2, value="Yes: always")], name="form")
    again = read(filled.content, "form")
    assert filled.fidelity.holds
    assert again.format is kind
    assert again.sheets[0].text(2, 2) == "Yes: always"
    assert again.sheets[0].text(2, 1) == "Do you encrypt?"


RELS = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1"'
    b' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
    b' Target="%s"/></Relationships>'
)


@pytest.mark.parametrize(
    ("content", "refusal", "problem"),
    [
        (OLE + "Workbook".encode("utf-16-le"), UnsupportedFormat, "old Excel"),
        (OLE + "WordDocument".encode("utf-16-le"), UnsupportedFormat, "old Office"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), Encrypted, "password"),
        (archive(**{"_rels/.rels": RELS % b"xl/workbook.bin", "xl/workbook.bin": b"x"}), UnsupportedFormat, "xlsb"),
        (
            archive(**{"_rels/.rels": RELS % b"ppt/p.xml", "ppt/p.xml": b"<p:presentation xmlns:p='x'/>"}),
            UnsupportedFormat,
            "presentation",
        ),
        (archive(**{"a.txt": b"hello"}), UnsupportedFormat, "archive"),
        (archive(**{"form.zip": archive(a=b"x")}), Unsafe, "archive"),
        (packed(sheet_content(), mime="application/vnd.oasis.opendocument.text"), UnsupportedFormat, "text document"),
        (b"%PDF-1.4\n1 0 obj", UnsupportedFormat, "PDF"),
        (b"", Damaged, "empty"),
        (b"a,b\n" * 6_000_000, TooLarge, "MB"),
        (form(ROWS)[:4_000], Damaged, "damaged"),
        (with_part(form(ROWS), b"<!DOCTYPE x><x/>"), Unsafe, "document type"),
        (with_part(form(ROWS), part(form(ROWS))[:900]), Damaged, "no XML"),
    ],
)
def test_refusals_say_what_is_wrong(content: bytes, refusal: type[WorkbookRefused], problem: str) -> None:
    with pytest.raises(refusal, match=problem) as refused:
        read(content, "form.xlsx")
    assert refused.value.advice or isinstance(refused.value, (TooLarge, Damaged, Unsafe))


@pytest.mark.parametrize("name", ["ai-caiq-1.1.0-questions.csv", "owasp-asvs-checklist.ods", "nmfta-rfp-template.docx"])
def test_public_files_are_what_their_content_says(name: str) -> None:
    path = SHARED / "workbooks" / name
    if not path.exists():
        pytest.skip("the public questionnaires are not here")
    assert read(path.read_bytes(), "upload").format == path.suffix[1:]


@pytest.mark.parametrize(
    ("kind", "name", "true"),
    [
        (FileFormat.XLSX, "weird.csv", "weird.xlsx"),
        (FileFormat.XLSX, "old.XLS", "old.xlsx"),
        (FileFormat.CSV, "form v1.2.xlsx", "form v1.2.csv"),
        (FileFormat.ODS, "form.docx", "form.ods"),
    ],
)
def test_a_file_under_a_wrong_name_is_named_for_what_it_is(kind: FileFormat, name: str, true: str) -> None:
    content = FILES[kind]
    book = read(content, name)
    assert f"The file is named {name}, but its content is {kind}: filled in, it is named {true}." in book.notes
    assert fill(content, book, [], name=name).name == true


@pytest.mark.parametrize(
    ("kind", "name", "kept"),
    [
        (FileFormat.XLSX, "form.XLSX", "form.XLSX"),
        (FileFormat.XLSX, "template.xltx", "template.xltx"),
        (FileFormat.CSV, "form.tsv", "form.tsv"),
        (FileFormat.DOCX, "Form v1.2 final", "Form v1.2 final.docx"),
        (FileFormat.XLSX, "", ""),
    ],
)
def test_a_name_that_says_nothing_wrong_is_not_noted(kind: FileFormat, name: str, kept: str) -> None:
    book = read(FILES[kind], name)
    assert not any("is named" in note for note in book.notes)
    assert fill(FILES[kind], book, [], name=name).name == kept
