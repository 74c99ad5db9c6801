"""Where the cells of a sheet lie in its bytes.

One pass of a streaming parser that reports byte offsets. Text search would mistake comments, CDATA, attribute values
and inline text for cells; a tree would have to be written out again and change bytes everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.parsers import expat

from rfp.workbook.errors import Damaged
from rfp.workbook.model import Area
from rfp.workbook.xlsx.parsing import SPACE, run
from rfp.workbook.xlsx.references import areas, column_number

# One start tag, from its own "<": quoted values may hold ">" and "/".
_TAG = re.compile(rb"""<([^\s/>]+)((?:\s+[^\s=]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(/?)>""")
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


@dataclass(slots=True)
class SheetMap:
    """The places in a sheet part that matter for changing some of its cells."""

    data: bytes
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

        The parser reports the end of an empty element behind its tag, any other where its end tag begins.
        """
        start, reported = row.cells[column]
        tag = tag_at(self.data, start)
        return Element(tag, tag.end, tag.end) if tag.empty else Element(tag, reported, self.behind(reported))

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


def scan(data: bytes, part: str, wanted: Collection[int]) -> SheetMap:
    """Map the sheet part DATA, looking into the rows WANTED.

    :raises Damaged: if it is no well-formed sheet
    """
    return _Scanner(data, part, wanted).run()


class _Scanner:
    def __init__(self, data: bytes, part: str, wanted: Collection[int]) -> None:
        self.part = part
        self.wanted = wanted
        self.map = SheetMap(data)
        self.latest = 0
        self.column = 0
        self.row: Row | None = None
        self.cell_start = 0
        self.sheet_data_tag: Tag | None = None
        self.columns_tag: Tag | None = None
        self.column_tag: Tag | None = None
        self.parser = expat.ParserCreate(namespace_separator=SPACE)
        self.parser.StartElementHandler = self._root
        self.parser.XmlDeclHandler = self._declaration

    def run(self) -> SheetMap:
        run(self.parser, self.map.data, self.part)
        if self.map.sheet_data is None:
            raise Damaged(f"The file is damaged: its part {self.part} holds no table.", "Open and save it again.")
        return self.map

    def _declaration(self, version: str, encoding: str | None, standalone: int) -> None:
        self.map.utf8 = encoding is None or encoding.casefold() == "utf-8"

    def _root(self, name: str, attributes: Mapping[str, str]) -> None:
        space = name[: name.rfind(SPACE) + 1]
        self.names = {space + tag: tag for tag in ("row", "c", "f", "sheetData", "dimension", "cols", "col")}
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        tag = self.names.get(name)
        if tag is None:
            return
        if tag == "c":
            if self.row is not None:
                self.cell_start = self.parser.CurrentByteIndex
                reference = attributes.get("r")
                self.column = column_number(reference) if reference else self.column + 1
        elif tag == "row":
            self._start_row(attributes)
        elif tag == "f":
            if self.row is not None:
                self.row.formulas.add(self.column)
            if attributes.get("t") in ("array", "dataTable"):
                self.map.array_areas += areas(attributes.get("ref", ""))
        else:
            self._start_other(tag, tag_at(self.map.data, self.parser.CurrentByteIndex))

    def _start_row(self, attributes: Mapping[str, str]) -> None:
        start = self.parser.CurrentByteIndex
        number = attributes.get("r")
        self.latest = int(number) if number else self.latest + 1
        self.map.row_starts.append((self.latest, start))
        if self.latest in self.wanted:
            self.row = Row(self.latest, tag_at(self.map.data, start))
            self.column = 0

    def _start_other(self, tag: str, place: Tag) -> None:
        if tag == "sheetData":
            self.sheet_data_tag = place
        elif tag == "dimension":
            self.map.dimension = place
        elif tag == "cols":
            self.columns_tag = place
        elif tag == "col":
            self.column_tag = place

    def _end(self, name: str) -> None:
        tag = self.names.get(name)
        if tag is None:
            return
        if tag == "c":
            if self.row is not None:
                self.row.cells[self.column] = (self.cell_start, self.parser.CurrentByteIndex)
        elif tag == "row":
            if self.row is not None:
                self._end_row(self.row)
        elif tag == "sheetData" and self.sheet_data_tag is not None:
            self.map.sheet_data = self._element(self.sheet_data_tag)
        elif tag == "col" and self.column_tag is not None:
            self.map.column_groups.append(self._element(self.column_tag))
        elif tag == "cols" and self.columns_tag is not None:
            self.map.columns = self._element(self.columns_tag)

    def _end_row(self, row: Row) -> None:
        _, row.close, row.end = self._element(row.tag)
        self.map.rows[row.number] = row
        self.row = None

    def _element(self, tag: Tag) -> Element:
        if tag.empty:
            return Element(tag, tag.end, tag.end)
        close = self.parser.CurrentByteIndex
        return Element(tag, close, self.map.behind(close))
