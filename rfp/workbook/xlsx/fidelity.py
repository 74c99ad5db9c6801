"""The comparison of a filled workbook with the original: part by part, then cell by cell.

It opens the result anew and takes nothing on the patcher's word.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from lxml import etree

from rfp.workbook.guard import Package
from rfp.workbook.xlsx import parts
from rfp.workbook.xlsx.archive import Entry, local_facts, read_directory, spans
from rfp.workbook.xlsx.fidelity_answers import read_back
from rfp.workbook.xlsx.fidelity_sheet import compare_sheet
from rfp.workbook.xlsx.patch_places import SheetMap
from rfp.workbook.xlsx.patch_scan import scan
from rfp.workbook.xlsx.rules import Answer

_SIZES_FOLLOW = 0x8
_MOST_REPORTED = 20
_FLAG = "fullCalcOnLoad"


class Answered(NamedTuple):
    """A sheet that answers were written to: its name, where things lay in its original part, and the answers."""

    name: str
    before: SheetMap
    answers: Sequence[Answer]


class Comparison(NamedTuple):
    parts_identical: int
    cells_other_changed: int
    violations: tuple[str, ...]


def compare(
    before: Package, after: Package, sheets: Mapping[str, Answered], workbook_part: str | None = None
) -> Comparison:
    """Compare two packages; answers may stand in the parts SHEETS, the calculation flag in WORKBOOK_PART."""
    touched = {*sheets} | ({workbook_part} if workbook_part else set())
    identical, violations = compare_parts(before, after, touched)
    cells = 0
    if before.names == after.names:
        for part, sheet in sheets.items():
            # Its rows are those of the original, byte for byte, or are read back below.
            places = scan(after.xml(part), part, {answer.row for answer in sheet.answers}, rows_checked=True)
            difference = compare_sheet(sheet.before, places, sheet.answers)
            cells += difference.cells
            found = [*difference.violations, *read_back(places, sheet.answers)]
            violations += [f"{sheet.name}: {problem}" for problem in found]
        if workbook_part and _without_flag(before, workbook_part) != _without_flag(after, workbook_part):
            violations.append("The workbook part changed by more than the calculation flag.")
    return Comparison(identical, cells, tuple(violations[:_MOST_REPORTED]))


def compare_parts(before: Package, after: Package, touched: Collection[str]) -> tuple[int, list[str]]:
    """Return how many members are identical, and what differs that may not.

    A member that was not touched has the same bytes, headers included, and the same record in the directory, but for
    its offset; a touched one the same name, method, time and attributes.
    """
    if before.names != after.names or list(spans(before)) != list(spans(after)):
        return 0, ["The parts of the file are not the same, or not in the same order."]
    identical = 0
    violations = [] if before.comment == after.comment else ["The comment of the archive changed."]
    records = dict(zip(before.names, zip(read_directory(before), read_directory(after), strict=True), strict=True))
    for (name, old), new in zip(spans(before).items(), spans(after).values(), strict=True):
        one, other = records.get(name, (None, None))
        if name in touched:
            same = local_facts(before.content, old[0]) == local_facts(after.content, new[0])
        else:
            same = before.content[slice(*old)] == after.content[slice(*new)]
        if not same:
            violations.append(f"The part {name} changed.")
        elif one and other and _facts(one, name in touched) != _facts(other, name in touched):
            violations.append(f"The archive says something else about {name} than before.")
        elif name and name not in touched:
            identical += 1
    return identical, violations


def _facts(entry: Entry, touched: bool) -> Entry:
    if not touched:
        return entry._replace(offset=0)
    return entry._replace(offset=0, crc=0, packed_size=0, size=0, extra=b"", flags=entry.flags & ~_SIZES_FOLLOW)


def _without_flag(package: Package, part: str) -> bytes:
    """Return the workbook part, written out again, without the flag that asks for calculation on load."""
    root = parts.parse(package.xml(part), part)
    for element in root:
        if parts.local(element) == "calcPr":
            element.attrib.pop(_FLAG, "")
            if not element.attrib and not len(element) and element.tail is None:
                root.remove(element)
    return etree.tostring(root)
