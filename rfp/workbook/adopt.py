"""Use a layout that was confirmed for one file on another file of the same shape.

What a person decided is kept: sheets, tables, roles, rows. Where it stands is found again: each remembered table is
tied to the table that detection saw in the first file, and moves with the table that detection sees in this one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rfp.workbook.detect.lexicon import plain
from rfp.workbook.grid import Grid
from rfp.workbook.model import Book, ColumnRole, Layout, RowMark, SheetLayout, TableLayout
from rfp.workbook.rowtext import row_text


def adopt(confirmed: Layout, was: Layout | None, now: Layout, book: Book) -> Layout:
    """Return a confirmed layout for a book whose own detection says ``now``.

    ``was`` is what detection said of the file it was confirmed on; None where that is not known. A sheet that the
    first file did not have is read as it is detected.
    """
    names = _same_sheets(confirmed, now)
    kept = {sheet.sheet: sheet for sheet in confirmed.sheets}
    before = {sheet.sheet: sheet.tables for sheet in was.sheets} if was is not None else {}
    sheets = []
    for found in now.sheets:
        own = kept.get(names.get(found.sheet, ""))
        if own is None:
            sheets.append(replace(found, reasons=(*found.reasons, "The sheet is new in this form.")))
            continue
        seen = before.get(own.sheet, ()) if was is not None else _alike_tables(own.tables, found.tables)
        tables = _moved_tables(own.tables, seen, found.tables, book, found.sheet)
        sheets.append(SheetLayout(sheet=found.sheet, tables=tables, reasons=("Remembered.",)))
    return Layout(fingerprint=now.fingerprint, sheets=tuple(sheets), confidence=1.0, remembered=True)


def _same_sheets(confirmed: Layout, now: Layout) -> dict[str, str]:
    """Return the remembered name of each sheet; a sheet that was only renamed is known by the heads on it."""
    here = {sheet.sheet for sheet in now.sheets}
    names = {sheet.sheet: sheet.sheet for sheet in confirmed.sheets if sheet.sheet in here}
    lost = [sheet for sheet in confirmed.sheets if sheet.sheet not in here and sheet.tables]
    for found in now.sheets:
        if found.sheet in names or not found.tables:
            continue
        twin = next((sheet for sheet in lost if _questions(sheet) == _questions(found)), None)
        if twin is not None:
            names[found.sheet] = twin.sheet
            lost.remove(twin)
    return names


def _questions(sheet: SheetLayout) -> set[tuple[str, int | None]]:
    return {(table.shape, table.column(ColumnRole.QUESTION)) for table in sheet.tables}


def _alike_tables(own: Sequence[TableLayout], found: Sequence[TableLayout]) -> tuple[TableLayout, ...]:
    """Return what detection may have seen: the tables of today with the rows of the remembered ones, one by one."""
    seen = []
    for kind in dict.fromkeys((t.shape, t.column(ColumnRole.QUESTION)) for t in own):
        mine = [t for t in own if (t.shape, t.column(ColumnRole.QUESTION)) == kind]
        theirs = [t for t in found if (t.shape, t.column(ColumnRole.QUESTION)) == kind]
        if len(mine) == len(theirs):
            seen += [
                replace(there, header_rows=here.header_rows, first_row=here.first_row, last_row=here.last_row)
                for here, there in zip(mine, theirs, strict=True)
            ]
    return tuple(seen)


def _moved_tables(
    own: Sequence[TableLayout], seen: Sequence[TableLayout], found: Sequence[TableLayout], book: Book, sheet: str
) -> tuple[TableLayout, ...]:
    """Return the remembered tables where they stand now; one more of the same heads is read like the latest of them."""
    pairs = _pairs(seen, found)
    moved = []
    for table in own:
        old = _under(table, seen)
        if old is None:
            moved.append(table)  # drawn where nothing was detected: it stays where it was
            continue
        moved += [_moved(table, old, new, book, sheet) for new in pairs.get(seen.index(old), [])]
    return tuple(sorted(moved, key=lambda table: (table.first_row, table.columns[0].column)))


def _pairs(seen: Sequence[TableLayout], found: Sequence[TableLayout]) -> dict[int, list[TableLayout]]:
    """Return the tables of today for each table seen before: those with the same heads, in order."""
    pairs: dict[int, list[TableLayout]] = {}
    for heads in dict.fromkeys(_heads(table) for table in seen):
        before = [number for number, table in enumerate(seen) if _heads(table) == heads]
        today = [table for table in found if _heads(table) == heads]
        for number, table in enumerate(today):
            pairs.setdefault(before[min(number, len(before) - 1)], []).append(table)
    return pairs


def _heads(table: TableLayout) -> tuple[object, ...]:
    return (table.shape, *((column.column, plain(column.header)) for column in table.columns))


def _under(table: TableLayout, seen: Sequence[TableLayout]) -> TableLayout | None:
    """Return the detected table that a remembered one was made from: the one it shares most cells with."""
    shared = [(_shared(table, old), old) for old in seen]
    most = max((count for count, _ in shared), default=0)
    return next((old for count, old in shared if count == most), None) if most else None


def _shared(table: TableLayout, other: TableLayout) -> int:
    if (table.shape == "transposed") != (other.shape == "transposed"):
        return 0
    rows = min(table.last_row, other.last_row) - max(table.first_row, other.first_row) + 1
    columns = {c.column for c in table.columns} & {c.column for c in other.columns}
    return max(rows, 0) * len(columns)


def _moved(table: TableLayout, old: TableLayout, new: TableLayout, book: Book, sheet: str) -> TableLayout:
    down = new.first_row - old.first_row
    first, last = table.first_row + down, table.last_row + new.last_row - old.last_row
    grid = Grid(book, book.sheet(sheet), across=table.shape == "transposed")
    return replace(
        table,
        header_rows=_moved_heads(table, old, new),
        first_row=max(first, 1),
        last_row=max(last, first, 1),
        marks=_moved_marks(table, grid, down, last),
    )


def _moved_heads(table: TableLayout, old: TableLayout, new: TableLayout) -> tuple[int, ...]:
    """Return the head rows of today: those detected, without what a person took out and with what they added."""
    places = {row: new.header_rows[n] for n, row in enumerate(old.header_rows) if n < len(new.header_rows)}
    kept = [places[row] for row in table.header_rows if row in places]
    added = [row + new.first_row - old.first_row for row in table.header_rows if row not in old.header_rows]
    more = new.header_rows[len(old.header_rows) :]
    return tuple(sorted({row for row in (*kept, *added, *more) if row >= 1}))


def _moved_marks(table: TableLayout, grid: Grid, down: int, last: int) -> tuple[RowMark, ...]:
    """Return what was said about single rows, for the rows that say the same; a row that is gone is left out."""
    question = table.column(ColumnRole.QUESTION) or 1
    moved: dict[int, RowMark] = {}
    for mark in table.marks:
        expected = mark.row + down
        if not mark.text:
            if not down:
                moved.setdefault(mark.row, mark)
            continue
        same = [row for row in grid.rows if row <= last and row_text(grid, row, question) == mark.text]
        if same:
            row = min(same, key=lambda row: abs(row - expected))
            moved.setdefault(row, mark._replace(row=row))
    return tuple(moved[row] for row in sorted(moved))
