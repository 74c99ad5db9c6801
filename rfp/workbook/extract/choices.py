"""Options that no dropdown holds: typed as text beside the question, in the head, or spread over columns."""

from __future__ import annotations

import re

from rfp.workbook.grid import Grid
from rfp.workbook.model import ColumnRole, Option, Scalar, TableColumn, TableLayout
from rfp.workbook.options import meaning
from rfp.workbook.wording import words

LONGEST_OPTION = 6  # words
MOST_OPTIONS = 10
_SPLIT = re.compile(r"\s*(?:\n|;|\||/(?!a\b)|,(?!\d)|\bor\b|\boder\b|\bou\b)\s*", re.IGNORECASE)
_BRACKETS = re.compile(r"[(\[]([^()\[\]]+)[)\]]")
_BULLET = re.compile(r"^(?:[-•*·]|☐|□|○|\(?[a-z0-9]\))\s*", re.IGNORECASE)
_LEAD = re.compile(
    r"^(?:options?|choices?|select one(?: of)?|choose(?: one)?(?: of)?|answer(?: with)?|allowed|one of)\s*:?\s*", re.I
)
_LEVEL = re.compile(r"^(?:score|level|rating|maturity|stufe|niveau|nivel|option)?\s*(\d{1,2}|[A-E])$", re.IGNORECASE)


def typed_options(grid: Grid, table: TableLayout, row: int, column: TableColumn) -> tuple[Option, ...]:
    """Return the options typed in the row's guidance, in the cell itself, or in brackets in the head."""
    texts = [grid.text(*grid.head(row, c.column)) for c in table.columns if c.role is ColumnRole.GUIDANCE]
    texts.append(grid.text(row, column.column))
    for text in texts:
        if found := listed(text):
            return found
    for bracket in (*_BRACKETS.findall(column.header), column.header):
        if found := listed(bracket):
            return found
    question = table.column(ColumnRole.QUESTION)
    if question is not None:
        for bracket in _BRACKETS.findall(grid.text(row, question))[-1:]:
            if found := listed(bracket):
                return found
    return ()


def listed(text: str) -> tuple[Option, ...]:
    """Return the options a short text lists, such as "Yes / No / N/A"; nothing unless it says yes and no."""
    if len(text) > 200:
        return ()
    parts = [_BULLET.sub("", part).strip(" .\"'") for part in _SPLIT.split(_LEAD.sub("", text.strip()))]
    parts = [part for part in parts if part]
    if not 2 <= len(parts) <= MOST_OPTIONS or any(words(part) > LONGEST_OPTION for part in parts):
        return ()
    said = [meaning(part) for part in parts]
    if "yes" not in said or not ({"no", "partial"} & set(said)) or len(set(parts)) != len(parts):
        return ()
    return tuple(Option(part, part) for part in parts)


def spread_options(grid: Grid, table: TableLayout, row: int) -> tuple[Option, ...]:
    """Return the levels that stand in columns of their own ("Score 1" to "Score 5"), each with its words."""
    found: list[tuple[int, Option]] = []
    for column in table.columns:
        level = _LEVEL.match(" ".join(column.header.split()))
        if column.role is not ColumnRole.GUIDANCE or level is None:
            continue
        text = grid.text(*grid.head(row, column.column))
        if text:
            value: Scalar = int(level[1]) if level[1].isdigit() else level[1]
            found.append((column.column, Option(value, f"{level[1]} - {text}" if text != level[1] else text)))
    return tuple(option for _, option in found) if len(found) >= 2 else ()
