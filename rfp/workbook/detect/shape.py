"""The fingerprint of a layout: the same for every version of one template, filled or not."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from rfp.workbook.detect.lexicon import plain
from rfp.workbook.grid import Grid
from rfp.workbook.model import SheetLayout


def fingerprint(grids: Sequence[Grid], sheets: Sequence[SheetLayout]) -> str:
    """Return a name for the heads of the tables and their columns; where a head stands and how often is left out."""
    lines: set[str] = set()
    for grid, sheet in zip(grids, sheets, strict=True):
        for table in sheet.tables:
            heads = "|".join(f"{c.column}:{c.role}:{plain(c.header)}" for c in table.columns)
            lines.add(f"{table.shape}|{heads}")
        if not sheet.tables and not any(s.tables for s in sheets):
            lines.add("|".join(plain(text) for row in grid.rows[:1] for text in grid.texts[row].values()))
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()[:16]
