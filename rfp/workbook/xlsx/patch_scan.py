"""Where the cells of a sheet lie in its bytes.

One pass of a streaming parser that reports byte offsets. Text search would mistake comments, CDATA, attribute values
and inline text for cells; a tree would have to be written out again and change bytes everywhere.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from xml.parsers import expat

from rfp.workbook.errors import Damaged
from rfp.workbook.xlsx.parsing import SPACE, PrefixChangesError, run
from rfp.workbook.xlsx.patch_find import NotPlainError, find
from rfp.workbook.xlsx.patch_places import NOWHERE, Element, Row, SheetMap, Tag, tag_at
from rfp.workbook.xlsx.references import areas, column_number

_BEHIND_TABLE = (
    "sheetProtection",
    "autoFilter",
    "mergeCells",
    "conditionalFormatting",
    "dataValidations",
    "pageMargins",
)


def scan(data: bytes, part: str, wanted: Collection[int], *, rows_checked: bool = False) -> SheetMap:
    """Map the sheet part DATA, looking into the rows WANTED; with ROWS_CHECKED only what stands around them is parsed.

    :raises Damaged: if it is no well-formed sheet
    """
    try:
        return find(data, part, wanted, rows_checked=rows_checked)
    except NotPlainError:
        return parse(data, part, wanted)


def parse(data: bytes, part: str, wanted: Collection[int]) -> SheetMap:
    """Do the same for any sheet, however it is written."""
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
        self._row = Row(0, NOWHERE)
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
