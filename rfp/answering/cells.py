"""All the cells that a questionnaire's answers are written to; answers that share a cell are joined or refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rfp.workbook.model import Write


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
