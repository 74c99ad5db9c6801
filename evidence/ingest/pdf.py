"""The text of a PDF by page. Imported in the capped process only."""

from __future__ import annotations

import re

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from evidence.ingest.limits import PAGES
from evidence.ingest.types import IngestRefused, Problem

# PDFium marks the hyphen at which a word goes on in the next line by a code point that is no character.
_BROKEN_WORD = re.compile("[\ufffe\x02](?:\r\n|\r|\n)?")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\uffff]")
_REASONS = {
    raw.FPDF_ERR_PASSWORD: (
        Problem.ENCRYPTED,
        "The PDF is protected by a password.",
        "Save a copy without password and upload that.",
    ),
    raw.FPDF_ERR_SECURITY: (
        Problem.ENCRYPTED,
        "The PDF is encrypted in a way that cannot be opened.",
        "Save a copy without protection and upload that.",
    ),
}
_DAMAGED = (Problem.DAMAGED, "The PDF is damaged and cannot be opened.", "Export it again and upload that.")


def pages(content: bytes) -> list[str]:
    """Return the text of each page.

    :raises IngestRefused: if it is encrypted, damaged, or has too many pages
    """
    document = opened(content)
    return [_page(document, number) for number in range(len(document))]


def opened(content: bytes) -> pdfium.PdfDocument:
    """:raises IngestRefused: if it is encrypted, damaged, or has too many pages"""
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as problem:
        raise IngestRefused(*_REASONS.get(problem.err_code, _DAMAGED)) from problem
    count = len(document)
    if count > PAGES:
        text = f"The PDF has {count:,} pages; {PAGES:,} are read."
        raise IngestRefused(Problem.TOO_LARGE, text, "Upload the part that proves something.")
    if count == 0:
        raise IngestRefused(*_DAMAGED)
    return document


def _page(document: pdfium.PdfDocument, number: int) -> str:
    try:
        page = document[number]
        try:
            text = page.get_textpage().get_text_range()
        finally:
            page.close()
    except pdfium.PdfiumError as problem:
        text = f"Page {number + 1} of the PDF is damaged."
        raise IngestRefused(Problem.DAMAGED, text, "Export it again and upload that.") from problem
    text = _BROKEN_WORD.sub("", text)
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
