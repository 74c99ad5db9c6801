"""One sheet as a grid of texts, with what stands at each cell; a transposed sheet reads the same way.

Detection and extraction look at sheets only through this, so that a form with its questions across the top is read
by the same rules as one with its questions down the side.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from rfp.workbook.model import Area, Book, Cell, Option, Sheet, Style, Validation, show
from rfp.workbook.wording import is_placeholder

WIDEST = 60  # columns of a merged range or a rule that are looked at; wider ones are about the whole sheet
ENOUGH = 240  # rows that tell how a column usually looks


def sampled(rows: Sequence[int], most: int = ENOUGH) -> Sequence[int]:
    """Return rows spread evenly over all of them, the first included."""
    return rows if len(rows) <= most else [rows[n * len(rows) // most] for n in range(most)]


class Span(NamedTuple):
    top: int
    bottom: int
    validation: Validation
    area: Area


class Grid:
    """Rows and columns count from 1. With ``across`` the sheet's columns are the grid's rows."""

    def __init__(self, book: Book, sheet: Sheet, *, across: bool = False) -> None:
        self.book = book
        self.sheet = sheet
        self.across = across

    @cached_property
    def texts(self) -> dict[int, dict[int, str]]:
        """What the cells show, by row and column, ascending; cells that show nothing are left out."""
        found: dict[int, dict[int, str]] = {}
        for row, stored in self.sheet.rows.items():
            for column, cell in stored.items():
                if cell.value is None or cell.error or not (text := show(cell.value)):
                    continue
                at_row, at_column = (column, row) if self.across else (row, column)
                found.setdefault(at_row, {})[at_column] = text
        return {row: dict(sorted(found[row].items())) for row in sorted(found)} if self.across else found

    def flip(self, row: int, column: int) -> tuple[int, int]:
        """Return the place in the sheet of a place in the grid, and the other way round."""
        return (column, row) if self.across else (row, column)

    @cached_property
    def rows(self) -> tuple[int, ...]:
        """The rows that show text, ascending."""
        return tuple(self.texts)

    def below(self, row: int, most: int) -> Sequence[int]:
        """Return the next rows under a row that show text."""
        start = bisect_right(self.rows, row)
        return self.rows[start : start + most]

    @cached_property
    def columns(self) -> tuple[int, ...]:
        return tuple(sorted({column for row in self.texts.values() for column in row}))

    @cached_property
    def _merges(self) -> tuple[dict[tuple[int, int], Area], dict[tuple[int, int], tuple[int, int]]]:
        heads: dict[tuple[int, int], Area] = {}
        covered: dict[tuple[int, int], tuple[int, int]] = {}
        last = max(self.rows, default=0) + 1
        for area in self.sheet.merged:
            if self.across:
                area = Area(area.left, area.top, area.right, area.bottom)
            head = (area.top, area.left)
            heads[head] = area
            for row in range(area.top, min(area.bottom, last) + 1):
                for column in range(area.left, min(area.right, area.left + WIDEST) + 1):
                    if (row, column) != head:
                        covered[row, column] = head
        return heads, covered

    @cached_property
    def _lists(self) -> dict[int, list[Span]]:
        """List validations by column."""
        spans: dict[int, list[Span]] = {}
        for validation in self.sheet.validations:
            if validation.kind in ("none", ""):
                continue
            for area in validation.areas:
                top, left, bottom, right = area
                if self.across:
                    top, left, bottom, right = left, top, right, bottom
                # A rule over hundreds of columns is about the sheet, not about an answer.
                for column in range(left, min(right, left + WIDEST) + 1):
                    spans.setdefault(column, []).append(Span(top, bottom, validation, area))
        return spans

    def text(self, row: int, column: int) -> str:
        stored = self.texts.get(row)
        return stored.get(column, "") if stored is not None else ""

    def cell(self, row: int, column: int) -> Cell | None:
        return self.sheet.cell(*self.flip(row, column))

    def is_formula(self, row: int, column: int) -> bool:
        cell = self.cell(row, column)
        return cell is not None and cell.formula is not None

    def style(self, row: int, column: int) -> Style:
        return self.book.style_at(self.sheet, *self.flip(row, column))

    def is_locked(self, row: int, column: int) -> bool:
        return self.book.is_locked(self.sheet, *self.flip(row, column))

    def merge(self, row: int, column: int) -> Area | None:
        """Return the merged range that begins here, in the grid's own directions."""
        return self._merges[0].get((row, column))

    def head(self, row: int, column: int) -> tuple[int, int]:
        """Return the cell whose value shows here: the top left one of a merged range, else the cell itself."""
        return self._merges[1].get((row, column), (row, column))

    def is_covered(self, row: int, column: int) -> bool:
        return (row, column) in self._merges[1]

    def width(self, row: int, column: int) -> int:
        area = self.merge(row, column)
        return area.right - area.left + 1 if area is not None else 1

    def validation(self, row: int, column: int) -> Validation | None:
        for span in self._lists.get(column, ()):
            if span.top <= row <= span.bottom:
                return span.validation
        return None

    def options(self, row: int, column: int) -> tuple[Option, ...]:
        """Return the allowed answers of a cell with a list; empty without one, or when it could not be resolved."""
        validation = self.validation(row, column)
        if validation is None or validation.kind != "list":
            return ()
        own = validation.options_by_cell.get(self.flip(row, column))
        return own if own is not None else validation.options or ()

    def has_list(self, row: int, column: int) -> bool:
        validation = self.validation(row, column)
        return validation is not None and validation.kind == "list"

    @cached_property
    def list_columns(self) -> frozenset[int]:
        return frozenset(
            column for column, spans in self._lists.items() if any(s.validation.kind == "list" for s in spans)
        )

    @cached_property
    def choices(self) -> frozenset[str]:
        """Every option that a dropdown of the sheet offers."""
        return frozenset(option.label for validation in self.sheet.validations for option in validation.options or ())

    def is_hidden(self, row: int, column: int) -> bool:
        sheet_row, sheet_column = self.flip(row, column)
        hidden_column = any(first <= sheet_column <= last for first, last in self.sheet.hidden_columns)
        return hidden_column or sheet_row in self.sheet.hidden_rows

    def waits(self, row: int, column: int) -> bool:
        """Tell a cell that says it is to be filled: a placeholder, or empty with a rule or unlocked."""
        text = self.text(row, column)
        if text:
            return is_placeholder(text)
        if self.validation(row, column) is not None:
            return True
        return self.sheet.protected and not self.is_locked(row, column)

    def is_prepared(self, row: int, column: int) -> bool:
        """Tell a cell that waits for an answer, or is empty with a border."""
        if self.is_formula(row, column) or self.is_covered(row, column):
            return False
        return self.waits(row, column) or (not self.text(row, column) and self.style(row, column).border)
