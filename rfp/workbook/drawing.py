"""A sheet as a grid to look at: a window of its rows, cells merged as in the file, what each row and column is for.

Rows without anything in them are drawn one at a time between others; a longer run is one line that names it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from rfp.workbook.extract.table import row_kinds
from rfp.workbook.grid import Grid
from rfp.workbook.model import Area, Option, SheetLayout, TableLayout, column_letters
from rfp.workbook.rowkind import RowKind

ROWS = 60  # of a window
COLUMNS = 24
LONGEST_RUN = 2  # empty rows that are drawn one by one
LONGEST_TEXT = 400  # characters of a cell
MOST_OPTIONS = 60
NARROW, WIDE, USUAL = 48, 420, 72  # pixels
PER_CHARACTER = 7.2
HEADER = "header"
_COLOUR = re.compile(r"(?:[0-9A-F]{2})?([0-9A-F]{6})", re.IGNORECASE)
_PALE = 140  # of 255, from which dark letters read better


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnColumn:
    number: int
    letters: str
    width: int
    role: str  # of the table that is worked on: a role, "tick", or for a turned table what the line is
    option: str
    hidden: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnCell:
    column: int
    text: str
    columns: int
    rows: int
    role: str  # of the cell in its table, empty outside
    fill: str  # as the buyer coloured it: a colour of six digits, or "shade" for one of the theme
    dark: bool  # the fill is dark
    bold: bool
    options: int  # number of its list of options, 0 for none
    comment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnRow:
    """``until`` is set for a line that stands for several empty rows."""

    number: int
    role: str
    marked: bool  # a person said what it is
    hidden: bool
    cells: tuple[DrawnCell, ...] = ()
    until: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionList:
    number: int
    labels: tuple[str, ...]
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    columns: tuple[DrawnColumn, ...]
    rows: tuple[DrawnRow, ...]
    lists: tuple[OptionList, ...]
    windows: tuple[tuple[int, int], ...]  # first and last row of each
    window: int
    columns_before: int  # first column of the columns further left, 0 for none
    columns_after: int


def draw(grid: Grid, layout: SheetLayout, *, active: int, row: int = 1, column: int = 1) -> Drawing:
    """Draw the window of a sheet that holds a row, from a column on. ``grid`` reads the sheet as it stands."""
    lines = _lines(grid, layout)
    windows = [(lines[n][0], lines[min(n + ROWS, len(lines)) - 1][1]) for n in range(0, len(lines), ROWS)]
    window = max(bisect_left([first for first, _ in windows], row + 1) - 1, 0)
    shown = lines[window * ROWS : (window + 1) * ROWS]
    last = _last_column(grid, layout)
    first = min(column, last)
    columns = range(first, min(last, first + COLUMNS - 1) + 1)
    pen = _Pen(grid, layout, columns, shown)
    table = layout.tables[active] if active < len(layout.tables) else None
    return Drawing(
        columns=tuple(pen.column(number, table) for number in columns),
        rows=tuple(pen.row(start, end) for start, end in shown),
        lists=tuple(pen.lists.values()),
        windows=tuple(windows),
        window=window,
        columns_before=max(first - COLUMNS, 1) if first > 1 else 0,
        columns_after=columns[-1] + 1 if columns and columns[-1] < last else 0,
    )


def _lines(grid: Grid, layout: SheetLayout) -> list[tuple[int, int]]:
    """Return the lines of the drawing: one row each, or the first and last of a run of empty rows."""
    last = max((*grid.rows, *(_ends(table)[1] for table in layout.tables)), default=0)
    last = min(last, max(grid.rows, default=0) + 1)
    empty = [row for row in range(1, last + 1) if row not in grid.texts] if last < 200_000 else []
    lines = [(row, row) for row in grid.rows]
    for _, run in groupby(enumerate(empty), key=lambda pair: pair[1] - pair[0]):
        rows = [row for _, row in run]
        lines += [(row, row) for row in rows] if len(rows) <= LONGEST_RUN else [(rows[0], rows[-1])]
    return sorted(lines)


def _ends(table: TableLayout) -> tuple[int, int]:
    """Return the first and last row of the sheet that a table takes."""
    if table.shape == "transposed":
        lines = [column.column for column in table.columns]
        return min(lines), max(lines)
    return min((*table.header_rows, table.first_row)), table.last_row


def _last_column(grid: Grid, layout: SheetLayout) -> int:
    used = grid.columns[-1] if grid.columns else 1
    asked = [c.column for t in layout.tables if t.shape != "transposed" for c in t.columns]
    # One column more, so that a place for answers can be named right of what the buyer filled.
    return max((used, *asked)) + 1


class _Pen:
    def __init__(self, grid: Grid, layout: SheetLayout, columns: range, shown: Sequence[tuple[int, int]]) -> None:
        self.grid = grid
        self.layout = layout
        self.columns = columns
        self.lists: dict[tuple[Option, ...], OptionList] = {}
        self.drawn = {row for row, end in shown if row == end}
        self.kinds = [_kinds(grid, table) for table in layout.tables]
        self.marked = {mark.row for table in layout.tables if table.shape != "transposed" for mark in table.marks}

    def column(self, number: int, table: TableLayout | None) -> DrawnColumn:
        role = option = ""
        if table is not None and table.shape == "transposed":
            role = self.kinds[self.layout.tables.index(table)].get(number, "")
        elif table is not None:
            known = next((c for c in table.columns if c.column == number), None)
            role, option = (("tick" if known.option else known.role.value), known.option) if known else ("", "")
        return DrawnColumn(
            number=number,
            letters=column_letters(number),
            width=self._width(number),
            role=role,
            option=option,
            hidden=any(first <= number <= last for first, last in self.grid.sheet.hidden_columns),
        )

    def _width(self, number: int) -> int:
        widths = (width for first, last, width in self.grid.sheet.column_widths if first <= number <= last)
        width = next(widths, None)
        return USUAL if width is None else max(NARROW, min(WIDE, round(width * PER_CHARACTER)))

    def row(self, number: int, end: int) -> DrawnRow:
        if end > number:
            return DrawnRow(number=number, until=end, role="", marked=False, hidden=False)
        return DrawnRow(
            number=number,
            role=self._row_role(number),
            marked=number in self.marked,
            hidden=number in self.grid.sheet.hidden_rows,
            cells=self._cells(number),
        )

    def _row_role(self, number: int) -> str:
        for table, kinds in zip(self.layout.tables, self.kinds, strict=True):
            if table.shape == "transposed":
                known = next((c for c in table.columns if c.column == number), None)
                if known is not None:
                    return "tick" if known.option else known.role.value
            elif number in kinds:
                return kinds[number]
        return ""

    def _cells(self, row: int) -> tuple[DrawnCell, ...]:
        cells = []
        under = 0  # the last column that a text to the left runs over
        for column in self.columns:
            if column <= under or (cell := self._cell(row, column)) is None:
                continue
            cells.append(cell)
            under = column + cell.columns - 1
        return tuple(cells)

    def _cell(self, row: int, column: int) -> DrawnCell | None:
        area = self._area(row, column)
        if area is not None and not self._begins(area, row, column):
            return None
        at = (area.top, area.left) if area is not None else (row, column)
        text = self.grid.text(*at)
        if len(text) > LONGEST_TEXT:
            text = f"{text[:LONGEST_TEXT]}…"
        stored = self.grid.cell(*at)
        style = self.grid.book.style(stored) if stored is not None else None
        fill, dark = _fill(style.fill if style is not None else "")
        role = self._role(*at)
        return DrawnCell(
            column=column,
            text=text,
            columns=self._columns(area, row, column, "" if role else text),
            rows=self._height(area, row) if area is not None else 1,
            role=role,
            fill=fill,
            dark=dark,
            bold=style is not None and style.bold,
            options=self._list(*at),
            comment=self.grid.sheet.comments.get(at, ""),
        )

    def _columns(self, area: Area | None, row: int, column: int, text: str) -> int:
        """Return how many columns a cell takes: those it is merged over, or that its long text runs over."""
        if area is not None:
            return min(area.right, self.columns[-1]) - column + 1
        end, room = column, self._width(column)
        while len(text) * PER_CHARACTER > room and end < self.columns[-1] and self._is_free(row, end + 1):
            end += 1
            room += self._width(end)
        return end - column + 1

    def _is_free(self, row: int, column: int) -> bool:
        return not (
            self.grid.text(row, column)
            or self.grid.options(row, column)
            or self._role(row, column)
            or self._area(row, column) is not None
        )

    def _area(self, row: int, column: int) -> Area | None:
        return self.grid.merge(*self.grid.head(row, column))

    def _begins(self, area: Area, row: int, column: int) -> bool:
        """Tell the cell that stands for a merged range in this window: its first that is drawn, after a gap again."""
        left = column == max(area.left, self.columns[0])
        return left and (row == area.top or row - 1 not in self.drawn)

    def _height(self, area: Area, row: int) -> int:
        end = row
        while end < area.bottom and end + 1 in self.drawn:
            end += 1
        return end - row + 1

    def _role(self, row: int, column: int) -> str:
        for table, kinds in zip(self.layout.tables, self.kinds, strict=True):
            line, across = (column, row) if table.shape == "transposed" else (row, column)
            kind = kinds.get(line, "")
            known = next((c for c in table.columns if c.column == across), None)
            if kind in (HEADER, RowKind.SECTION):
                if table.columns[0].column <= across <= table.columns[-1].column:
                    return kind
            elif kind in (RowKind.QUESTION, RowKind.SAMPLE) and known is not None:
                return "tick" if known.option else known.role.value
        return ""

    def _list(self, row: int, column: int) -> int:
        options = self.grid.options(row, column)
        if not options:
            return 0
        labels = tuple(option.label for option in options[:MOST_OPTIONS])
        known = self.lists.setdefault(
            options, OptionList(number=len(self.lists) + 1, labels=labels, more=len(options) - len(labels))
        )
        return known.number


def _kinds(grid: Grid, table: TableLayout) -> Mapping[int, str]:
    across = table.shape == "transposed"
    turned = Grid(grid.book, grid.sheet, across=True) if across else grid
    if table.shape == "stacked":
        return dict.fromkeys(table.header_rows, RowKind.QUESTION.value)
    kinds = {row: kind.value for row, kind in row_kinds(turned, table).items() if kind is not RowKind.EMPTY}
    return {**kinds, **dict.fromkeys(table.header_rows, HEADER)}


def _fill(fill: str) -> tuple[str, bool]:
    """Return a fill to draw and whether it is dark; white and black are the paper and the ink of the page itself."""
    if not fill or fill.startswith("theme0"):
        return "", False
    colour = _COLOUR.fullmatch(fill)
    if colour is None:
        return "shade", False
    red, green, blue = (int(colour[1][n : n + 2], 16) for n in (0, 2, 4))
    if min(red, green, blue) >= 250:
        return "", False
    return colour[1].lower(), red * 0.299 + green * 0.587 + blue * 0.114 < _PALE
