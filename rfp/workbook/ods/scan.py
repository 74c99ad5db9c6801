"""Where rows and cells of an OpenDocument spreadsheet lie in its bytes."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import NamedTuple
from xml.parsers import expat

from rfp.workbook.errors import Damaged
from rfp.workbook.ods.names import CONTENT, TABLE, TEXT, count
from rfp.workbook.xlsx.patch_places import Tag, tag_at

_CELLS = ("table-cell", "covered-table-cell")
_NO_TEXT_AFTER = ("annotation", "detective", "cell-range-source")  # what stands before the text of a cell


class Span(NamedTuple):
    start: int
    end: int


@dataclass(slots=True)
class CellPlace:
    """A stored cell. ``before`` and ``behind`` are the bytes in it that are no text: a comment, pictures."""

    column: int
    repeats: int
    tag: Tag
    close: int = 0
    end: int = 0
    before: list[Span] = field(default_factory=list)
    behind: list[Span] = field(default_factory=list)

    def covers(self, column: int) -> bool:
        return self.column <= column < self.column + self.repeats


@dataclass(slots=True)
class RowPlace:
    number: int
    repeats: int
    tag: Tag
    close: int = 0
    end: int = 0
    cells: list[CellPlace] = field(default_factory=list)

    @property
    def width(self) -> int:
        return sum(cell.repeats for cell in self.cells)


@dataclass(slots=True)
class TablePlaces:
    rows: list[RowPlace] = field(default_factory=list)  # those that hold a wanted row
    last: int = 0  # number of the last stored row
    last_end: int = 0  # where its bytes end
    columns: int = 0  # how many columns the table defines
    latest_column: Span = field(default_factory=lambda: Span(0, 0))  # the bytes of the last column definition


class Places(NamedTuple):
    data: bytes
    prefixes: Mapping[str, str]  # namespace -> prefix with its colon, as the root declares them
    utf8: bool
    tables: dict[str, TablePlaces]


def scan(data: bytes, wanted: Mapping[str, Sequence[range]]) -> Places:
    """Return the places of the rows that hold one of the wanted ones (ascending ranges), by table.

    :raises Damaged: if the part is not well-formed
    """
    return _Scanner(data, wanted).run()


class _Scanner:
    def __init__(self, data: bytes, wanted: Mapping[str, Sequence[range]]) -> None:
        self.data = data
        self.wanted = wanted
        self.tables: dict[str, TablePlaces] = {}
        self.prefixes: dict[str, str] = {}
        self.utf8 = True
        self.depth = 0  # of tables: one may stand in a cell of another
        self.inside = 0  # levels below the open cell
        self.table: TablePlaces | None = None
        self.rows_wanted: Sequence[range] = ()
        self.row: RowPlace | None = None
        self.cell: CellPlace | None = None
        self.child: tuple[int, str] | None = None
        self.opened = 0  # where the latest row or column definition began
        self.parser = expat.ParserCreate(namespace_separator="}")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.StartNamespaceDeclHandler = self._namespace
        self.parser.XmlDeclHandler = self._declaration

    def run(self) -> Places:
        try:
            self.parser.Parse(self.data, True)
        except (expat.ExpatError, ValueError) as problem:
            text = f"The file is damaged: its part {CONTENT} is no XML."
            raise Damaged(text, "Open and save it again.") from problem
        return Places(self.data, self.prefixes, self.utf8, self.tables)

    def _declaration(self, version: str, encoding: str | None, standalone: int) -> None:
        self.utf8 = encoding is None or encoding.casefold() == "utf-8"

    def _namespace(self, prefix: str | None, uri: str) -> None:
        self.prefixes.setdefault(uri, f"{prefix}:" if prefix else "")

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        if self.cell is not None:
            self.inside += 1
            if self.inside == 1:
                self.child = (self.parser.CurrentByteIndex, name)
            self.depth += name == _TABLE
            return
        space, _, local = name.rpartition("}")
        if space != _SPACE:
            return
        if local == "table":
            self.depth += 1
            if self.depth == 1:
                self._open_table(_get(attributes, "name"))
        elif self.depth != 1 or self.table is None:
            return
        elif local == "table-column":
            self.opened = self.parser.CurrentByteIndex
            self.table.columns += count(_get(attributes, "number-columns-repeated"))
        elif local == "table-row":
            self._open_row(count(_get(attributes, "number-rows-repeated")))
        elif local in _CELLS and self.row is not None:
            repeats = count(_get(attributes, "number-columns-repeated"))
            self.cell = CellPlace(self.row.width + 1, repeats, tag_at(self.data, self.parser.CurrentByteIndex))
            self.inside = 0

    def _open_table(self, name: str) -> None:
        self.table = self.tables.setdefault(name, TablePlaces()) if name in self.wanted else None
        self.rows_wanted = self.wanted.get(name, ())

    def _open_row(self, repeats: int) -> None:
        assert self.table is not None  # rows stand in tables
        self.opened = self.parser.CurrentByteIndex
        number = self.table.last + 1
        self.table.last += repeats
        at = bisect_right(self.rows_wanted, number, key=attrgetter("stop"))
        if at < len(self.rows_wanted) and self.rows_wanted[at].start < number + repeats:
            self.row = RowPlace(number, repeats, tag_at(self.data, self.parser.CurrentByteIndex))

    def _end(self, name: str) -> None:
        if self.cell is not None and self.inside:
            self.inside -= 1
            self.depth -= name == _TABLE
            if self.inside == 0:
                self._close_child()
            return
        space, _, local = name.rpartition("}")
        if space != _SPACE:
            return
        if local == "table":
            self.depth -= 1
            if self.depth == 0:
                self.table = None
        elif self.cell is not None and local in _CELLS:
            self._close_cell()
        elif self.depth == 1 and self.table is not None and local in ("table-row", "table-column"):
            self._close_row_or_column(self.table, local)

    def _close_row_or_column(self, table: TablePlaces, local: str) -> None:
        close, end = self._ends(tag_at(self.data, self.opened))
        if local == "table-column":
            table.latest_column = Span(self.opened, end)
            return
        table.last_end = end
        if self.row is not None:
            self.row.close, self.row.end = close, end
            table.rows.append(self.row)
            self.row = None

    def _close_cell(self) -> None:
        assert self.cell is not None
        assert self.row is not None  # a cell is opened in a row only
        self.cell.close, self.cell.end = self._ends(self.cell.tag)
        self.row.cells.append(self.cell)
        self.cell = None

    def _close_child(self) -> None:
        assert self.cell is not None
        assert self.child is not None  # set when the child was opened
        start, name = self.child
        if name not in _TEXTS:
            span = Span(start, self._ends(tag_at(self.data, start))[1])
            comes_first = name.rpartition("}")[2] in _NO_TEXT_AFTER
            (self.cell.before if comes_first else self.cell.behind).append(span)

    def _ends(self, tag: Tag) -> tuple[int, int]:
        """Return where the end tag of the element that ends here begins, and the offset behind it."""
        if tag.empty:
            return tag.end, tag.end
        at = self.parser.CurrentByteIndex
        return at, self.data.index(b">", at) + 1


_SPACE = TABLE.strip("{}")
_TABLE = f"{_SPACE}}}table"
_TEXTS = (f"{TEXT[1:]}p", f"{TEXT[1:]}list", f"{TEXT[1:]}h")


def _get(attributes: Mapping[str, str], name: str) -> str:
    return attributes.get(f"{_SPACE}}}{name}", "")
