"""Read a questionnaire file: what it is, is told by its content, never by its name."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from rfp.workbook import csv_file, guard
from rfp.workbook.docx import read as docx
from rfp.workbook.errors import Encrypted, UnsupportedFormat
from rfp.workbook.guard import Package, open_package
from rfp.workbook.model import Book
from rfp.workbook.names import misnamed
from rfp.workbook.ods import read as ods
from rfp.workbook.xlsx import book as xlsx
from rfp.workbook.xlsx.parts import relations

_ODS = ("application/vnd.oasis.opendocument.spreadsheet", "application/vnd.oasis.opendocument.spreadsheet-template")
_ROOT = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?([A-Za-z]+)[\s>/]")
_TEXTS_THAT_ARE_NO_TABLE = (
    (b"%pdf-", "a PDF", "Ask the buyer for the xlsx, ods, csv or docx file it was made from."),
    (b"{\\rtf", "a rich text file", "Open it in Word, save it as docx and upload that."),
    (b"<?xml", "an XML file", "Open it in Excel or LibreOffice, save it as xlsx and upload that."),
    (b"<!doctype html", "a web page", "Open it in Excel or LibreOffice, save it as xlsx and upload that."),
    (b"<html", "a web page", "Open it in Excel or LibreOffice, save it as xlsx and upload that."),
    (b"mime-version:", "a web archive", "Open it in Excel, save it as xlsx and upload that."),
    (b"\x89png", "a picture", "Ask the buyer for the file itself, as xlsx, ods, csv or docx."),
    (b"\xff\xd8\xff", "a picture", "Ask the buyer for the file itself, as xlsx, ods, csv or docx."),
)


def read(content: bytes, name: str) -> Book:
    """Return the file as a book. The name only helps where a text could be a table of one column; a wrong one is noted.

    :raises WorkbookRefused: if it cannot be read; the text says what to do
    """
    guard.check_size(content)
    book = _read(content, name)
    note = misnamed(name, book.format)
    return replace(book, notes=(*book.notes, note)) if note else book


def check(content: bytes, name: str) -> None:
    """Look at what the file is, without reading its sheets: quick, and enough to refuse what can never be read.

    :raises WorkbookRefused: if it is nothing that can be filled in; the text says what to do
    """
    guard.check_size(content)
    _reader(content, name)


def _read(content: bytes, name: str) -> Book:
    return _reader(content, name)()


def _reader(content: bytes, name: str) -> Callable[[], Book]:
    if content.startswith((guard.ZIP, guard.EMPTY_ZIP, guard.OLE)):
        return _package_reader(content, name)
    # The mark of UTF-8 may stand before any of them.
    head = content[:100].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for start, what, advice in _TEXTS_THAT_ARE_NO_TABLE:
        if head.startswith(start):
            raise UnsupportedFormat(f"{name} is {what}, and cannot be filled in as it is.", advice)
    return partial(csv_file.read, content, name)


def _package_reader(content: bytes, name: str) -> Callable[[], Book]:
    package = open_package(content)
    if "mimetype" in package:
        return _open_document_reader(package, name)
    main = next((rel.target for rel in relations(package, "").values() if rel.kind == "officeDocument"), "")
    if main.endswith(".bin"):
        text = "This is a binary Excel file (xlsb), which cannot be filled without loss."
        raise UnsupportedFormat(text, "Open it in Excel, save it as xlsx and upload that.")
    root = _ROOT.search(re.sub(rb"<[?!].*?>", b"", package.prolog(main))) if main in package else None
    kind = root[1] if root is not None else b""
    if kind == b"document":
        return partial(docx.read, content)
    if kind == b"presentation":
        raise UnsupportedFormat(f"{name} is a presentation.", "Upload the questionnaire as xlsx, ods, csv or docx.")
    if "[Content_Types].xml" in package:
        return partial(xlsx.read, content)
    text = f"{name} is an archive, not a questionnaire."
    raise UnsupportedFormat(text, "Unpack it and upload the xlsx, ods, csv or docx file in it.")


def _open_document_reader(package: Package, name: str) -> Callable[[], Book]:
    kind = package.read("mimetype").decode("ascii", "replace").strip()
    if "META-INF/manifest.xml" in package and b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise Encrypted("The file is protected by a password.", "Remove the password and upload it again.")
    if kind not in _ODS:
        what = "a text document of OpenDocument" if "opendocument.text" in kind else "no spreadsheet"
        raise UnsupportedFormat(f"{name} is {what}.", "Save it as docx, ods or xlsx and upload that.")
    return partial(ods.read, package.content)
