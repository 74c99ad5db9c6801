"""One sheet part, streamed: the cells that are present drive reading, never the declared dimension."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from lxml import etree

from rfp.workbook.errors import TooLarge
from rfp.workbook.guard import Limits
from rfp.workbook.model import Area, Cell, Scalar
from rfp.workbook.xlsx.parts import forget, local, rich_text, stream, unescape

_TAGS = (
    "{*}row",
    "{*}mergeCell",
    "{*}dataValidation",
    "{*}col",
    "{*}sheetProtection",
)
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d+)(?::\$?([A-Za-z]{1,3})\$?(\d+))?$")
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384


@dataclass(frozen=True, slots=True, kw_only=True)
class RawValidation:
    areas: tuple[Area, ...]
    kind: str
    source: str
    extension: bool


@dataclass(slots=True, kw_only=True)
class RawSheet:
    """What a sheet part says, before lists are resolved."""

    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    merged: list[Area] = field(default_factory=list)
    validations: list[RawValidation] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    column_widths: list[tuple[int, int, float]] = field(default_factory=list)
    column_styles: list[tuple[int, int, int]] = field(default_factory=list)
    row_styles: dict[int, int] = field(default_factory=dict)
    protected: bool = False
    has_formulas: bool = False
    cells: int = 0


def read_sheet(data: bytes, part: str, strings: Sequence[str], limits: Limits, *, cells_before: int = 0) -> RawSheet:
    """Return the content of a sheet part.

    :raises TooLarge: if it holds more rows, columns, cells or text than the limits allow
    :raises Damaged: if it is no well-formed XML
    """
    sheet = RawSheet(cells=cells_before)
    latest = 0
    for element in stream(data, part, _TAGS):
        tag = local(element)
        if tag == "row":
            latest = _read_row(element, latest, sheet, strings, limits)
            forget(element)
        elif tag == "mergeCell":
            sheet.merged += areas(element.get("ref", ""))
        elif tag == "dataValidation":
            _read_validation(element, sheet)
        elif tag == "col":
            _read_column(element, sheet)
        elif tag == "sheetProtection":
            sheet.protected = element.get("sheet", "0") in ("1", "true")
    if any(first > second for first, second in zip(sheet.rows, list(sheet.rows)[1:], strict=False)):
        sheet.rows = dict(sorted(sheet.rows.items()))
    return sheet


def _read_row(row: etree._Element, latest: int, sheet: RawSheet, strings: Sequence[str], limits: Limits) -> int:
    number = int(row.get("r") or latest + 1)
    if row.get("hidden") in ("1", "true"):
        sheet.hidden_rows.add(number)
    if row.get("customFormat") in ("1", "true"):
        sheet.row_styles[number] = int(row.get("s", "0"))
    if not len(row):
        return number
    stored = sheet.rows.get(number, {})
    column = 0
    holds_value = False
    for element in row:
        if local(element) != "c":
            continue
        reference = element.get("r")
        column = column_number(reference) if reference else column + 1
        cell = _read_cell(element, sheet, strings, limits)
        if cell.value is not None:
            holds_value = True
            if column > limits.columns:
                raise TooLarge(f"A value stands in column {column}; {limits.columns} columns are read.")
        elif column > limits.columns:
            continue
        stored[column] = cell
        sheet.cells += 1
    if sheet.cells > limits.cells:
        raise TooLarge(f"The workbook holds more than {limits.cells:,} cells.", "Remove what is no questionnaire.")
    if holds_value or len(sheet.rows) < limits.rows:
        sheet.rows[number] = stored
    if holds_value and len(sheet.rows) > limits.rows:
        raise TooLarge(f"A sheet holds more than {limits.rows:,} rows.", "Remove what is no questionnaire.")
    return number


def _read_cell(element: etree._Element, sheet: RawSheet, strings: Sequence[str], limits: Limits) -> Cell:
    style = int(element.get("s") or 0)
    if not len(element):
        return Cell(None, None, style)
    kind = element.get("t") or "n"
    value: Scalar | None = None
    formula = None
    error = False
    for child in element:
        tag = local(child)
        if tag == "v":
            text = child.text or ""
            if kind == "s":
                index = int(text)
                value = strings[index] if 0 <= index < len(strings) else None
            elif kind == "n":
                value = _number(text)
            elif kind == "b":
                value = text.strip() in ("1", "true")
            else:
                value, error = unescape(text), kind == "e"
        elif tag == "f":
            # A dependent of a shared formula has no text of its own, and is a formula all the same.
            formula = child.text or ""
            sheet.has_formulas = True
        elif tag == "is":
            value = rich_text(child)
    if isinstance(value, str) and len(value) > limits.text:
        raise TooLarge(f"A cell holds {len(value):,} characters; {limits.text:,} are allowed.")
    return Cell(value, formula, style, error)


def _number(text: str) -> int | float | None:
    try:
        return int(text)
    except ValueError:
        try:
            return float(text)
        except ValueError:
            return None


def _read_validation(element: etree._Element, sheet: RawSheet) -> None:
    places = element.get("sqref", "")
    source = ""
    extension = False
    for child in element:
        tag = local(child)
        if tag == "formula1":
            # The extension wraps the formula in an element of its own.
            inner = next((grand for grand in child if local(grand) == "f"), None)
            extension = inner is not None
            source = (inner.text if inner is not None else child.text) or ""
        elif tag == "sqref":
            places = child.text or ""
            extension = True
    found = tuple(area for place in places.split() for area in areas(place))
    if found:
        sheet.validations.append(
            RawValidation(areas=found, kind=element.get("type", "none"), source=source.strip(), extension=extension)
        )


def _read_column(element: etree._Element, sheet: RawSheet) -> None:
    first, last = int(element.get("min", "1")), int(element.get("max", "1"))
    if element.get("hidden") in ("1", "true"):
        sheet.hidden_columns.append((first, last))
    if width := element.get("width"):
        sheet.column_widths.append((first, last, float(width)))
    if style := element.get("style"):
        sheet.column_styles.append((first, last, int(style)))


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
