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
from rfp.workbook.xlsx.parsing import SPACE, PrefixChangesError, run
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


_BEHIND_TABLE = (
    "sheetProtection",
    "autoFilter",
    "mergeCells",
    "conditionalFormatting",
    "dataValidations",
    "pageMargins",
)
_NOWHERE = Tag(0, 0, b"", False)


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
    root: Tag = _NOWHERE
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
        found = row.elements.get(column)
        if found is None:
            start, reported = row.cells[column]
            tag = tag_at(self.data, start)
            found = Element(tag, tag.end, tag.end) if tag.empty else Element(tag, reported, self.behind(reported))
            row.elements[column] = found
        return found

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


def scan(data: bytes, part: str, wanted: Collection[int]) -> SheetMap:
    """Map the sheet part DATA, looking into the rows WANTED.

    :raises Damaged: if it is no well-formed sheet
    """
    try:
        return _Scanner(data, part, wanted, namespaces=False).run()
    except PrefixChangesError:
        return _Scanner(data, part, wanted, namespaces=True).run()


class _Scanner:
    """Two pairs of handlers: one in the rows to be looked into, and one for everything else.

    Most sheets are mostly rows without answers. In those the parser calls for starts alone, and names are compared
    as they are written.
    """

    def __init__(self, data: bytes, part: str, wanted: Collection[int], *, namespaces: bool) -> None:
        self._part = part
        self._wanted = wanted
        self._map = SheetMap(data)
        self._latest = 0
        self._column = self._digits = 0
        self._columns: dict[str, int] = {}
        self._row = Row(0, _NOWHERE)
        self._cell_start = 0
        self._open: dict[str, Tag] = {}
        self._namespaces = namespaces
        self._parser = self._new_parser()
        self._parser.StartElementHandler = self._root
        self._parser.XmlDeclHandler = self._declaration

    def _new_parser(self) -> expat.XMLParserType:
        return expat.ParserCreate(namespace_separator=SPACE if self._namespaces else None)

    def run(self) -> SheetMap:
        run(self._parser, self._map.data, self._part)
        if self._map.sheet_data is None and self._map.row_starts:
            self._find_table_end(self._map.row_starts[-1][1])
        if self._map.sheet_data is None:
            raise Damaged(f"The file is damaged: its part {self._part} holds no table.", "Open and save it again.")
        return self._map

    def _declaration(self, version: str, encoding: str | None, standalone: int) -> None:
        self._map.utf8 = encoding is None or encoding.casefold() == "utf-8"

    def _root(self, name: str, attributes: Mapping[str, str]) -> None:
        self._map.root = tag_at(self._map.data, self._parser.CurrentByteIndex)
        prefix = name[: name.rfind(SPACE if self._namespaces else ":") + 1]
        self._row_name, self._cell_name, self._formula_name = prefix + "row", prefix + "c", prefix + "f"
        self._table_name = prefix + "sheetData"
        self._others = {prefix + tag: tag for tag in ("sheetData", "dimension", "cols", "col")}
        # Under another prefix, or under none where the root has one; a name too many only costs time.
        table_tags = ("row", "c", "sheetData")
        others = tuple(":" + tag for tag in table_tags) + (table_tags if prefix else ())
        self._foreign = () if self._namespaces else others
        self._behind = {prefix + tag for tag in _BEHIND_TABLE}
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == self._cell_name:
            return
        if name == self._row_name:
            self._start_row(attributes)
        elif name == self._formula_name:
            self._note_array(attributes)
        elif name in self._others:
            tag = tag_at(self._map.data, self._parser.CurrentByteIndex)
            self._open[name] = tag
            if self._others[name] == "dimension":
                self._map.dimension = tag
        elif name in self._behind:
            self._foreign = ()  # what is called a row from here on belongs to a drawing
        elif name.endswith(self._foreign):
            raise PrefixChangesError

    def _find_table_end(self, start: int) -> None:
        """Parse from the last row on, whose end was not asked for, behind the head that gives it its context."""
        data, table = self._map.data, self._open[self._table_name]
        head = data[: self._map.root.end] + data[table.start : table.end]
        parser = self._new_parser()

        def end(name: str) -> None:
            if name == self._table_name:
                close = parser.CurrentByteIndex - len(head) + start
                self._map.sheet_data = Element(table, close, self._map.behind(close))
                parser.EndElementHandler = None

        parser.EndElementHandler = end
        run(parser, head + data[start:], self._part)

    def _end(self, name: str) -> None:
        if name not in self._others:
            return
        kind, element = self._others[name], self._element(self._open[name])
        if kind == "sheetData":
            self._map.sheet_data = element
        elif kind == "cols":
            self._map.columns = element
        elif kind == "col":
            self._map.column_groups.append(element)

    def _note_array(self, attributes: Mapping[str, str]) -> None:
        if attributes.get("t") in ("array", "dataTable"):
            self._map.array_areas += areas(attributes.get("ref", ""))

    def _start_row(self, attributes: Mapping[str, str]) -> None:
        start = self._parser.CurrentByteIndex
        number = attributes.get("r")
        self._latest = int(number) if number else self._latest + 1
        self._map.row_starts.append((self._latest, start))
        if self._latest in self._wanted:
            self._row = Row(self._latest, tag_at(self._map.data, start))
            self._column = 0
            self._digits = len(str(self._latest))
            self._parser.StartElementHandler = self._start_in_row
            self._parser.EndElementHandler = self._end_in_row
        else:
            self._parser.EndElementHandler = None

    def _start_in_row(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == self._cell_name:
            self._cell_start = self._parser.CurrentByteIndex
            try:
                self._column = self._columns[attributes["r"][: -self._digits]]
            except KeyError:
                self._column = self._learn_column(attributes.get("r"))
        elif name == self._formula_name:
            self._row.formulas.add(self._column)
            self._note_array(attributes)
        elif name.endswith(self._foreign):
            raise PrefixChangesError

    def _learn_column(self, reference: str | None) -> int:
        if reference is None:
            return self._column + 1
        column = column_number(reference)
        letters = reference[: -self._digits]
        if letters.isalpha():
            self._columns[letters] = column
        return column

    def _end_in_row(self, name: str) -> None:
        if name == self._cell_name:
            self._row.cells[self._column] = (self._cell_start, self._parser.CurrentByteIndex)
        elif name == self._row_name:
            row = self._row
            _, row.close, row.end = self._element(row.tag)
            self._map.rows[row.number] = row
            self._parser.StartElementHandler = self._start
            self._parser.EndElementHandler = self._end

    def _element(self, tag: Tag) -> Element:
        if tag.empty:
            return Element(tag, tag.end, tag.end)
        close = self._parser.CurrentByteIndex
        return Element(tag, close, self._map.behind(close))
