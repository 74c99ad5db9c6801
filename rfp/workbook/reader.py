"""Read a questionnaire file: what it is, is told by its content, never by its name."""

from __future__ import annotations

from rfp.workbook import guard
from rfp.workbook.errors import UnsupportedFormat
from rfp.workbook.guard import open_package
from rfp.workbook.model import Book
from rfp.workbook.xlsx import book as xlsx


def read(content: bytes, name: str) -> Book:
    """Return the file as a book.

    :raises WorkbookRefused: if it cannot be read; the text says what to do
    """
    guard.check_size(content)
    if content.startswith((guard.ZIP, guard.EMPTY_ZIP, guard.OLE)):
        package = open_package(content)
        if "xl/workbook.bin" in package:
            text = "This is a binary Excel file (xlsb), which cannot be filled without loss."
            raise UnsupportedFormat(text, "Open it in Excel, save it as xlsx and upload that.")
        if "[Content_Types].xml" in package and not any(part.startswith("word/") for part in package.names):
            return xlsx.read(content)
    raise UnsupportedFormat(f"{name} is no workbook that can be read.", "Upload xlsx or xlsm.")
