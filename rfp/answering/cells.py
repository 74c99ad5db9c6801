"""All the cells that a questionnaire's answers are written to; answers that share a cell are joined or refused."""

from __future__ import annotations

from collections import Counter, defaultdict
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

    def take(self, writes: Sequence[Write], *, label: str = "") -> bool:
        """Take the cells of one answer, all or none; refuse where two answers differ in a cell that takes one value.

        ``label`` names the question in front of its texts, where several questions share their cells.
        """
        joined = []
        for write in (_labelled(write, label) for write in writes):
            both = _joined(self._cells.get((write.sheet, write.row, write.column)), write)
            if both is None:
                return False
            joined.append(both)
        self._cells |= {(write.sheet, write.row, write.column): write for write in joined}
        return True


def item_labels(places: Sequence[tuple[str, int, int]], numbers: Sequence[str]) -> tuple[str, ...]:
    """Return what names each question among those that stand in the same cell: its number, else its position.

    A question that has its cell for itself needs no name and gets none.
    """
    shared: dict[tuple[str, int, int], list[str]] = defaultdict(list)
    for place, number in zip(places, numbers, strict=True):
        shared[place].append(number)
    passed: Counter[tuple[str, int, int]] = Counter()
    labels = []
    for place, number in zip(places, numbers, strict=True):
        passed[place] += 1
        beside = shared[place]
        is_named = all(beside) and len(set(beside)) == len(beside)
        labels.append("" if len(beside) == 1 else number if is_named else f"({passed[place]})")
    return tuple(labels)


def _labelled(write: Write, label: str) -> Write:
    if not label or not isinstance(write.value, str) or write.date:
        return write
    return replace(write, value=f"{label}: {write.value}" if label[-1].isalnum() else f"{label} {write.value}")


def _joined(earlier: Write | None, write: Write) -> Write | None:
    if earlier is None or earlier == write:
        return write
    if not (isinstance(earlier.value, str) and isinstance(write.value, str)) or earlier.date or write.date:
        return None
    return replace(write, value=f"{earlier.value}\n{write.value}")
