"""Write answers into an xlsx or xlsm file: only the cells that are answered change, and it is proven."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from rfp.workbook.errors import FidelityBroken, WorkbookRefused, WriteRefused
from rfp.workbook.guard import Package, open_package
from rfp.workbook.model import Book, Fidelity, Sheet, Write
from rfp.workbook.xlsx import parts
from rfp.workbook.xlsx.archive import replace
from rfp.workbook.xlsx.fidelity import Answered, Comparison, compare
from rfp.workbook.xlsx.patch import patch_sheet
from rfp.workbook.xlsx.patch_scan import scan
from rfp.workbook.xlsx.patch_workbook import recalculate_on_load
from rfp.workbook.xlsx.rules import admit, refuse_formulas


def fill(content: bytes, book: Book, writes: Sequence[Write]) -> tuple[bytes, Fidelity]:
    """Return the file with WRITES in it and the comparison with the original; without writes the file itself.

    :raises WriteRefused: if an answer may not go where it is to go; nothing is written then
    :raises FidelityBroken: if the result differs in anything else
    """
    package = open_package(content)
    count = len(package.members)
    if not writes:
        return content, Fidelity(parts=count, parts_identical=count, cells_written=0, cells_other_changed=0)
    sheets: dict[str, Answered] = {}
    changed: dict[str, bytes] = {}
    side_effects: list[str] = []
    for sheet, its_writes in _by_sheet(book, writes):
        answered = _answered(package, book, sheet, its_writes)
        sheets[sheet.part] = answered
        changed[sheet.part], said = patch_sheet(answered.before, sheet, answered.answers)
        side_effects += said
    workbook_part = None
    if book.has_formulas:
        workbook_part = parts.read_workbook(package).part
        changed[workbook_part] = recalculate_on_load(package.xml(workbook_part), workbook_part)
        side_effects.append("The workbook calculates its formulas again when it is opened.")
    if book.signed:
        side_effects.append("The digital signature of the workbook is no longer valid.")
    result = replace(package, changed)
    comparison = _compared(package, result, sheets, workbook_part)
    return result, Fidelity(
        parts=count,
        parts_identical=comparison.parts_identical,
        cells_written=len(writes),
        cells_other_changed=comparison.cells_other_changed,
        side_effects=tuple(side_effects),
    )


def _compared(package: Package, result: bytes, sheets: Mapping[str, Answered], workbook_part: str | None) -> Comparison:
    """:raises FidelityBroken: if the result differs in more than its answers, or cannot be opened"""
    try:
        comparison = compare(package, open_package(result), sheets, workbook_part)
    except WorkbookRefused as problem:
        text = f"The filled file could not be opened again: {problem.problem}"
        raise FidelityBroken(text, "It was not handed out.") from problem
    if comparison.violations or comparison.cells_other_changed:
        text = "The filled file would differ from the original in more than its answers:"
        raise FidelityBroken(f"{text} {' '.join(comparison.violations)}", "It was not handed out.")
    return comparison


def _by_sheet(book: Book, writes: Sequence[Write]) -> Iterator[tuple[Sheet, list[Write]]]:
    grouped: dict[str, list[Write]] = defaultdict(list)
    for write in writes:
        grouped[write.sheet].append(write)
    for sheet in book.sheets:
        if sheet.name in grouped:
            yield sheet, grouped.pop(sheet.name)
    for name in grouped:
        raise WriteRefused(f"The workbook has no sheet named {name}.", "Correct the layout.")


def _answered(package: Package, book: Book, sheet: Sheet, writes: Sequence[Write]) -> Answered:
    answers = admit(book, sheet, writes)
    places = scan(package.xml(sheet.part), sheet.part, {answer.row for answer in answers})
    refuse_formulas(sheet, places, answers)
    return Answered(sheet.name, places, answers)
