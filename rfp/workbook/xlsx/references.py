"""Cell references such as B12, $A$1:C9, D:D or 3:7."""

from __future__ import annotations

import re

from rfp.workbook.model import Area

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d+)(?::\$?([A-Za-z]{1,3})\$?(\d+))?$")
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_COLUMNS: dict[str, int] = {}


def column_number(reference: str) -> int:
    """Return the column of a reference such as B12 or of bare letters."""
    letters = reference.rstrip("0123456789")
    known = _COLUMNS.get(letters)
    if known is None:
        known = 0
        for letter in letters.strip("$").upper():
            known = known * 26 + ord(letter) - 64
        if len(_COLUMNS) < LAST_COLUMN:
            _COLUMNS[letters] = known
    return known


def areas(reference: str) -> list[Area]:
    """Return the areas of a space-separated reference; whole columns and rows reach to the sheet's end."""
    found = []
    for part in reference.replace("$", "").split():
        match = _REFERENCE.match(part)
        if match:
            left, top = column_number(match[1]), int(match[2])
            right = column_number(match[3]) if match[3] else left
            bottom = int(match[4]) if match[4] else top
            found.append(Area(min(top, bottom), min(left, right), max(top, bottom), max(left, right)))
            continue
        first, _, last = part.partition(":")
        if first.isalpha() and last.isalpha() and len(first) <= 3 and len(last) <= 3:
            found.append(Area(1, column_number(first), LAST_ROW, column_number(last)))
        elif first.isdigit() and last.isdigit():
            found.append(Area(int(first), 1, int(last), LAST_COLUMN))
    return found
