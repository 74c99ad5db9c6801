"""Put answers into a sheet part and touch nothing else of it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import groupby, pairwise
from operator import attrgetter
from typing import NamedTuple

from rfp.workbook.model import Area, Scalar, Sheet, address, column_letters
from rfp.workbook.xlsx.patch_columns import add_columns
from rfp.workbook.xlsx.patch_places import Row, SheetMap, attribute_spans, attribute_value
from rfp.workbook.xlsx.patch_values import content
from rfp.workbook.xlsx.references import areas
from rfp.workbook.xlsx.rules import Answer

_STANDARD_WIDTH = 8.43
# What describes the old value: its type, and metadata of rich values.
_OF_OLD_VALUE = (b"t", b"vm", b"cm")


class Edit(NamedTuple):
    """Bytes from START to END give way to NEW."""

    start: int
    end: int
    new: bytes


class Patched(NamedTuple):
    data: bytes
    side_effects: tuple[str, ...]


def patch_sheet(places: SheetMap, sheet: Sheet, answers: Sequence[Answer]) -> Patched:
    """Return the sheet part with ANSWERS (ascending) in it, and what else had to change, in words."""
    patch = _Patch(places, sheet)
    for number, row in groupby(answers, key=attrgetter("row")):
        patch.fill_row(number, list(row))
    patch.finish(answers)
    added = sorted({answer.column for answer in answers if answer.added})
    edits = [*patch.edits, *(Edit(*edit) for edit in add_columns(places, sheet, added))]
    return Patched(apply(places.data, edits), tuple(patch.side_effects(added)))


def apply(data: bytes, edits: Sequence[Edit]) -> bytes:
    """Return DATA with the edits made; those at one place are made in the order given."""
    out = []
    at = 0
    for start, end, new in sorted(edits, key=attrgetter("start")):
        out += [data[at:start], new]
        at = end
    out.append(data[at:])
    return b"".join(out)


class _Patch:
    def __init__(self, places: SheetMap, sheet: Sheet) -> None:
        self.places = places
        self.sheet = sheet
        self.table = places.table
        self.edits: list[Edit] = []
        self.new_rows: list[bytes] = []  # of a table that had none
        self.numbers = [number for number, _ in places.row_starts]
        self.ascending = all(one < other for one, other in pairwise(self.numbers))
        self.heights_dropped = self.spans_extended = 0
        self.extended: tuple[str, str] | None = None

    def fill_row(self, number: int, answers: Sequence[Answer]) -> None:
        row = self.places.rows.get(number)
        if row is None:
            self._insert_row(number, answers)
            return
        new: list[Answer] = []
        for answer in answers:
            if answer.column in row.cells:
                self._replace(row, answer)
            elif answer.value is not None:
                new.append(answer)
        if row.tag.empty:
            if new:
                self._open_row(row, new)
            return
        self._change_row_tag(row, answers, b">")
        for answer in new:
            at = self._place_in(row, answer.column)
            self.edits.append(Edit(at, at, self._cell(answer, row.tag.prefix)))

    def _replace(self, row: Row, answer: Answer) -> None:
        """Keep the cell's own tag with its style, and give it a new type and content."""
        data = self.places.data
        tag, close, end = self.places.cell(row, answer.column)
        if answer.value is None and not answer.added and not data[tag.end : close].strip():
            return  # it is empty
        head = [b"<", tag.name]
        described = data[tag.start + 1 + len(tag.name) : tag.end]
        if answer.added or b"t" in described or b"m" in described:
            dropped = (*_OF_OLD_VALUE, b"s") if answer.added else _OF_OLD_VALUE
            spans = attribute_spans(data, tag)
            head += [data[slice(*span)] for name, span in spans.items() if name not in dropped]
        else:
            head.append(described.rstrip(b"/> \t\r\n"))  # no attribute has a letter of those to be dropped
        if answer.added and answer.style:
            head.append(b' s="%d"' % answer.style)
        self.edits.append(Edit(tag.start, end, self._filled(b"".join(head), answer.value, tag.prefix)))

    def _cell(self, answer: Answer, prefix: bytes) -> bytes:
        style = b' s="%d"' % answer.style if answer.style else b""
        head = b'<%bc r="%b"%b' % (prefix, address(answer.row, answer.column).encode(), style)
        return self._filled(head, answer.value, prefix)

    def _filled(self, head: bytes, value: Scalar | None, prefix: bytes) -> bytes:
        if value is None:
            return head + b"/>"
        kind, body = content(value, prefix, utf8=self.places.utf8)
        return b"%b%b>%b</%bc>" % (head, kind, body, prefix)

    def _place_in(self, row: Row, column: int) -> int:
        return next((start for other, (start, _) in row.cells.items() if other > column), row.close)

    def _open_row(self, row: Row, new: Sequence[Answer]) -> None:
        prefix = row.tag.prefix
        cells = b"".join(self._cell(answer, prefix) for answer in new)
        self._change_row_tag(row, new, b">%b</%brow>" % (cells, prefix))

    def _change_row_tag(self, row: Row, answers: Sequence[Answer], closing: bytes) -> None:
        """Extend the declared span, drop a height that would hide the answer, and open an empty row."""
        data = self.places.data
        tag = row.tag
        described = data[tag.start : tag.end]
        spans = attribute_spans(data, tag) if b"spans" in described or b"ht" in described else {}
        values = {name: attribute_value(data, span) for name, span in spans.items()}
        changes: dict[bytes, bytes] = {}
        extended = _extended_span(values.get(b"spans", b""), [a.column for a in answers if a.value is not None])
        if extended:
            self.spans_extended += 1
            changes[b"spans"] = b' spans="%b"' % extended
        if _has_loose_height(values) and any(self._is_long(answer) for answer in answers):
            self.heights_dropped += 1
            changes[b"ht"] = b""
        for name, new in changes.items():
            self.edits.append(Edit(*spans[name], new))
        if tag.empty:
            self.edits.append(Edit(data.rindex(b"/", tag.start, tag.end), tag.end, closing))

    def _is_long(self, answer: Answer) -> bool:
        if not isinstance(answer.value, str):
            return False
        widths = (width for first, last, width in self.sheet.column_widths if first <= answer.column <= last)
        return "\n" in answer.value or len(answer.value) > next(widths, _STANDARD_WIDTH)

    def _insert_row(self, number: int, answers: Sequence[Answer]) -> None:
        prefix = self.table.tag.prefix
        cells = b"".join(self._cell(answer, prefix) for answer in answers if answer.value is not None)
        if not cells:
            return
        row = b'<%brow r="%d">%b</%brow>' % (prefix, number, cells, prefix)
        if self.table.tag.empty:
            self.new_rows.append(row)
            return
        at = self._place_of(number)
        self.edits.append(Edit(at, at, row))

    def _place_of(self, number: int) -> int:
        starts = self.places.row_starts
        if self.ascending:
            position = bisect_right(self.numbers, number)
            return starts[position][1] if position < len(starts) else self.table.close
        return next((start for other, start in starts if other > number), self.table.close)

    def finish(self, answers: Sequence[Answer]) -> None:
        """Open a table that was empty, and extend the declared dimension over the answers."""
        data = self.places.data
        tag = self.table.tag
        if self.new_rows:
            rows = b">%b</%b>" % (b"".join(self.new_rows), tag.name)
            self.edits.append(Edit(data.rindex(b"/", tag.start, tag.end), tag.end, rows))
        written = [answer for answer in answers if answer.value is not None]
        if self.places.dimension is None or not written:
            return
        span = attribute_spans(data, self.places.dimension).get(b"ref")
        declared = areas(attribute_value(data, span).decode("ascii", "replace")) if span else []
        if span is None or len(declared) != 1:
            return
        wider = _around(declared[0], written)
        if wider != declared[0]:
            self.extended = (_reference(declared[0]), _reference(wider))
            self.edits.append(Edit(*span, b' ref="%b"' % _reference(wider).encode()))

    def side_effects(self, added: Sequence[int]) -> list[str]:
        name = self.sheet.name
        said = []
        if self.extended:
            said.append(f"{name}: the declared dimension grew from {self.extended[0]} to {self.extended[1]}.")
        if self.spans_extended:
            said.append(f"{name}: the declared span of {self.spans_extended} rows grew.")
        if self.heights_dropped:
            said.append(f"{name}: {self.heights_dropped} rows size themselves to their text again.")
        if added:
            letters = ", ".join(column_letters(column) for column in added)
            said.append(f"{name}: columns were added beside the table: {letters}.")
        return said


def _has_loose_height(values: Mapping[bytes, bytes]) -> bool:
    return b"ht" in values and not _true(values, b"customHeight") and not _true(values, b"hidden")


def _true(values: Mapping[bytes, bytes], name: bytes) -> bool:
    return values.get(name) in (b"1", b"true")


def _extended_span(declared: bytes, columns: Sequence[int]) -> bytes:
    """Return the span attribute of a row grown over COLUMNS, empty if it need not grow."""
    first, colon, last = declared.partition(b":")
    if not columns or not colon or not first.isdigit() or not last.isdigit():
        return b""
    low, high = min(int(first), *columns), max(int(last), *columns)
    return b"" if (low, high) == (int(first), int(last)) else b"%d:%d" % (low, high)


def _around(area: Area, answers: Sequence[Answer]) -> Area:
    rows = [answer.row for answer in answers]
    columns = [answer.column for answer in answers]
    return Area(min(area.top, *rows), min(area.left, *columns), max(area.bottom, *rows), max(area.right, *columns))


def _reference(area: Area) -> str:
    first, last = address(area.top, area.left), address(area.bottom, area.right)
    return first if first == last else f"{first}:{last}"
