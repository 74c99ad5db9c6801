"""How many lines a text takes: what Word would lay out, so that the table of contents can name pages.

Widths are those of Calibri, in thousandths of the size; a reader with another font gets other line ends, and a page
number may then be off until the contents are updated.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from rfp.reporting.word.styles import STYLES
from rfp.reporting.word.xml import Paragraph

LINE_HEIGHT = 1.2207  # of the size: ascent, descent and gap of the font
_WIDE, _SYMBOL, _OTHER = 1000, 850, 560  # an ideograph; a sign another font lends; a letter that is not in the tables
_WORD = re.compile(r"\n| +|[^ \n–—-]*[–—-]+|[^ \n–—-]+")
# fmt: off
_REGULAR = {
    221: "'", 226: ' ', 229: 'il', 239: 'j', 250: ',‘’', 252: '.I·', 268: ':;', 291: '`', 303: '()', 305: 'f',
    306: '-', 307: '[]', 314: '{}', 319: 'J', 326: '!', 335: 't', 339: '°', 349: 'r', 386: '/\\', 391: 's', 395: 'z',
    401: '"', 418: '“”', 420: 'L', 423: 'c', 433: 'x', 452: 'v', 453: 'y', 455: 'k', 459: 'FS', 460: '|', 463: '?',
    468: 'Z', 471: 'g', 479: 'a', 487: 'TY', 488: 'E', 498: '#*+<=>^_e~–•§×', 507: '$0123456789€', 517: 'P', 519: 'X',
    520: 'K', 525: 'bdhnpqu', 527: 'o', 533: 'C', 543: 'R', 544: 'B', 567: 'V', 579: 'A', 615: 'D', 623: 'H',
    631: 'G', 642: 'U', 646: 'N', 662: 'O', 673: 'Q', 682: '&', 690: '…', 715: '%w', 799: 'm', 855: 'M', 890: 'W',
    894: '@', 905: '—',
}
_BOLD = {
    226: ' ', 233: "'", 246: 'il', 255: 'j', 258: ',‘’', 267: '.I', 268: '·', 276: ':;', 300: '`', 306: '-',
    312: '()', 316: 'f', 325: '[]', 326: '!', 331: 'J', 342: '°', 344: '{}', 347: 't', 355: 'r', 397: 'z', 399: 's',
    418: 'c', 423: 'L', 430: '/\\', 435: '“”', 438: '"', 459: 'Fx', 463: '?', 473: 'Sv', 474: 'gy', 475: '|',
    478: 'Z', 480: 'k', 488: 'E', 494: 'a', 495: 'T', 498: '#*+<=>^_~–•§×', 503: 'e', 507: '$0123456789€', 520: 'Y',
    529: 'C', 532: 'P', 537: 'bdhnpqu', 538: 'o', 547: 'K', 551: 'X', 561: 'B', 563: 'R', 591: 'V', 606: 'A',
    630: 'D', 631: 'H', 637: 'G', 653: 'U', 659: 'N', 676: 'O', 686: 'Q', 705: '&', 711: '…', 729: '%', 745: 'w',
    813: 'm', 874: 'M', 898: '@', 905: '—', 906: 'W',
}
# fmt: on
_WIDTHS = {
    bold: {character: width for width, characters in table.items() for character in characters}
    for bold, table in ((False, _REGULAR), (True, _BOLD))
}


def paragraph_height(paragraph: Paragraph, width: float) -> float:
    """Return the height of a paragraph in points, with the distance below it, in a column WIDTH points wide."""
    style = STYLES[paragraph.style]
    runs = [(run.text, run.bold or style.bold) for run in paragraph.runs]
    lines = line_count(runs, size=style.size, width=width - style.indent)
    line = style.exact or round(style.size * LINE_HEIGHT * style.line * 20) / 20  # layouts count in twentieths
    return style.before + lines * line + style.after


def stacked(paragraphs: Iterable[Paragraph], width: float) -> Iterator[float]:
    """Yield the heights of paragraphs below each other: of the distances between two, the larger counts."""
    after = 0.0
    for paragraph in paragraphs:
        style = STYLES[paragraph.style]
        yield paragraph_height(paragraph, width) - min(after, style.before)
        after = style.after


def line_count(runs: Iterable[tuple[str, bool]], *, size: float, width: float) -> int:
    """Return the number of lines of RUNS, pairs of text and whether it is bold."""
    room = width * 1000 / size
    lines, at = 1, 0
    for text, bold in runs:
        for word in _WORD.findall(text):
            if word == "\n":
                lines, at = lines + 1, 0
                continue
            wide = _width(word, bold)
            if word[0] != " " and at and at + wide > room:
                lines, at = lines + 1, 0
            at += wide
            if at > room and word[0] != " ":  # one longer than the line is broken where the line ends
                lines, at = lines + int(at // room), int(at % room)
    return lines


@lru_cache(maxsize=65536)
def _width(word: str, bold: bool) -> int:
    table = _WIDTHS[bold]
    return sum(table[character] if character in table else _unlisted(character, bold) for character in word)


@lru_cache(maxsize=4096)
def _unlisted(character: str, bold: bool) -> int:
    if unicodedata.east_asian_width(character) in "WF":
        return _WIDE
    if unicodedata.category(character).startswith("S"):
        return _SYMBOL
    base = unicodedata.normalize("NFD", character)[0]
    return _WIDTHS[bold].get(base, _OTHER)
