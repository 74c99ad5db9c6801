"""Texts of cells: plain or in runs, shared by many cells or written inside one."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from xml.parsers import expat

from rfp.workbook.errors import TooLarge
from rfp.workbook.guard import Limits
from rfp.workbook.plain_text import clean
from rfp.workbook.xlsx.parsing import SPACE, run

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


class TextReader:
    """Takes over a parser inside a text item: joins its runs, leaves out the phonetic guide.

    ``done`` gets the text when the element named ``item`` ends.
    """

    def __init__(self, parser: expat.XMLParserType, prefix: str, item: str, done: Callable[[str], None]) -> None:
        self._parser = parser
        self._item, self._text, self._guide = prefix + item, prefix + "t", prefix + "rPh"
        self._done = done
        self._texts: list[str] = []
        self._in_guide = False

    def take_over(self) -> None:
        self._texts.clear()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == self._text:
            if not self._in_guide:
                self._parser.CharacterDataHandler = self._texts.append
        elif name == self._guide:
            self._in_guide = True

    def _end(self, name: str) -> None:
        if name == self._text:
            self._parser.CharacterDataHandler = None
        elif name == self._item:
            texts = self._texts
            self._done(unescape(texts[0] if len(texts) == 1 else "".join(texts)))
            texts.clear()
        elif name == self._guide:
            self._in_guide = False


def read_shared(data: bytes, part: str, limits: Limits) -> list[str]:
    """Return the shared strings by their number, clean.

    :raises TooLarge: if one is longer than a cell may be
    :raises Damaged: if the part is no well-formed XML
    """
    strings: list[str] = []

    def keep(text: str) -> None:
        if len(text) > limits.text:
            raise TooLarge(f"A cell holds {len(text):,} characters; {limits.text:,} are allowed.")
        strings.append(clean(text))

    def root(name: str, attributes: Mapping[str, str]) -> None:
        TextReader(parser, name[: name.rfind(SPACE) + 1], "si", keep).take_over()

    parser = expat.ParserCreate(namespace_separator=SPACE)
    parser.buffer_text = True
    parser.StartElementHandler = root
    run(parser, data, part)
    return strings


def unescape(text: str) -> str:
    """Resolve Excel's escapes of characters that XML cannot hold (``_x000D_``)."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
