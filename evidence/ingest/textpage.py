"""A page of text set out as a picture (SVG): for files that store words and not how their pages look.

A browser draws it with a font of its own, whose widths are not known here. Each run of text is therefore told how wide
it is to be, so that the mark under a quote lies under its words.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise
from xml.sax.saxutils import escape

from evidence.ingest.folding import Stretch, stretches

SIZE, LINE, MARGIN, PAGE = 11.0, 17.0, 56.0, 595.0  # points; a sheet of A4 is 595 wide
LEAST_TALL = 842.0
_NOTE = "The text of the Word file. How its pages look is not shown."
_NARROW = frozenset("iljtfrI.,:;'!|()[]-")


def set_out(text: str, *, quote: str, width: int) -> str:
    """Return the text as an SVG picture of that width, the quote marked where it stands."""
    marked = stretches(text, quote) if quote else ()
    rows = list(_rows(text))
    tall = max(LEAST_TALL, 2 * MARGIN + LINE * (len(rows) + 2))
    drawn = [
        piece for number, row in enumerate(rows) for piece in _row(text, row, marked, MARGIN + LINE * (number + 1))
    ]
    note = f'<text x="{MARGIN:g}" y="{tall - MARGIN / 2:g}" font-size="8.5" fill="#625c51">{_NOTE}</text>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{round(width * tall / PAGE)}" '
        f'viewBox="0 0 {PAGE:g} {tall:g}" font-family="Calibri, Carlito, sans-serif" font-size="{SIZE:g}">'
        f'<rect width="100%" height="100%" fill="#fffefb"/>{"".join(drawn)}{note}</svg>'
    )


def _rows(text: str) -> Iterator[Stretch]:
    """Yield the stretches of the text that stand on a line of their own, broken between words."""
    at = 0
    for line in text.split("\n"):
        start, used, end = at, 0.0, at
        for word in _words(line, at):
            wide = _width(text[end : word.end])
            if used + wide > PAGE - 2 * MARGIN and end > start:
                yield Stretch(start, end)
                start, used, wide = word.start, 0.0, _width(text[word.start : word.end])
            used, end = used + wide, word.end
        yield Stretch(start, end)
        at += len(line) + 1


def _words(line: str, at: int) -> Iterator[Stretch]:
    """Yield the words of a line; one longer than a line is cut."""
    most = int((PAGE - 2 * MARGIN) / SIZE)
    place = 0
    for word in line.split():
        place = line.index(word, place)
        for start in range(place, place + len(word), most):
            yield Stretch(at + start, at + min(start + most, place + len(word)))
        place += len(word)


def _row(text: str, row: Stretch, marked: Sequence[Stretch], base: float) -> Iterator[str]:
    """Yield the runs of a line, each with the mark under it."""
    edges = {edge for mark in marked for edge in mark if row.start < edge < row.end}
    places = sorted({row.start, row.end, *edges})
    at = MARGIN
    for start, end in pairwise(places):
        run = text[start:end]
        wide = _width(run)
        if any(mark.start <= start and end <= mark.end for mark in marked):
            across = f'<rect x="{at - 1:.1f}" width="{wide + 2:.1f}"'
            yield f'{across} y="{base - SIZE:.1f}" height="{LINE - 2:g}" fill="#ffe278"/>'
            yield f'{across} y="{base + 4:.1f}" height="1.5" fill="#b06c00"/>'
        yield (
            f'<text x="{at:.1f}" y="{base:.1f}" textLength="{wide:.1f}" lengthAdjust="spacingAndGlyphs" '
            f'xml:space="preserve" fill="#211f1b">{escape(_printable(run))}</text>'
        )
        at += wide


def _printable(text: str) -> str:
    # XML has no place for control characters.
    return "".join(character if character.isprintable() else " " for character in text)


def _width(text: str) -> float:
    return SIZE * sum(map(_share, text))


def _share(character: str) -> float:
    """Return about how wide a character is, in ems."""
    if unicodedata.east_asian_width(character) in "WF":
        return 1.0
    if unicodedata.combining(character):
        return 0.0
    if character.isspace():
        return 0.24
    if character in _NARROW:
        return 0.29
    if character.isupper() or character in "mwMW@%":
        return 0.64
    return 0.5
