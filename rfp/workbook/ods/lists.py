"""Validation rules of OpenDocument: the kind of a rule, and the options of a list."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from rfp.workbook.model import Area, Option, Sheet, Validation, show
from rfp.workbook.xlsx.lists import LONGEST_LIST, MOST_DEPENDENT_CELLS
from rfp.workbook.xlsx.references import column_number

_KINDS = (
    ("cell-content-is-in-list", "list"),
    ("cell-content-is-whole-number", "whole"),
    ("cell-content-is-decimal-number", "decimal"),
    ("cell-content-is-date", "date"),
    ("cell-content-is-time", "time"),
    ("cell-content-text-length", "textLength"),
)
_LIST = re.compile(r"cell-content-is-in-list\((.*)\)\s*$", re.S)
_QUOTED = re.compile(r'"((?:[^"]|"")*)"\s*(?:;|$)\s*')
# [$Lists.$A$1:.$A$4], ['A sheet'.A1:.A4], [.B2]; a defined range has no brackets.
_RANGE = re.compile(
    r"^\[?\$?(?:'((?:[^']|'')+)'|([^'.\[\]]*))\.(\$?)([A-Z]{1,3})(\$?)(\d{1,7})"
    r"(?::(?:\$?(?:'(?:[^']|'')+'|[^'.\[\]]*)\.)?(\$?)([A-Z]{1,3})(\$?)(\d{1,7}))?\]?$",
    re.I,
)
_ADDRESS = re.compile(r"\.\$?([A-Z]{1,3})\$?(\d{1,7})$", re.I)
_MOST_OPTIONS = 100_000  # of a relative list, over all its cells


class Rule(NamedTuple):
    """A validation as defined: its condition, and the cell that relative addresses in it start from."""

    condition: str
    base: tuple[int, int]


class Reference(NamedTuple):
    sheet: str
    area: Area
    fixed: tuple[bool, bool]  # rows, columns


class Lists:
    """Resolves the list rules of a file against its sheets and defined ranges."""

    def __init__(self, sheets: Sequence[Sheet], names: Mapping[str, str]) -> None:
        self._sheets = {sheet.name.casefold(): sheet for sheet in sheets}
        self._rows: dict[str, list[int]] = {}  # the stored rows of a sheet, ascending
        self._names = {name.casefold(): target for name, target in names.items()}

    def resolve(self, rule: Rule, areas: tuple[Area, ...], sheet: Sheet) -> Validation:
        """Return the validation with its options; a source that leads nowhere leaves them None."""
        kind = next((kind for word, kind in _KINDS if word in rule.condition), "custom")
        found = _LIST.search(rule.condition) if kind == "list" else None
        source = found[1].strip() if found is not None else rule.condition
        options = quoted(source) if found is not None else None
        by_cell: dict[tuple[int, int], tuple[Option, ...]] = {}
        target = self._reference(source, sheet) if found is not None and options is None else None
        if target is not None:
            if all(target.fixed):
                options = self._read(target, 0, 0)
            else:
                by_cell = self._by_cell(target, rule, areas)
        return Validation(areas=areas, kind=kind, source=source, options=options, options_by_cell=by_cell)

    def _reference(self, source: str, sheet: Sheet) -> Reference | None:
        target = self._names.get(source.casefold(), source)
        found = _RANGE.match(target)
        if found is None:
            return None
        name = (found[1] or found[2] or sheet.name).replace("''", "'")
        top, left = int(found[6]), column_number(found[4])
        bottom, right = (int(found[10]), column_number(found[8])) if found[10] else (top, left)
        area = Area(min(top, bottom), min(left, right), max(top, bottom), max(left, right))
        named = target is not source
        return Reference(name, area, (named or found[5] == "$", named or found[3] == "$"))

    def _by_cell(
        self, target: Reference, rule: Rule, areas: Sequence[Area]
    ) -> dict[tuple[int, int], tuple[Option, ...]]:
        """A relative range moves with the cell it is for."""
        found: dict[tuple[int, int], tuple[Option, ...]] = {}
        looked = options_in_all = 0
        for area in areas:
            for row in range(area.top, area.bottom + 1):
                for column in range(area.left, area.right + 1):
                    if looked >= MOST_DEPENDENT_CELLS or options_in_all >= _MOST_OPTIONS:
                        return found
                    down = 0 if target.fixed[0] else row - rule.base[0]
                    along = 0 if target.fixed[1] else column - rule.base[1]
                    options = self._read(target, down, along)
                    looked += 1
                    options_in_all += len(options or ())
                    if options is not None:
                        found[row, column] = options
        return found

    def _read(self, target: Reference, down: int, along: int) -> tuple[Option, ...] | None:
        sheet = self._sheets.get(target.sheet.casefold())
        if sheet is None:
            return None
        area = target.area
        if sheet.name not in self._rows:
            self._rows[sheet.name] = list(sheet.rows)
        rows = self._rows[sheet.name]
        first, last = bisect_left(rows, area.top + down), bisect_right(rows, area.bottom + down)
        found: list[Option] = []
        for row in rows[first : min(last, first + LONGEST_LIST)]:
            for column, cell in sheet.rows[row].items():
                if not area.left + along <= column <= area.right + along:
                    continue
                if cell.value is not None and not cell.error and cell.value != "" and len(found) < LONGEST_LIST:
                    found.append(Option(cell.value, show(cell.value)))
        return tuple(found) or None


def quoted(source: str) -> tuple[Option, ...] | None:
    """Return the options of a list typed into the rule; None if it is none."""
    found = []
    at = 0
    while at < len(source):
        item = _QUOTED.match(source, at)
        if item is None:
            return None
        text = item[1].replace('""', '"').strip()
        found += [Option(text, text)] if text else []
        at = item.end()
    return tuple(found) or None


def base_cell(address: str) -> tuple[int, int]:
    """Return row and column of an address such as Sheet.B2; the first cell where it is none."""
    found = _ADDRESS.search(address)
    return (int(found[2]), column_number(found[1])) if found is not None else (1, 1)
