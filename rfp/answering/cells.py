"""All the cells that a questionnaire's answers are written to, with the heads of columns that are added for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from rfp.workbook.model import Layout, Slot, TableLayout, Write


class Cells:
    """The cells taken so far. Texts of several questions that share a cell stand below each other, in their order."""

    def __init__(self) -> None:
        self._cells: dict[tuple[str, int, int], Write] = {}

    @property
    def writes(self) -> tuple[Write, ...]:
        return tuple(self._cells.values())

    def take(self, writes: Sequence[Write]) -> bool:
        """Take the cells of one answer, all or none; refuse where two answers differ in a cell that takes one value."""
        joined = []
        for write in writes:
            both = _joined(self._cells.get((write.sheet, write.row, write.column)), write)
            if both is None:
                return False
            joined.append(both)
        self._cells |= {(write.sheet, write.row, write.column): write for write in joined}
        return True


def _joined(earlier: Write | None, write: Write) -> Write | None:
    if earlier is None or earlier == write:
        return write
    if not (isinstance(earlier.value, str) and isinstance(write.value, str)) or earlier.date or write.date:
        return None
    return replace(write, value=f"{earlier.value}\n{write.value}")


def added_heads(layout: Layout, slots: Iterable[Slot]) -> tuple[Write, ...]:
    """Return the heads of the columns that SLOTS add beside their tables, once per row of heads."""
    tables = {sheet.sheet: sheet.tables for sheet in layout.sheets}
    heads: dict[tuple[str, int, int], Write] = {}
    for slot in slots:
        table = next((t for t in tables.get(slot.sheet, ()) if t.first_row <= slot.row <= t.last_row), None)
        if not slot.added or table is None or table.shape == "transposed":
            continue
        for row in _head_rows(table):
            heads[slot.sheet, row, slot.column] = Write(
                sheet=slot.sheet, row=row, column=slot.column, value=slot.header, header=True, added=True
            )
    return tuple(heads.values())


def _head_rows(table: TableLayout) -> list[int]:
    """Return the lowest row of each head: a head of two rows is named in its second."""
    rows = set(table.header_rows)
    return sorted(row for row in rows if row + 1 not in rows)
