"""Write answers into an OpenDocument spreadsheet: only the answered cells change, and it is proven."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rfp.workbook.errors import FidelityBroken, WriteRefused
from rfp.workbook.guard import open_package
from rfp.workbook.model import Book, Fidelity, Scalar, Write, address, show
from rfp.workbook.ods.fidelity import Answered, differences, wanted_after
from rfp.workbook.ods.names import CONTENT
from rfp.workbook.ods.patch import Answer, Patch
from rfp.workbook.ods.read import read
from rfp.workbook.ods.scan import Places, scan
from rfp.workbook.xlsx.archive import replace
from rfp.workbook.xlsx.fidelity import compare_parts
from rfp.workbook.xlsx.patch import apply
from rfp.workbook.xlsx.rules import admit

Answers = Mapping[str, Mapping[tuple[int, int], Answer]]  # by table, then by row and column


def fill(content: bytes, book: Book, writes: Sequence[Write]) -> tuple[bytes, Fidelity]:
    """Return the spreadsheet with WRITES in it and the comparison with the original.

    :raises WriteRefused: if an answer may not go where it is to go; nothing is written then
    :raises FidelityBroken: if the result differs in anything else
    """
    package = open_package(content)
    count = len(package.members)
    if not writes:
        return content, Fidelity(parts=count, parts_identical=count, cells_written=0, cells_other_changed=0)
    answers = _admitted(book, writes)
    before = scan(package.xml(CONTENT), {name: _rows(own) for name, own in answers.items()})
    patch = Patch(before)
    edits = [edit for name, own in answers.items() for edit in patch.edits(before.tables[name], own)]
    result = replace(package, {CONTENT: apply(before.data, edits)})
    after = open_package(result)
    identical, violations = compare_parts(package, after, (CONTENT,))
    violations += _changes(before, after.xml(CONTENT), answers)
    if not violations:
        violations = _unread(read(result), answers)
    if violations:
        raise FidelityBroken("The filled file differs in more than its answers.", " ".join(violations[:20]))
    return result, Fidelity(
        parts=count,
        parts_identical=identical,
        cells_written=len(writes),
        cells_other_changed=0,
        side_effects=_side_effects(book, before, answers),
    )


def _admitted(book: Book, writes: Sequence[Write]) -> dict[str, dict[tuple[int, int], Answer]]:
    names = {sheet.name for sheet in book.sheets}
    for write in writes:
        if write.sheet not in names:
            raise WriteRefused(f"The workbook has no sheet named {write.sheet}.", "Correct the layout.")
    answers: dict[str, dict[tuple[int, int], Answer]] = {}
    for sheet in book.sheets:
        own = {(write.row, write.column): write for write in writes if write.sheet == sheet.name}
        admitted = admit(book, sheet, [write for write in writes if write.sheet == sheet.name])
        for found in admitted:
            asked = own[found.row, found.column]
            # OpenDocument stores a date as such, where other spreadsheets count days.
            date = asked.date and isinstance(asked.value, str) and isinstance(found.value, (int, float))
            value = asked.value if date else found.value
            place = (found.row, found.column)
            answers.setdefault(sheet.name, {})[place] = Answer(value, date, asked.added or asked.header)
    return answers


def _rows(answers: Mapping[tuple[int, int], Answer]) -> list[range]:
    return [range(row, row + 1) for row in sorted({row for row, _ in answers})]


def _changes(before: Places, data: bytes, answers: Answers) -> list[str]:
    answered = {
        name: Answered(own.keys(), {column for (_, column), answer in own.items() if answer.added})
        for name, own in answers.items()
    }
    return differences(before, scan(data, wanted_after(before, answered)), answered)


def _unread(book: Book, answers: Answers) -> list[str]:
    return [
        f"The answer at {name}!{address(*place)} does not read back."
        for name, own in answers.items()
        for place, answer in own.items()
        if not _says(book.sheet(name).value(*place), answer.value)
    ]


def _says(stored: Scalar | None, value: Scalar | None) -> bool:
    if isinstance(value, str):
        return (show(stored) if stored is not None else "") == value.strip()
    return stored == value and isinstance(stored, bool) == isinstance(value, bool)


def _side_effects(book: Book, before: Places, answers: Answers) -> tuple[str, ...]:
    effects = []
    if book.has_formulas:
        effects.append("Formulas show their stored results until the file is calculated again (Ctrl+Shift+F9).")
    for name, own in answers.items():
        added = {column for (_, column), answer in own.items() if answer.added}
        if added:
            what = "A column was" if len(added) == 1 else f"{len(added)} columns were"
            effects.append(f"{what} added on {name}.")
        if max(row for row, _ in own) > before.tables[name].last:
            effects.append(f"Rows were added at the end of {name}.")
    return tuple(effects)
