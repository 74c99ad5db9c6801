"""A sheet part cut into pieces, without the bytes that answers may change.

Two sheets that differ only in their answers give equal pieces. What is left out here (answered cells, the tags of
their rows, the declared dimension and columns) is compared by ``fidelity_sheet``.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from rfp.workbook.xlsx.patch_places import Row, SheetMap, Tag, attribute_spans, attribute_value


class Piece(NamedTuple):
    """Bytes with their place: row and column of a cell, column 0 for the rest of a row, row 0 outside the rows."""

    row: int
    column: int
    data: bytes


# The answered columns of each row that has an answer.
Answered = Mapping[int, Collection[int]]


def runs(places: SheetMap, answered: Answered, known_rows: Collection[int]) -> list[bytes]:
    """Cut the sheet at its answered rows alone; equal sheets give equal runs, and that is quickly seen.

    A row outside KNOWN_ROWS leaves nothing behind if it holds answered cells alone.
    """
    data = places.data
    starts = [start for _, start in places.row_starts]
    found = [_frame(places)]
    run, at = list[bytes](), places.table.tag.end
    for row in sorted(places.rows.values(), key=lambda row: row.tag.start):
        position = bisect_right(starts, row.tag.start)
        end = starts[position] if position < len(starts) else places.table.close
        run.append(data[at : row.tag.start])
        at = end
        left = b"".join(_between_answers(places, row, end, answered[row.number]))
        if left or row.number in known_rows:
            found += [b"".join(run), left]
            run = []
    found.append(b"".join((*run, data[at : places.table.close])))
    return found


def pieces(places: SheetMap, answered: Answered, known_rows: Collection[int]) -> list[Piece]:
    """Cut the same bytes by row, and answered rows by cell, to tell which one differs."""
    found = [Piece(0, 0, _frame(places)), Piece(0, 0, _before_rows(places))]
    ends = [*(start for _, start in places.row_starts[1:]), places.table.close]
    for (number, start), end in zip(places.row_starts, ends, strict=False):
        row = places.rows.get(number)
        if row is None or row.tag.start != start:
            found.append(Piece(number, 0, places.data[start:end]))
            continue
        left = b"".join(_between_answers(places, row, end, answered[number]))
        if left or number in known_rows:
            found += _cells(places, row, end, answered[number])
    return found


def attributes(places: SheetMap, tag: Tag) -> dict[bytes, bytes]:
    """Return the attributes of a tag with their values as written."""
    spans = attribute_spans(places.data, tag)
    return {name: attribute_value(places.data, span) for name, span in spans.items()}


def _between_answers(places: SheetMap, row: Row, end: int, answered: Collection[int]) -> Iterator[bytes]:
    """Yield the bytes of a row, up to the next one, that belong to no answered cell."""
    at = row.tag.end
    for column in row.cells:
        if column in answered:
            cell = places.cell(row, column)
            yield places.data[at : cell.tag.start]
            at = cell.end
    yield places.data[at : row.close]
    yield places.data[row.end : end]


def _cells(places: SheetMap, row: Row, end: int, answered: Collection[int]) -> Iterator[Piece]:
    """Yield each cell nobody answered with what follows it, and what stands behind the row."""
    at, column, parts = row.tag.end, 0, list[bytes]()
    for other, (start, _) in row.cells.items():
        parts.append(places.data[at:start])
        if other in answered:
            at = places.cell(row, other).end
        else:
            yield Piece(row.number, column, b"".join(parts))
            at, column, parts = start, other, []
    parts.append(places.data[at : row.close])
    yield Piece(row.number, column, b"".join(parts))
    yield Piece(row.number, 0, places.data[row.end : end])


def _before_rows(places: SheetMap) -> bytes:
    """Return what stands between the table's tag and its first row."""
    table = places.table
    first = places.row_starts[0][1] if places.row_starts else table.close
    return places.data[table.tag.end : first]


def _frame(places: SheetMap) -> bytes:
    """Return everything around the rows, without the declared dimension and columns."""
    data, table = places.data, places.table
    cut = [(table.tag.start, table.end)]
    if places.dimension is not None and (span := attribute_spans(data, places.dimension).get(b"ref")):
        cut.append(span)
    if places.columns is not None:
        cut.append((places.columns.tag.start, places.columns.end))
    kept = []
    at = 0
    for start, end in sorted(cut):
        kept.append(data[at:start])
        at = end
    tag = data[table.tag.start : table.tag.end].rstrip(b"/> \t\r\n")
    return b"".join((*kept, data[at:], tag))
