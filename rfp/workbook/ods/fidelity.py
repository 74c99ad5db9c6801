"""The comparison of a filled spreadsheet with the original: every byte outside the rows that were answered, and in
these every cell that was not.

Splitting a repeated row or cell changes bytes and means nothing, so rows are compared as runs: which columns a cell is
for, and what it says without its number of repeats. An answered cell must keep what is not its value.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from rfp.workbook.ods.patch import COLUMNS_REPEATED, OF_OLD_VALUE, ROWS_REPEATED
from rfp.workbook.ods.scan import CellPlace, Places, RowPlace, TablePlaces
from rfp.workbook.xlsx.patch_places import Tag, attribute_spans


class Answered(NamedTuple):
    """The cells of a table that were answered, by row and column, and the columns among them that were added."""

    cells: Collection[tuple[int, int]]
    added: Collection[int]


def wanted_after(before: Places, answered: Mapping[str, Answered]) -> dict[str, list[range]]:
    """Return the rows to look at in the result: those of the original's rows, and those behind its last."""
    wanted = {}
    for name, own in answered.items():
        table = before.tables[name]
        rows = [range(row.number, row.number + row.repeats) for row in table.rows]
        last = max((row for row, _ in own.cells), default=0)
        wanted[name] = [*rows, range(table.last + 1, last + 1)] if last > table.last else rows
    return wanted


def differences(before: Places, after: Places, answered: Mapping[str, Answered]) -> list[str]:
    """Return what changed besides the answers, in words."""
    if before.tables.keys() != after.tables.keys():
        return ["The tables of the spreadsheet are not the same."]
    found = [] if _outside(before) == _outside(after, before) else ["It changed outside the answered rows."]
    for name, own in answered.items():
        problems = _table_differences(before, before.tables[name], after, after.tables[name], own)
        found += [f"{name}: {problem}" for problem in problems]
    return found


def _table_differences(
    before: Places, old: TablePlaces, after: Places, new: TablePlaces, own: Answered
) -> Iterator[str]:
    columns: dict[int, set[int]] = {}
    for number, column in own.cells:
        columns.setdefault(number, set()).add(column)
    if new.last != max(old.last, *columns):
        yield "the number of rows changed."
    numbers = [place.number for place in new.rows]
    at = 0
    for row in old.rows:
        start, at = at, bisect_left(numbers, row.number + row.repeats, lo=at)
        yield from _row_differences(before, row, after, new.rows[start:at], columns, own.added)
    for place in new.rows[at:]:
        if not _is_new(after, place, columns):
            yield f"row {place.number} was added and holds more than answers."


def _outside(places: Places, original: Places | None = None) -> bytes:
    """Return the bytes in no row that was looked at; of a result, without the column definition it added."""
    spans = []
    for name, table in places.tables.items():
        spans += [(row.tag.start, row.end) for row in table.rows]
        if original is not None and table.columns > original.tables[name].columns:
            spans.append(table.latest_column)
    kept = []
    at = 0
    for start, end in sorted(spans):
        kept.append(places.data[at:start])
        at = end
    kept.append(places.data[at:])
    return b"".join(kept)


def _row_differences(
    before: Places,
    row: RowPlace,
    after: Places,
    inside: Sequence[RowPlace],
    columns: Mapping[int, Collection[int]],
    added: Collection[int],
) -> Iterator[str]:
    """Compare a stored row with those that take its place, answers apart."""
    if [place.number for place in inside[:1]] != [row.number] or sum(p.repeats for p in inside) != row.repeats:
        yield f"row {row.number} is not there as often as before."
        return
    head = _head(before, row.tag, ROWS_REPEATED)
    for place in inside:
        answered = columns.get(place.number, ()) if place.repeats == 1 else ()
        same = _runs(before, row, answered, added) == _runs(after, place, answered, added)
        if not same or head != _head(after, place.tag, ROWS_REPEATED):
            yield f"row {place.number} changed in more than its answers."


def _runs(
    places: Places, row: RowPlace, answered: Collection[int], added: Collection[int]
) -> list[tuple[int, int, bytes]]:
    """Return the cells of a row as first column, column behind the last, and bytes; equal neighbours joined."""
    runs: list[tuple[int, int, bytes]] = []
    for cell in row.cells:
        cuts = sorted({column for column in answered if cell.covers(column)})
        at = cell.column
        for column in cuts:
            _join(runs, at, column, _said(places, cell))
            if column not in added:
                _join(runs, column, column + 1, _kept(places, cell))
            at = column + 1
        _join(runs, at, cell.column + cell.repeats, _said(places, cell))
    # A row is filled up with bare cells to reach an answer behind its last one.
    while runs and runs[-1][2] in _bare(row):
        runs.pop()
    return runs


def _bare(row: RowPlace) -> tuple[bytes, bytes]:
    name = row.cells[0].tag.name
    return b"<%b/>" % name, b"<" + name


def _join(runs: list[tuple[int, int, bytes]], start: int, end: int, said: bytes) -> None:
    if start >= end:
        return
    if runs and runs[-1][1] == start and runs[-1][2] == said:
        runs[-1] = (runs[-1][0], end, said)
    else:
        runs.append((start, end, said))


def _said(places: Places, cell: CellPlace) -> bytes:
    rest = b"/>" if cell.tag.empty else b">" + places.data[cell.tag.end : cell.end]
    return _head(places, cell.tag, COLUMNS_REPEATED) + rest


def _kept(places: Places, cell: CellPlace) -> bytes:
    """Return what an answered cell must keep: style, rule, spans, comment and pictures."""
    children = b"".join(places.data[start:end] for start, end in (*cell.before, *cell.behind))
    return _head(places, cell.tag, COLUMNS_REPEATED, without=OF_OLD_VALUE) + children


def _head(places: Places, tag: Tag, repeat: bytes, *, without: Collection[bytes] = ()) -> bytes:
    spans = attribute_spans(places.data, tag)
    kept = [
        places.data[start:end]
        for name, (start, end) in spans.items()
        if (local := name.rpartition(b":")[2]) != repeat and local not in without
    ]
    return b"".join((b"<", tag.name, *kept))


def _is_new(places: Places, row: RowPlace, columns: Mapping[int, Collection[int]]) -> bool:
    """Tell whether a row behind the original's last holds nothing but answers."""
    if len(attribute_spans(places.data, row.tag)) > (row.repeats > 1):
        return False
    own = columns.get(row.number, ()) if row.repeats == 1 else ()
    bare = all(_said(places, cell) == b"<%b/>" % cell.tag.name for cell in row.cells if cell.column not in own)
    return bare and all(cell.repeats == 1 for cell in row.cells if cell.column in own)
