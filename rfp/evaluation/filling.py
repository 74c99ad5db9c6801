"""Fill every writable answer cell of a workbook and read it back, to prove that only the answers change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from rfp.workbook.errors import WorkbookRefused
from rfp.workbook.extract.added import added_heads
from rfp.workbook.model import Book, Layout, Question, Scalar, Slot, SlotKind, Write, address, show
from rfp.workbook.reader import read
from rfp.workbook.writer import fill

TEXT = "Answer to check"
DAY = date(2026, 11, 24)


def fill_and_read_back(
    content: bytes, name: str, book: Book, layout: Layout, questions: Sequence[Question]
) -> tuple[int, list[str]]:
    """Return how many cells were written, and everything that went wrong in sentences."""
    found: dict[tuple[str, int, int], Write] = {}
    for question in questions:
        for slot in question.slots:
            for write in writes_of(slot):
                found.setdefault((write.sheet, write.row, write.column), write)
    for write in added_heads(layout, questions):
        found.setdefault((write.sheet, write.row, write.column), write)
    writes = [found[key] for key in sorted(found)]
    if not writes:
        return 0, []
    try:
        filled = fill(content, book, writes)
        again = read(filled.content, name)
    except WorkbookRefused as refusal:
        return 0, [f"{refusal.code}: {refusal}"]
    problems = [*filled.fidelity.violations]
    if not filled.fidelity.holds and not problems:
        problems.append(f"{filled.fidelity.cells_other_changed} other cells changed.")
    return len(writes), problems + _unread(again, writes)


def writes_of(slot: Slot) -> Iterator[Write]:
    """Yield a legal answer for a slot: an option in its own type, a tick with its siblings cleared, or short text."""
    if not slot.writable:
        return
    if slot.kind is SlotKind.TICK:
        for position, tick in enumerate(slot.ticks):
            mark = slot.mark if position == 0 else None
            yield Write(sheet=slot.sheet, row=tick.row, column=tick.column, value=mark)
        return
    value = _legal(slot)
    if value is None:
        return
    is_date = slot.kind is SlotKind.DATE
    yield Write(sheet=slot.sheet, row=slot.row, column=slot.column, value=value, date=is_date, added=slot.added)


def _legal(slot: Slot) -> Scalar | None:
    if slot.kind is SlotKind.CHOICE:
        return next((option.value for option in slot.options if option.label), None)
    if slot.kind is SlotKind.DATE:
        return DAY.isoformat()
    return 1 if slot.kind is SlotKind.NUMBER else TEXT


def _unread(again: Book, writes: Sequence[Write]) -> list[str]:
    sheets = {sheet.name: sheet for sheet in again.sheets}
    problems = []
    for write in writes:
        sheet = sheets.get(write.sheet)
        value = sheet.value(write.row, write.column) if sheet is not None else None
        if not _is_same(write, value):
            where = f"{write.sheet}!{address(write.row, write.column)}"
            problems.append(f"{where} reads {value!r} after {write.value!r} was written.")
    return problems


def _is_same(write: Write, value: Scalar | None) -> bool:
    if write.value is None:
        return value is None or value == ""
    if value is None:
        return False
    if write.date:  # a spreadsheet stores a day as the number of days since 1899-12-30, or since 1904
        serial = (DAY - date(1899, 12, 30)).days
        return value in (serial, serial - 1462) or show(value).startswith(str(write.value))
    return (type(value) is type(write.value) and value == write.value) or show(value) == show(write.value)
