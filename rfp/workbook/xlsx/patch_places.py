"""The places in a sheet part that matter for changing some of its cells, as offsets in its bytes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from rfp.workbook.errors import Damaged
from rfp.workbook.model import Area

# One start tag, from its own "<": quoted values may hold ">" and "/".
_TAG = re.compile(rb"""<([^\s/>]+)((?:\s+[^\s=]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(/?)>""")
_CELL_END = re.compile(rb"</c\s*>")
_ATTRIBUTE = re.compile(rb"""(\s+)([^\s=]+)\s*=\s*("[^"]*"|'[^']*')""")


class Tag(NamedTuple):
    """A start tag. ``end`` is behind its ``>``."""

    start: int
    end: int
    name: bytes
    empty: bool

    @property
    def prefix(self) -> bytes:
        """The namespace prefix with its colon, or nothing."""
        head, colon, _ = self.name.rpartition(b":")
        return head + colon


NOWHERE = Tag(0, 0, b"", False)


class Element(NamedTuple):
    """A start tag with everything up to the end of its end tag. ``close`` is where the end tag begins."""

    tag: Tag
    close: int
    end: int


@dataclass(slots=True)
class Row:
    """A row to be looked into. ``cells`` maps a column to where its cell begins and where its end was reported."""

    number: int
    tag: Tag
    cells: dict[int, tuple[int, int]] = field(default_factory=dict)
    formulas: set[int] = field(default_factory=set)
    close: int = 0
    end: int = 0
    elements: dict[int, Element] = field(default_factory=dict)  # of cells that were looked at


@dataclass(slots=True)
class SheetMap:
    """The places in a sheet part that matter for changing some of its cells."""

    data: bytes
    root: Tag = NOWHERE
    utf8: bool = True
    sheet_data: Element | None = None
    dimension: Tag | None = None
    columns: Element | None = None
    column_groups: list[Element] = field(default_factory=list)  # each col element
    row_starts: list[tuple[int, int]] = field(default_factory=list)  # number and offset, in file order
    rows: dict[int, Row] = field(default_factory=dict)
    array_areas: list[Area] = field(default_factory=list)

    def cell(self, row: Row, column: int) -> Element:
        """Return the place of a stored cell.

        The parser reports the end of an empty element behind its tag, any other where its end tag begins. Where none
        was reported, the sheet is plain and the next end tag of a cell is its own.
        """
        found = row.elements.get(column)
        if found is None:
            start, reported = row.cells[column]
            tag = tag_at(self.data, start)
            if tag.empty:
                found = Element(tag, tag.end, tag.end)
            else:
                close = reported or self._end_of_cell(tag.end)
                found = Element(tag, close, self.behind(close))
            row.elements[column] = found
        return found

    def _end_of_cell(self, start: int) -> int:
        found = _CELL_END.search(self.data, start)
        if found is None:
            raise Damaged("The file is damaged: a cell of a sheet has no end.", "Open and save it again.")
        return found.start()

    def behind(self, end_tag: int) -> int:
        """Return the offset behind the end tag that begins at END_TAG."""
        return self.data.index(b">", end_tag) + 1

    @property
    def table(self) -> Element:
        """The sheetData element; ``scan`` refuses a part without one."""
        assert self.sheet_data is not None
        return self.sheet_data


def tag_at(data: bytes, start: int) -> Tag:
    """Return the start tag that begins at START, which a parser has reported."""
    found = _TAG.match(data, start)
    if found is None:
        raise Damaged("The file is damaged: a sheet holds a tag that cannot be read.", "Open and save it again.")
    return Tag(start, found.end(), found[1], bool(found[3]))


def attribute_spans(data: bytes, tag: Tag) -> dict[bytes, tuple[int, int]]:
    """Return where each attribute lies, the blank before it included."""
    return {
        found[2]: (found.start(), found.end())
        for found in _ATTRIBUTE.finditer(data, tag.start + 1 + len(tag.name), tag.end)
    }


def attribute_value(data: bytes, span: tuple[int, int]) -> bytes:
    return data[span[0] : span[1]].partition(b"=")[2].strip()[1:-1]


def column_range(data: bytes, tag: Tag) -> tuple[int, int]:
    """Return the first and last column that a col tag describes, zeros if it does not say."""
    spans = attribute_spans(data, tag)
    if b"min" not in spans:
        return 0, 0
    first = int(attribute_value(data, spans[b"min"]))
    return first, int(attribute_value(data, spans[b"max"])) if b"max" in spans else first
