"""The options of a list validation: typed inline, in a range, behind a name, or chosen by another cell (INDIRECT)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from rfp.workbook.model import Area, Option, Scalar, Sheet, Validation, show
from rfp.workbook.xlsx.parts import Names
from rfp.workbook.xlsx.references import areas
from rfp.workbook.xlsx.validations import RawValidation

_SHEET_PREFIX = re.compile(r"^(?:'((?:[^']|'')+)'|([^'!]+))!(.+)$")
_INDIRECT = re.compile(r"^INDIRECT\((.+)\)$", re.I | re.S)
_OFFSET = re.compile(r"^OFFSET\(([^,]+),.*$", re.I | re.S)
_ABSOLUTE = re.compile(r"^(\$?)([A-Z]{1,3})(\$?)(\d+)$", re.I)
DEPTH = 5  # a name may point to a name
LONGEST_LIST = 2_000
MOST_DEPENDENT_CELLS = 5_000


class Lists:
    """Resolves list sources against the sheets of a workbook and its defined names."""

    def __init__(self, sheets: Sequence[Sheet], names: Names) -> None:
        self._sheets = {sheet.name.casefold(): sheet for sheet in sheets}
        self._names = names

    def resolve(self, raw: RawValidation, sheet: Sheet, position: int) -> Validation:
        """Return the validation with its options; a source that leads nowhere leaves them None."""
        options = None
        by_cell: Mapping[tuple[int, int], tuple[Option, ...]] = {}
        if raw.kind == "list":
            found = _INDIRECT.match(raw.source.lstrip("="))
            if found and not found[1].strip().startswith('"'):
                by_cell = self._dependent(raw, found[1], sheet, position)
            else:
                options = self._options(raw.source, sheet, position)
        return Validation(
            areas=raw.areas,
            kind=raw.kind,
            source=raw.source,
            options=options,
            extension=raw.extension,
            enforced=raw.enforced,
            options_by_cell=by_cell,
        )

    def _options(self, source: str, sheet: Sheet, position: int, depth: int = 0) -> tuple[Option, ...] | None:
        source = source.strip().lstrip("=")
        if depth > DEPTH or not source or "#REF!" in source:
            return None
        if source.startswith('"') and source.endswith('"') and len(source) > 1:
            texts = (part.strip() for part in source[1:-1].replace('""', '"').split(","))
            return tuple(Option(text, text) for text in texts if text) or None
        indirect = _INDIRECT.match(source)
        if indirect:
            inner = indirect[1].strip()
            return self._options(inner.strip('"'), sheet, position, depth + 1) if inner.startswith('"') else None
        offset = _OFFSET.match(source)
        if offset:
            return self._column_from(offset[1].strip(), sheet, position)
        prefixed = _SHEET_PREFIX.match(source)
        target, place = sheet, source
        if prefixed:
            name = (prefixed[1] or prefixed[2]).replace("''", "'")
            place = prefixed[3]
            if name.casefold() not in self._sheets:
                return None
            target = self._sheets[name.casefold()]
        ranges = areas(place)
        if ranges:
            return self._in_areas(target, ranges)
        named = self._names.find(place, position)
        return self._options(named, sheet, position, depth + 1) if named else None

    def _in_areas(self, sheet: Sheet, ranges: Sequence[Area]) -> tuple[Option, ...] | None:
        found: list[Option] = []
        for area in ranges:
            for row in _stored_rows(sheet, area):
                cells = sheet.rows[row]
                for column in range(area.left, min(area.right, area.left + 255) + 1):
                    cell = cells.get(column)
                    if cell is not None and cell.value is not None and not cell.error and cell.value != "":
                        found.append(Option(cell.value, show(cell.value)))
                        if len(found) >= LONGEST_LIST:
                            return tuple(found)
        return tuple(found) or None

    def _column_from(self, place: str, sheet: Sheet, position: int) -> tuple[Option, ...] | None:
        """Read downward from the start of an OFFSET until the first empty cell."""
        prefixed = _SHEET_PREFIX.match(place)
        target, cell = sheet, place
        if prefixed:
            found = self._sheets.get((prefixed[1] or prefixed[2]).replace("''", "'").casefold())
            if found is None:
                return None
            target, cell = found, prefixed[3]
        start = areas(cell)
        if not start:
            return None
        options: list[Option] = []
        row = start[0].top
        while (value := target.value(row, start[0].left)) is not None and len(options) < LONGEST_LIST:
            options.append(Option(value, show(value)))
            row += 1
        return tuple(options) or None

    def _dependent(
        self, raw: RawValidation, inner: str, sheet: Sheet, position: int
    ) -> dict[tuple[int, int], tuple[Option, ...]]:
        """Resolve INDIRECT for each cell: its argument is read at the cell's own place."""
        anchor = raw.areas[0]
        found: dict[tuple[int, int], tuple[Option, ...]] = {}
        for area in raw.areas:
            for row in _stored_rows(sheet, area):
                for column in range(area.left, min(area.right, area.left + 255) + 1):
                    text = self._argument(inner, sheet, row - anchor.top, column - anchor.left)
                    options = self._options(text, sheet, position) if text else None
                    if options:
                        found[row, column] = options
                    if len(found) >= MOST_DEPENDENT_CELLS:
                        return found
        return found

    def _argument(self, inner: str, sheet: Sheet, down: int, right: int) -> str:
        """Return the text an INDIRECT argument has: a cell, or texts and cells joined by &."""
        parts = []
        for part in inner.split("&"):
            part = part.strip()
            substituted = re.match(r'^SUBSTITUTE\(([^,]+),"([^"]*)","([^"]*)"\)$', part, re.I)
            if substituted:
                parts.append(self._argument(substituted[1], sheet, down, right).replace(substituted[2], substituted[3]))
            elif part.startswith('"'):
                parts.append(part.strip('"'))
            else:
                moved = _ABSOLUTE.match(part)
                if not moved:
                    return ""
                place = areas(moved[2] + moved[4])[0]
                row = place.top if moved[3] else place.top + down
                column = place.left if moved[1] else place.left + right
                value: Scalar | None = sheet.value(row, column)
                parts.append(show(value) if value is not None else "")
        return "".join(parts)


def _stored_rows(sheet: Sheet, area: Area) -> list[int]:
    if area.bottom - area.top < len(sheet.rows):
        return [row for row in range(area.top, area.bottom + 1) if row in sheet.rows]
    return [row for row in sheet.rows if area.top <= row <= area.bottom]
