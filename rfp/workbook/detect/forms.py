"""Forms without a table: a label beside the cell it asks for, or above it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rfp.workbook.detect.lexicon import is_answer_label, plain
from rfp.workbook.grid import Grid
from rfp.workbook.model import ColumnRole, TableColumn, TableLayout, address
from rfp.workbook.wording import asks, is_footer, is_guidance, is_id, is_placeholder, words

LEAST_PAIRS = 3
LONGEST_LABEL = 60  # words
LONGEST_HEADING = 8  # words of a text that a label above it heads
LEAST_TEXT = 3  # words
ASKS = 0.8
WIDE = 3  # texts in a row of a table
SAYS_SO = (":", "?")
# What a document says about itself is no question to a vendor.
_ABOUT = re.compile(
    r"(?:document |prepared |approved |reviewed |completed |issued |last )?(?:version|author|owner|date|by|status|title"
    r"|classification|updated|revision|approved by|reviewed by|prepared by|issued by|completed by|signature|signed"
    r"|page|copyright|project|type|urn|locale|provider|description)(?: by| on| date| no\.?)?",
    re.IGNORECASE,
)


def answered_below(grid: Grid) -> TableLayout | None:
    """Return the form in which a row such as "Response: ____" stands under each question."""
    pairs = [(row, column) for row, column in _labels(grid) if _is_answer_row(grid, *_under(grid, row, column))]
    return _stacked_layout(pairs, "a row for the answer") if len(pairs) >= LEAST_PAIRS else None


def _is_answer_row(grid: Grid, row: int, column: int) -> bool:
    alone = is_answer_label(grid.text(row, column)) and len(grid.texts[row]) == 1
    return alone and not grid.is_formula(row, column + grid.width(row, column))


def forms(grid: Grid) -> list[TableLayout]:
    """Return the forms of a sheet: labels above their cells where those say so, else labels beside their cells."""
    stacked = _stacked(grid)
    return [stacked] if stacked is not None else _beside(grid)


def asking_forms(grid: Grid, tables: Sequence[TableLayout]) -> list[TableLayout]:
    """Return the forms outside the tables whose labels ask; who filled in the form, and when, is no question."""
    taken = [range(min((*table.header_rows, table.first_row)), table.last_row + 1) for table in tables]
    return [form for form in _beside(grid, taken) if _is_asking(grid, form)]


def _is_asking(grid: Grid, form: TableLayout) -> bool:
    column, value = (c.column for c in form.columns)
    rows = [r for r in grid.rows if form.first_row <= r <= form.last_row and _is_label(grid, r, column)]
    asking = [row for row in rows if asks(grid.text(row, column)) >= ASKS]
    prepared = [row for row in rows if grid.is_prepared(row, value)]
    return len(asking) >= LEAST_PAIRS and len(asking) * 2 >= len(rows) and len(prepared) * 2 >= len(rows)


def _stacked(grid: Grid) -> TableLayout | None:
    """Find labels with a prepared cell right under them, and no cell to fill beside them."""
    pairs = [
        (row, column)
        for row, column in _labels(grid)
        if grid.is_prepared(*_under(grid, row, column))
        and (grid.text(row, column).endswith(SAYS_SO) or grid.waits(*_under(grid, row, column)))
        and not grid.is_prepared(row, column + grid.width(row, column))
        and not _is_label(grid, *_under(grid, row, column))
        and not grid.is_prepared(_under(grid, row, column)[0] + 1, column)  # an empty table, with rows to fill
    ]
    return _stacked_layout(pairs, "cells prepared for an answer") if _enough(grid, pairs) else None


def _stacked_layout(pairs: list[tuple[int, int]], below: str) -> TableLayout:
    return TableLayout(
        header_rows=tuple(sorted({row for row, _ in pairs})),
        first_row=min(row for row, _ in pairs),
        last_row=max(row for row, _ in pairs) + 1,
        columns=tuple(TableColumn(column=c, role=ColumnRole.QUESTION) for c in sorted({c for _, c in pairs})),
        shape="stacked",
        confidence=0.6,
        reasons=(f"{len(pairs)} labels, the first in {address(*pairs[0])}, stand above {below}.",),
    )


def _under(grid: Grid, row: int, column: int) -> tuple[int, int]:
    area = grid.merge(row, column)
    return (area.bottom if area is not None else row) + 1, column


def _beside(grid: Grid, taken: Sequence[range] = ()) -> list[TableLayout]:
    """Find labels with an open cell on their right; pairs in other columns are a form of their own."""
    pairs: dict[tuple[int, int], list[int]] = {}
    for row, column in _labels(grid, taken):
        value = column + grid.width(row, column)
        text = grid.text(row, column)
        is_open = not grid.text(row, value) and not grid.is_formula(row, value) and not _heads_text(grid, row, column)
        if grid.is_prepared(row, value) or (is_open and text.endswith(SAYS_SO)):
            pairs.setdefault((column, value), []).append(row)
    return [
        TableLayout(
            header_rows=(),
            first_row=rows[0],
            last_row=rows[-1],
            columns=(
                TableColumn(column=column, role=ColumnRole.QUESTION),
                TableColumn(column=value, role=ColumnRole.ANSWER),
            ),
            shape="form",
            confidence=0.6,
            reasons=(f"{len(rows)} labels, the first in {address(rows[0], column)}, stand beside open cells.",),
        )
        for (column, value), together in sorted(pairs.items())
        for rows in _apart(together, taken)
        if _enough(grid, [(row, column) for row in rows]) and _is_said(grid, rows, column, value)
    ]


def _apart(rows: list[int], taken: Sequence[range]) -> list[list[int]]:
    """Split the rows of a form where a table stands between them."""
    runs: list[list[int]] = []
    for row in rows:
        if runs and not any(runs[-1][-1] < table.start < row for table in taken):
            runs[-1].append(row)
        else:
            runs.append([row])
    return runs


def _heads_text(grid: Grid, row: int, column: int) -> bool:
    """Tell the heading of a paragraph, or a question with its answer, by the text that stands right under it."""
    below = grid.text(row + 1, column)
    return words(below) >= LEAST_TEXT and not below.endswith(SAYS_SO)


def _is_said(grid: Grid, rows: list[int], column: int, value: int) -> bool:
    """Borders alone make no form: most labels say that something is to be filled in, or their cells do."""
    others = sum(len(grid.texts[row].keys() - {column, value}) for row in rows)
    if others >= WIDE * len(rows):
        return False  # the last columns of a table
    waiting = sum(1 for row in rows if grid.waits(row, value))
    said = sum(1 for row in rows if grid.text(row, column).endswith(SAYS_SO) and not grid.waits(row, value))
    if waiting * 2 < len(rows) and sum(1 for texts in grid.texts.values() if len(texts) >= WIDE) >= len(rows):
        return False  # a few lines above a table
    return (said + waiting) * 2 >= len(rows)


def _labels(grid: Grid, taken: Sequence[range] = ()) -> Iterator[tuple[int, int]]:
    for row, texts in grid.texts.items():
        if any(row in rows for rows in taken):
            continue
        for column in texts:
            if _is_label(grid, row, column):
                yield row, column


def _is_label(grid: Grid, row: int, column: int) -> bool:
    text = grid.text(row, column)
    if not text or is_id(text) or (grid.is_formula(row, column) and not text.endswith(SAYS_SO)):
        return False
    if is_guidance(text) or (is_placeholder(text) and not text.endswith(SAYS_SO) and words(text) < LONGEST_HEADING):
        return False
    return 1 <= words(text) <= LONGEST_LABEL and not (is_footer(text) and not text.endswith("?"))


def _enough(grid: Grid, pairs: list[tuple[int, int]]) -> bool:
    """Tell a form from the few lines a document says about itself."""
    texts = [grid.text(row, column) for row, column in pairs]
    return sum(1 for text in texts if not _ABOUT.fullmatch(plain(text).rstrip("?"))) >= LEAST_PAIRS
