"""What stands in one column of a table, as shares of its rows."""

from __future__ import annotations

from collections.abc import Sequence, Sized
from dataclasses import dataclass
from functools import lru_cache

from rfp.workbook.grid import Grid, sampled
from rfp.workbook.options import meaning
from rfp.workbook.wording import asks, is_id, is_placeholder, words

LEAST_REPEATED = 3  # rows with the same text, which is then a default and no answer
LONGEST_CHOICE = 60  # characters
BOXES = frozenset({"☐", "□", "○", "[ ]", "[]", "( )"})
MARKS = frozenset({"x", "✓", "✔", "☒", "☐", "☑", "●", "○", "1", "yes", "o", "□", "■"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """Shares are of all rows, or of the filled cells where said so."""

    filled: float
    open: float  # nothing, a placeholder, or one value of the cell's own list
    prepared: float  # open, and bordered, unlocked on a protected sheet, or with a list
    formula: float
    lists: float
    covered: float  # show a cell further left, merged over them
    choices: float  # say yes, no and the like
    boxes: float  # empty boxes to tick
    unique: float  # of the filled: distinct texts
    ids: float  # of the filled
    answers: float  # of the filled: yes, no and the like, or a sentence
    marks: float  # of the filled: ticks
    asking: float  # of the filled: mean of how much they ask
    length: float  # of the filled: mean words
    letters: float  # of the filled: mean characters


def content(grid: Grid, column: int, rows: Sequence[int]) -> Content:
    """Return the content of a column, from a sample of many rows."""
    rows = sampled(rows)
    texts = [text for row in rows if (text := grid.text(row, column))]
    default = _default(texts)
    blank = [row for row in rows if _is_open(grid, row, column, default)]
    said = [text for text in texts if _says(text)]
    marks = [text for text in texts if text.casefold() in MARKS]
    return Content(
        filled=_share(texts, rows),
        open=_share(blank, rows),
        prepared=_share([row for row in blank if _is_prepared(grid, row, column)], rows),
        formula=_share([row for row in rows if grid.is_formula(row, column)], rows),
        lists=_share([row for row in rows if grid.has_list(row, column)], rows),
        covered=_share([row for row in rows if grid.head(row, column)[1] != column], rows),
        choices=_share(said, rows),
        boxes=_share([text for text in texts if text in BOXES], rows),
        unique=_share(set(texts), texts),
        ids=_share([text for text in texts if is_id(text)], texts),
        answers=_share([text for text in texts if _says(text) or words(text) >= 3], texts),
        marks=_share(marks, texts) if texts else 1.0,
        asking=_mean([asks(text) for text in texts]),
        length=_mean([words(text) for text in texts]),
        letters=_mean([len(text) for text in texts]),
    )


def _default(texts: Sequence[str]) -> str:
    """Return the text that stands in every filled cell, such as "Not verified"; a date or a number is none."""
    repeated = len(texts) >= LEAST_REPEATED and len(set(texts)) == 1
    return texts[0] if repeated and not any(character.isdigit() for character in texts[0]) else ""


def _is_open(grid: Grid, row: int, column: int, default: str) -> bool:
    text = grid.text(row, column)
    if not text or text == default or text.casefold() in MARKS or is_placeholder(text):
        return True
    return any(option.label == text for option in grid.options(row, column))


def _is_prepared(grid: Grid, row: int, column: int) -> bool:
    if grid.has_list(row, column) or grid.style(row, column).border:
        return True
    return grid.sheet.protected and not grid.is_locked(row, column)


@lru_cache(maxsize=4096)
def _says(text: str) -> bool:
    """Tell an answer such as yes, no, or not applicable."""
    return len(text) <= LONGEST_CHOICE and bool(meaning(text))


def _share(part: Sized, whole: Sized) -> float:
    return len(part) / len(whole) if len(whole) else 0.0


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
