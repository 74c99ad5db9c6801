"""Write answers into the buyer's own file, whatever its format."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from rfp.workbook import csv_file
from rfp.workbook.docx import fill as docx
from rfp.workbook.errors import UnsupportedFormat
from rfp.workbook.model import Book, Fidelity, FileFormat, Filled, Write
from rfp.workbook.names import true_name
from rfp.workbook.ods import fill as ods
from rfp.workbook.xlsx import fill as xlsx

Fill = Callable[[bytes, Book, Sequence[Write]], tuple[bytes, Fidelity]]

# Each takes the original and returns it filled, with the comparison of the two.
_FILLERS: Mapping[FileFormat, Fill] = {
    FileFormat.XLSX: xlsx.fill,
    FileFormat.XLSM: xlsx.fill,
    FileFormat.CSV: csv_file.fill,
    FileFormat.DOCX: docx.fill,
    FileFormat.ODS: ods.fill,
}


def fill(content: bytes, book: Book, writes: Sequence[Write], *, name: str = "") -> Filled:
    """Return the file CONTENT, read before as BOOK, with WRITES in it; its name ends as its format asks for.

    :raises WriteRefused: if an answer may not go where it is to go; the text names the cell and says what to do
    :raises FidelityBroken: if anything but the answers changed; the text lists what
    :raises UnsupportedFormat: if files of this format are read only
    """
    filler = _FILLERS.get(book.format)
    if filler is None:
        raise UnsupportedFormat(f"A {book.format} file is not written.", "Upload the questionnaire as xlsx.")
    filled, fidelity = filler(content, book, writes)
    return Filled(name=true_name(name, book.format), content=filled, fidelity=fidelity)
