"""Width for columns that are added beside a table; every other column keeps what it has."""

from __future__ import annotations

from collections.abc import Sequence

from rfp.workbook.model import Sheet
from rfp.workbook.xlsx.patch_places import SheetMap, Tag, attribute_spans, column_range

_STANDARD, _NARROWEST, _WIDEST = 8.43, 20.0, 60.0


def add_columns(places: SheetMap, sheet: Sheet, added: Sequence[int]) -> list[tuple[int, int, bytes]]:
    """Return the edits that give ADDED columns a width: the left neighbour's, within reason.

    A column that the file describes together with others is cut out of their range; the others keep their attributes.
    """
    edits: list[tuple[int, int, bytes]] = []
    widths = {column: _width(sheet, column, added) for column in added}
    for tag, _, end in places.column_groups:
        first, last = column_range(places.data, tag)
        inside = [column for column in added if first <= column <= last and column in widths]
        if inside:
            cut = _cut(places.data, tag, first, last, {column: widths.pop(column) for column in inside})
            edits.append((tag.start, end, cut))
    edits += [_insertion(places, column, width) for column, width in widths.items()]
    return _enclosed(places, edits)


def _width(sheet: Sheet, column: int, added: Sequence[int]) -> float:
    while column in added and column > 1:
        column -= 1
    width = next((width for first, last, width in sheet.column_widths if first <= column <= last), _STANDARD)
    return min(max(width, _NARROWEST), _WIDEST)


def _column(name: bytes, column: int, width: float, kept: bytes = b"") -> bytes:
    return b'<%b min="%d" max="%d" width="%b" customWidth="1"%b/>' % (name, column, column, b"%g" % width, kept)


def _cut(data: bytes, tag: Tag, first: int, last: int, widths: dict[int, float]) -> bytes:
    """Return the group FIRST to LAST with the columns of WIDTHS described on their own."""
    spans = attribute_spans(data, tag)
    style = data[slice(*spans[b"style"])] if b"style" in spans else b""
    others = b"".join(data[slice(*span)] for name, span in spans.items() if name not in (b"min", b"max"))
    pieces = []
    start = first
    for column, width in sorted(widths.items()):
        if column > start:
            pieces.append(b'<%b min="%d" max="%d"%b/>' % (tag.name, start, column - 1, others))
        pieces.append(_column(tag.name, column, width, style))
        start = column + 1
    if start <= last:
        pieces.append(b'<%b min="%d" max="%d"%b/>' % (tag.name, start, last, others))
    return b"".join(pieces)


def _insertion(places: SheetMap, column: int, width: float) -> tuple[int, int, bytes]:
    home = places.columns or places.table
    name = home.tag.prefix + b"col"
    at = next(
        (group.tag.start for group in places.column_groups if column_range(places.data, group.tag)[0] > column), None
    )
    if at is None:
        at = places.columns.close if places.columns is not None else places.table.tag.start
    return at, at, _column(name, column, width)


def _enclosed(places: SheetMap, edits: list[tuple[int, int, bytes]]) -> list[tuple[int, int, bytes]]:
    """Put the columns into an element of their own if the sheet describes none so far."""
    if places.columns is not None or not edits:
        return edits
    prefix = places.table.tag.prefix
    columns = b"".join(new for _, _, new in edits)
    at = edits[0][0]
    return [(at, at, b"<%bcols>%b</%bcols>" % (prefix, columns, prefix))]
