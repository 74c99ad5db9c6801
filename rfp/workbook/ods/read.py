"""An OpenDocument spreadsheet as a book, streamed.

Rows and cells are stored once with a number of repeats that runs to a million: what is blank is never expanded, and
what is not counts against the limits as often as it shows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from rfp.workbook.errors import TooLarge
from rfp.workbook.guard import Limits, Package, open_package
from rfp.workbook.model import Area, Book, Cell, FileFormat, Sheet
from rfp.workbook.ods.cells import OdsCell, cells
from rfp.workbook.ods.lists import Lists, Rule, base_cell
from rfp.workbook.ods.looks import Looks
from rfp.workbook.ods.names import CONTENT, FOREIGN, NUMBER, STYLE, STYLES, TABLE, count
from rfp.workbook.ods.streaming import forget, stream
from rfp.workbook.plain_text import clean
from rfp.workbook.xlsx.parts import parse

_TAGS = tuple(
    f"{{*}}{name}"
    for name in (
        "style",
        "default-style",
        "date-style",
        "content-validation",
        "table-column",
        "table-row",
        "named-range",
        "database-range",
    )
)
_HIDDEN = ("collapse", "filter")
# A blank cell is stored for its style, as far as a form reaches; farther it is empty space.
_BLANK_COLUMNS, _BLANK_ROWS = 64, 200
_ROW_ELEMENTS = 100_000  # blank ones too, of all sheets


@dataclass(slots=True)
class _Raw:
    """A table while it is read."""

    sheet: Sheet
    row: int = 0  # the latest one
    column: int = 0  # the latest one of the column definitions
    defaults: list[tuple[int, int, str]] = field(default_factory=list)  # first, last, style of columns
    merged: list[Area] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    widths: list[tuple[int, int, float]] = field(default_factory=list)
    matrices: list[Area] = field(default_factory=list)
    rules: dict[str, list[Area]] = field(default_factory=dict)
    row_styles: dict[int, int] = field(default_factory=dict)
    comments: dict[tuple[int, int], str] = field(default_factory=dict)


def read(content: bytes) -> Book:
    """Return everything that finding and filling answers needs.

    :raises WorkbookRefused: if the file breaks a limit or is damaged
    """
    package = open_package(content)
    reader = _Reader(package)
    reader.run()
    sheets = [_finished(raw, reader.looks) for raw in reader.tables]
    lists = Lists(sheets, reader.names)
    for raw, sheet in zip(reader.tables, sheets, strict=True):
        sheet.validations = tuple(
            lists.resolve(reader.rules[name], tuple(_joined(areas)), sheet)
            for name, areas in raw.rules.items()
            if name in reader.rules
        )
    has_macros = any(name.startswith(("Basic/", "Scripts/")) and not name.endswith("/") for name in package.names)
    signed = "META-INF/documentsignatures.xml" in package
    return Book(
        format=FileFormat.ODS,
        sheets=tuple(sheets),
        styles=tuple(reader.looks.pool),
        names=reader.names,
        has_macros=has_macros,
        has_formulas=reader.has_formulas,
        signed=signed,
        notes=_notes(has_macros=has_macros, signed=signed),
    )


def _notes(*, has_macros: bool, signed: bool) -> tuple[str, ...]:
    notes = []
    if has_macros:
        notes.append("The workbook holds macros. They are kept as they are and never run.")
    if signed:
        notes.append("The workbook is digitally signed. Filling it in makes the signature invalid.")
    return tuple(notes)


class _Reader:
    def __init__(self, package: Package) -> None:
        self.package = package
        self.looks = Looks()
        self.tables: list[_Raw] = []
        self.rules: dict[str, Rule] = {}
        self.names: dict[str, str] = {}
        self.has_formulas = False
        self.stored = self.row_elements = 0
        self.current: etree._Element | None = None

    def run(self) -> None:
        if STYLES in self.package:
            for element in parse(self.package.xml(STYLES), STYLES).iter(f"{STYLE}style", f"{NUMBER}date-style"):
                self.looks.add(element)
        for element in stream(self.package.xml(CONTENT), CONTENT, _TAGS):
            tag = element.tag
            if tag == f"{TABLE}table-row":
                self._count_row()
                if (raw := self._table(element)) is not None:
                    self._row(element, raw)
                    forget(element)
            elif tag == f"{TABLE}table-column":
                if (raw := self._table(element)) is not None:
                    self._column(element, raw)
            elif tag == f"{TABLE}content-validation":
                place = base_cell(element.get(f"{TABLE}base-cell-address", ""))
                self.rules[element.get(f"{TABLE}name", "")] = Rule(element.get(f"{TABLE}condition", ""), place)
            elif tag == f"{TABLE}named-range":
                self.names[element.get(f"{TABLE}name", "")] = element.get(f"{TABLE}cell-range-address", "")
            elif tag in (f"{STYLE}style", f"{NUMBER}date-style"):
                self.looks.add(element)

    def _count_row(self) -> None:
        self.row_elements += 1
        if self.row_elements > _ROW_ELEMENTS:
            raise TooLarge(f"The workbook stores more than {_ROW_ELEMENTS:,} rows.", "Remove what is no questionnaire.")

    def _table(self, element: etree._Element) -> _Raw | None:
        """Return the sheet an element belongs to; None inside a table that stands in a cell or a copy of a file."""
        above = list(element.iterancestors(f"{TABLE}table"))
        if len(above) != 1 or above[0].get(f"{TABLE}name", "").startswith(FOREIGN):
            return None
        if above[0] is not self.current:
            self.current = above[0]
            name = self.current.get(f"{TABLE}name", "")
            state = "hidden" if self.current.get(f"{TABLE}style-name", "") in self.looks.hidden else "visible"
            protected = self.current.get(f"{TABLE}protected") == "true"
            self.tables.append(_Raw(Sheet(name=name, rows={}, part=CONTENT, state=state, protected=protected)))
        return self.tables[-1]

    def _column(self, element: etree._Element, raw: _Raw) -> None:
        first = raw.column + 1
        raw.column += count(element.get(f"{TABLE}number-columns-repeated"))
        style = element.get(f"{TABLE}style-name", "")
        if element.get(f"{TABLE}visibility") in _HIDDEN:
            raw.hidden_columns.append((first, raw.column))
        if style in self.looks.widths:
            raw.widths.append((first, raw.column, self.looks.widths[style]))
        raw.defaults.append((first, raw.column, element.get(f"{TABLE}default-cell-style-name", "")))

    def _row(self, element: etree._Element, raw: _Raw) -> None:
        first = raw.row + 1
        repeats = count(element.get(f"{TABLE}number-rows-repeated"))
        raw.row += repeats
        default = element.get(f"{TABLE}default-cell-style-name", "")
        line = list(_placed(cells(element)))
        holds = any(cell.value is not None or cell.formula is not None for _, cell in line)
        if not holds and repeats > _BLANK_ROWS:
            self._rules_of(line, first, raw.row, raw)
            return
        for row in range(first, raw.row + 1):
            if element.get(f"{TABLE}visibility") in _HIDDEN:
                raw.hidden_rows.add(row)
            if default:
                raw.row_styles[row] = self.looks.number(default)
            self._store(line, row, default, raw)
            if holds and len(raw.sheet.rows) > self.package.limits.rows:
                raise TooLarge(f"A sheet holds more than {self.package.limits.rows:,} rows.")
        self._rules_of(line, first, raw.row, raw)

    def _rules_of(self, line: list[tuple[int, OdsCell]], first: int, last: int, raw: _Raw) -> None:
        for column, cell in line:
            if cell.validation:
                area = Area(first, column, last, column + cell.repeats - 1)
                raw.rules.setdefault(cell.validation, []).append(area)

    def _store(self, line: list[tuple[int, OdsCell]], row: int, default: str, raw: _Raw) -> None:
        stored: dict[int, Cell] = {}
        limits = self.package.limits
        for column, cell in line:
            blank = cell.value is None and cell.formula is None
            if blank and (column > limits.columns or not (cell.style or cell.validation)):
                continue
            self.has_formulas = self.has_formulas or cell.formula is not None
            _check(cell, column, limits)
            if cell.formula is not None and cell.matrix != (1, 1):
                raw.matrices.append(Area(row, column, row + cell.matrix[0] - 1, column + cell.matrix[1] - 1))
            value = clean(cell.value) if isinstance(cell.value, str) else cell.value
            for place in range(column, column + min(cell.repeats, _BLANK_COLUMNS if blank else cell.repeats)):
                style = cell.style or default or _default(raw.defaults, place)
                # A formula for several cells is stored with the first, and none of them may be filled.
                shared = any(m.top <= row <= m.bottom and m.left <= place <= m.right for m in raw.matrices)
                formula = cell.formula if cell.formula is not None or not shared else ""
                stored[place] = Cell(value, formula, self.looks.number(style), cell.error)
            if cell.columns_spanned > 1 or cell.rows_spanned > 1:
                raw.merged.append(Area(row, column, row + cell.rows_spanned - 1, column + cell.columns_spanned - 1))
            if cell.comment:
                raw.comments[row, column] = clean(cell.comment)
        self.stored += len(stored)
        if self.stored > limits.cells:
            raise TooLarge(f"The workbook holds more than {limits.cells:,} cells.", "Remove what is no questionnaire.")
        if stored and (len(raw.sheet.rows) < limits.rows or any(cell.value is not None for cell in stored.values())):
            raw.sheet.rows[row] = stored


def _placed(line: Iterator[OdsCell]) -> Iterator[tuple[int, OdsCell]]:
    column = 1
    for cell in line:
        yield column, cell
        column += cell.repeats


def _check(cell: OdsCell, column: int, limits: Limits) -> None:
    last = column + cell.repeats - 1
    if cell.value is not None and last > limits.columns:
        raise TooLarge(f"A value stands in column {last}; {limits.columns} columns are read.")
    if isinstance(cell.value, str) and len(cell.value) > limits.text:
        raise TooLarge(f"A cell holds {len(cell.value):,} characters; {limits.text:,} are allowed.")


def _default(columns: list[tuple[int, int, str]], column: int) -> str:
    return next((style for first, last, style in columns if first <= column <= last), "")


def _finished(raw: _Raw, looks: Looks) -> Sheet:
    sheet = raw.sheet
    sheet.merged = tuple(raw.merged)
    sheet.hidden_rows = frozenset(raw.hidden_rows)
    sheet.hidden_columns = tuple(raw.hidden_columns)
    sheet.column_widths = tuple(raw.widths)
    sheet.column_styles = tuple((first, last, looks.number(style)) for first, last, style in raw.defaults)
    sheet.row_styles = raw.row_styles
    sheet.comments = raw.comments
    return sheet


def _joined(areas: list[Area]) -> list[Area]:
    """Join areas that continue one another downwards: a rule is stored with every cell it is for."""
    found: dict[tuple[int, int, int], Area] = {}
    done: list[Area] = []
    for area in areas:
        above = found.pop((area.left, area.right, area.top - 1), None)
        joined = Area(above.top if above is not None else area.top, area.left, area.bottom, area.right)
        found[area.left, area.right, area.bottom] = joined
    done += found.values()
    return sorted(done)
