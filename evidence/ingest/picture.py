"""A page of a PDF as a picture with a quote marked on it. Imported in the capped process only."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from evidence.ingest import png
from evidence.ingest.folding import Stretch, stretches
from evidence.ingest.limits import TALLEST, TEXT
from evidence.ingest.pdf import opened
from evidence.ingest.types import IngestRefused, Problem

_MARGIN = 2  # pixels around the marked words
_BORDER = 2
# What is left of red, green and blue under the mark: as a marker pen leaves it.
_PEN = tuple(bytes(value * share // 255 for value in range(256)) for share in (255, 226, 120))
_EDGE = bytes((176, 108, 0))


class Box(NamedTuple):
    left: float
    bottom: float
    right: float
    top: float


def draw(content: bytes, *, page: int, width: int, quote: str) -> bytes:
    """Return the page as a PNG of about that width, the quote marked where the page has it.

    :raises IngestRefused: if the PDF cannot be opened, has no such page, or the page cannot be drawn
    """
    document = opened(content)
    if not 1 <= page <= len(document):
        raise IngestRefused(Problem.NO_PAGE, f"The document has no page {page}.", "Choose another page.")
    try:
        sheet = document[page - 1]
        across, down = sheet.get_size()
        # A page as narrow as a thread would be a picture as tall as memory allows.
        scale = min(width / max(across, 1.0), TALLEST * width / max(down, 1.0))
        bitmap = sheet.render(scale=scale, may_draw_forms=False, rev_byteorder=True, force_bitmap_format=_RGB)
        pixels = _pixels(bitmap)
        for box in _boxes(sheet, quote) if quote else ():
            _mark(pixels, bitmap, _placed(bitmap.get_posconv(sheet), box))
    except pdfium.PdfiumError as problem:
        text = f"Page {page} of the PDF cannot be drawn."
        raise IngestRefused(Problem.DAMAGED, text, "Open the document itself.") from problem
    return png.encode(pixels, width=bitmap.width, height=bitmap.height)


_RGB = raw.FPDFBitmap_BGR  # with its bytes reversed


def _pixels(bitmap: pdfium.PdfBitmap) -> bytearray:
    """Return the pixels without what pads each row."""
    row = 3 * bitmap.width
    stored = bytes(bitmap.buffer)
    return bytearray(b"".join(stored[n * bitmap.stride : n * bitmap.stride + row] for n in range(bitmap.height)))


def _boxes(sheet: pdfium.PdfPage, quote: str) -> list[Box]:
    """Return a box for each line of the quote."""
    textpage = sheet.get_textpage()
    count = min(textpage.count_chars(), TEXT)
    # Character by character: a place in this text is a place on the page.
    text = "".join(chr(raw.FPDFText_GetUnicode(textpage, number) or 32) for number in range(count))
    return [box for stretch in stretches(text, quote) for box in _lines(textpage, text, stretch)]


def _lines(textpage: pdfium.PdfTextPage, text: str, stretch: Stretch) -> Iterator[Box]:
    held: Box | None = None
    for number in range(*stretch):
        box = None if text[number].isspace() else _box(textpage, number)
        if box is None:
            continue
        if held is None:
            held = box
        elif box.bottom < held.top and box.top > held.bottom and box.right >= held.left:
            held = Box(
                min(held.left, box.left),
                min(held.bottom, box.bottom),
                max(held.right, box.right),
                max(held.top, box.top),
            )
        else:
            yield held
            held = box
    if held is not None:
        yield held


def _box(textpage: pdfium.PdfTextPage, number: int) -> Box | None:
    """Return where a character is, None for those that a text has and a page does not show."""
    sides = [ctypes.c_double() for _ in range(4)]
    left, right, bottom, top = sides
    if not raw.FPDFText_GetCharBox(textpage, number, left, right, bottom, top) or right.value <= left.value:
        return None
    return Box(left.value, bottom.value, right.value, top.value)


def _placed(positions: pdfium.PdfPosConv, box: Box) -> tuple[int, int, int, int]:
    """Return the box in pixels: left, top, right, bottom; a page may be turned."""
    first, second = positions.to_bitmap(box.left, box.top), positions.to_bitmap(box.right, box.bottom)
    (left, right), (top, bottom) = (sorted(pair) for pair in zip(first, second, strict=True))
    return left, top, right, bottom


def _mark(pixels: bytearray, bitmap: pdfium.PdfBitmap, place: tuple[int, int, int, int]) -> None:
    around = _MARGIN + _BORDER
    left, right = max(place[0] - around, 0), min(place[2] + around, bitmap.width)
    top, bottom = max(place[1] - around, 0), min(place[3] + around, bitmap.height)
    if left >= right:
        return
    for line in range(top, bottom):
        start, end = 3 * (line * bitmap.width + left), 3 * (line * bitmap.width + right)
        if bottom - line <= _BORDER:
            # Underlined too: not everybody tells the colour from the paper.
            pixels[start:end] = _EDGE * (right - left)
            continue
        for colour, pen in enumerate(_PEN):
            pixels[start + colour : end : 3] = pixels[start + colour : end : 3].translate(pen)
