"""Put answers into the bytes of content.xml: the answered cells are written anew, repeats around them are split."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from typing import NamedTuple

from rfp.workbook.errors import Damaged
from rfp.workbook.model import Scalar, show
from rfp.workbook.ods.names import OFFICE, TABLE, TEXT
from rfp.workbook.ods.scan import CellPlace, Places, RowPlace, TablePlaces
from rfp.workbook.xlsx.patch import Edit
from rfp.workbook.xlsx.patch_places import Tag, attribute_spans

# What of a cell's tag describes its old value.
OF_OLD_VALUE = frozenset(
    {b"value-type", b"value", b"date-value", b"time-value", b"boolean-value", b"string-value", b"currency"}
)
COLUMNS_REPEATED, ROWS_REPEATED = b"number-columns-repeated", b"number-rows-repeated"
_STYLE_NAME = b"style-name"
_WHITE = re.compile(r"( {2,}|^ | $|\t)")


class Answer(NamedTuple):
    """A value for one cell; ``date`` says that a text is an ISO date. An added cell looks like its left neighbour."""

    value: Scalar | None
    date: bool = False
    added: bool = False


class Patch:
    """Edits for one spreadsheet.

    :raises Damaged: if it lacks the namespaces that an answer is written in
    """

    def __init__(self, places: Places) -> None:
        self.data = places.data
        self.utf8 = places.utf8
        self.office = self._prefix(places, OFFICE)
        self.text = self._prefix(places, TEXT)
        self.table = self._prefix(places, TABLE)

    @staticmethod
    def _prefix(places: Places, space: str) -> bytes:
        prefix = places.prefixes.get(space.strip("{}"))
        if prefix is None:
            raise Damaged("The file is damaged: it does not declare the names of its cells.", "Open and save it again.")
        return prefix.encode()

    def edits(self, table: TablePlaces, answers: Mapping[tuple[int, int], Answer]) -> list[Edit]:
        """Return the edits that put ANSWERS, by row and column, into a table."""
        by_row: dict[int, dict[int, Answer]] = {}
        for (row, column), answer in sorted(answers.items()):
            by_row.setdefault(row, {})[column] = answer
        rows = list(by_row)
        edits = []
        columns = max(column for _, column in answers)
        if 0 < table.columns < columns:
            added = self._gap(self.table + b"table-column", COLUMNS_REPEATED, columns - table.columns)
            at = table.latest_column.end
            edits.append(Edit(at, at, added))
        for place in table.rows:
            own = {row: by_row[row] for row in _within(rows, place.number, place.number + place.repeats)}
            edits.append(Edit(place.tag.start, place.end, self._split_row(place, own)))
        new = {row: by_row[row] for row in _within(rows, table.last + 1, rows[-1] + 1)}
        if new:
            edits.append(Edit(table.last_end, table.last_end, self._new_rows(table.last, new)))
        return edits

    def _split_row(self, place: RowPlace, answers: Mapping[int, Mapping[int, Answer]]) -> bytes:
        out = []
        at = place.number
        for row, own in answers.items():
            out += [self._copy_row(place, row - at), self._row(place, own)]
            at = row + 1
        out.append(self._copy_row(place, place.number + place.repeats - at))
        return b"".join(out)

    def _copy_row(self, place: RowPlace, repeats: int) -> bytes:
        if repeats == 0:
            return b""
        head = self._head(place.tag, ROWS_REPEATED, repeats)
        if place.tag.empty:
            return head + b"/>"
        return head + b">" + self.data[place.tag.end : place.end]

    def _row(self, place: RowPlace, answers: Mapping[int, Answer]) -> bytes:
        out = [self._head(place.tag, ROWS_REPEATED, 1), b">"]
        at = place.tag.end
        look = self._look_left_of(place, [column for column, answer in answers.items() if answer.added])
        for cell in place.cells:
            own = {column: answer for column, answer in answers.items() if cell.covers(column)}
            if own:
                out += [self.data[at : cell.tag.start], self._split_cell(cell, own, look)]
                at = cell.end
        close = place.tag.end if place.tag.empty else place.close
        out += [self.data[at:close], self._new_cells(place.width, answers, look)]
        out.append(b"</%b>" % place.tag.name)
        return b"".join(out)

    def _split_cell(self, cell: CellPlace, answers: Mapping[int, Answer], look: bytes) -> bytes:
        out = []
        at = cell.column
        for column, answer in answers.items():
            out += [self._copy_cell(cell, column - at), self._filled(cell, answer, look)]
            at = column + 1
        out.append(self._copy_cell(cell, cell.column + cell.repeats - at))
        return b"".join(out)

    def _look_left_of(self, place: RowPlace, added: list[int]) -> bytes:
        """Return the style attribute of the cell left of the first added column."""
        neighbour = min(added, default=0) - 1
        cell = next((cell for cell in place.cells if cell.covers(neighbour)), None)
        spans = attribute_spans(self.data, cell.tag) if cell is not None else {}
        return next((self.data[s:e] for name, (s, e) in spans.items() if name.endswith(b":" + _STYLE_NAME)), b"")

    def _copy_cell(self, cell: CellPlace, repeats: int) -> bytes:
        if repeats == 0:
            return b""
        head = self._head(cell.tag, COLUMNS_REPEATED, repeats)
        return head + (b"/>" if cell.tag.empty else b">" + self.data[cell.tag.end : cell.end])

    def _filled(self, cell: CellPlace, answer: Answer, look: bytes) -> bytes:
        """Keep the cell's style, rule and spans, its comment and pictures; give it a new value."""
        dropped = OF_OLD_VALUE | {_STYLE_NAME} if answer.added and look else OF_OLD_VALUE
        head = self._head(cell.tag, COLUMNS_REPEATED, 1, without=dropped) + (look if answer.added else b"")
        before = b"".join(self.data[start:end] for start, end in cell.before)
        behind = b"".join(self.data[start:end] for start, end in cell.behind)
        return self._cell(head, cell.tag.name, answer, before, behind)

    def _cell(self, head: bytes, name: bytes, answer: Answer, before: bytes = b"", behind: bytes = b"") -> bytes:
        kind, shown = self._value(answer)
        body = before + shown + behind
        return b"%b%b>%b</%b>" % (head, kind, body, name) if body else b"%b%b/>" % (head, kind)

    def _value(self, answer: Answer) -> tuple[bytes, bytes]:
        value = answer.value
        if value is None or value == "":
            return b"", b""
        if isinstance(value, bool):
            return self._typed(b"boolean", b"true" if value else b"false"), self._paragraphs(show(value))
        if isinstance(value, (int, float)):
            return self._typed(b"float", repr(value).encode(), name=b"value"), self._paragraphs(show(value))
        if answer.date:
            return self._typed(b"date", value.encode("ascii", "ignore")), self._paragraphs(value)
        return b' %bvalue-type="string"' % self.office, self._paragraphs(value)

    def _typed(self, kind: bytes, value: bytes, *, name: bytes = b"") -> bytes:
        return b' %bvalue-type="%b" %b%b="%b"' % (self.office, kind, self.office, name or kind + b"-value", value)

    def _paragraphs(self, text: str) -> bytes:
        return b"".join(b"<%bp>%b</%bp>" % (self.text, self._inline(line), self.text) for line in text.split("\n"))

    def _inline(self, line: str) -> bytes:
        """Return a line with its white space as elements where it would collapse."""
        parts = []
        for piece in _WHITE.split(line):
            if piece == "\t":
                parts.append(b"<%btab/>" % self.text)
            elif piece.startswith(" ") and piece.strip(" ") == "":
                parts.append(b'<%bs %bc="%d"/>' % (self.text, self.text, len(piece)))
            else:
                escaped = piece.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
                parts.append(escaped.encode() if self.utf8 else escaped.encode("ascii", "xmlcharrefreplace"))
        return b"".join(parts)

    def _head(self, tag: Tag, repeat: bytes, repeats: int, *, without: frozenset[bytes] = frozenset()) -> bytes:
        """Return a start tag up to its attributes' end, repeated so often and without some attributes."""
        out = [b"<", tag.name]
        for name, (start, end) in attribute_spans(self.data, tag).items():
            local = name.rpartition(b":")[2]
            if local != repeat and local not in without:
                out.append(self.data[start:end])
        if repeats > 1:
            out.append(b' %b%b="%d"' % (self.table, repeat, repeats))
        return b"".join(out)

    def _new_cells(self, width: int, answers: Mapping[int, Answer], look: bytes) -> bytes:
        """Return the cells behind the last stored one; they look as their column says, added ones like LOOK."""
        out = []
        at = width + 1
        name = self.table + b"table-cell"
        for column, answer in answers.items():
            if column <= width:
                continue
            if column > at:
                out.append(self._gap(name, COLUMNS_REPEATED, column - at))
            out.append(self._cell(b"<" + name + (look if answer.added else b""), name, answer))
            at = column + 1
        return b"".join(out)

    def _new_rows(self, last: int, answers: Mapping[int, Mapping[int, Answer]]) -> bytes:
        out = []
        at = last + 1
        name, cell = self.table + b"table-row", self.table + b"table-cell"
        for row, own in answers.items():
            if row > at:
                # A row must hold a cell.
                out.append(self._gap(name, ROWS_REPEATED, row - at)[:-2] + b"><%b/></%b>" % (cell, name))
            out.append(b"<%b>%b</%b>" % (name, self._new_cells(0, own, b""), name))
            at = row + 1
        return b"".join(out)

    def _gap(self, name: bytes, repeat: bytes, repeats: int) -> bytes:
        repeated = b' %b%b="%d"' % (self.table, repeat, repeats) if repeats > 1 else b""
        return b"<%b%b/>" % (name, repeated)


def _within(ascending: list[int], start: int, stop: int) -> list[int]:
    return ascending[bisect_left(ascending, start) : bisect_left(ascending, stop)]
