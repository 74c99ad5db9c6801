"""Write answers into an xlsx or xlsm file: only the cells that are answered change, and it is proven."""

from __future__ import annotations

from collections.abc import Sequence

from rfp.workbook.errors import FidelityBroken, WriteRefused
from rfp.workbook.guard import open_package
from rfp.workbook.model import Book, Fidelity, Write
from rfp.workbook.xlsx import parts
from rfp.workbook.xlsx.archive import replace
from rfp.workbook.xlsx.fidelity import compare_parts
from rfp.workbook.xlsx.patch import patch_sheet
from rfp.workbook.xlsx.patch_scan import scan
from rfp.workbook.xlsx.patch_workbook import recalculate_on_load
from rfp.workbook.xlsx.rules import admit


def fill(content: bytes, book: Book, writes: Sequence[Write]) -> tuple[bytes, Fidelity]:
    """Return the file with WRITES in it and the comparison with the original.

    :raises WriteRefused: if an answer may not go where it is to go; nothing is written then
    :raises FidelityBroken: if the result differs in anything else
    """
    package = open_package(content)
    if not writes:
        count = len(package.members)
        return content, Fidelity(parts=count, parts_identical=count, cells_written=0, cells_other_changed=0)
    names = {sheet.name for sheet in book.sheets}
    for write in writes:
        if write.sheet not in names:
            raise WriteRefused(f"The workbook has no sheet named {write.sheet}.", "Correct the layout.")
    changed: dict[str, bytes] = {}
    side_effects: list[str] = []
    for sheet in book.sheets:
        answers = admit(book, sheet, [write for write in writes if write.sheet == sheet.name])
        if answers:
            places = scan(package.xml(sheet.part), sheet.part, {answer.row for answer in answers})
            changed[sheet.part], said = patch_sheet(places, sheet, answers)
            side_effects += said
    if book.has_formulas:
        part = parts.read_workbook(package).part
        old = package.xml(part)
        new = recalculate_on_load(old, part)
        if new != old:
            changed[part] = new
            side_effects.append("The workbook calculates its formulas again when it is opened.")
    result = replace(package, changed)
    identical, violations = compare_parts(package, open_package(result), tuple(changed))
    if violations:
        raise FidelityBroken("The filled file differs in more than its answers.", " ".join(violations))
    return result, Fidelity(
        parts=len(package.members),
        parts_identical=identical,
        cells_written=len(writes),
        cells_other_changed=0,
        side_effects=tuple(side_effects),
    )
