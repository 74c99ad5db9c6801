"""One sheet part, streamed: the cells that are present drive reading, never the declared dimension.

Most stored cells are empty and only carry a style, so each costs one call of the parser. A number, which the index of
a shared string is too, ends where the next element begins; a handler for ends is set for texts alone.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from xml.parsers import expat

from rfp.workbook.errors import TooLarge
from rfp.workbook.guard import Limits
from rfp.workbook.model import Area, Cell, Scalar
from rfp.workbook.plain_text import clean
from rfp.workbook.xlsx.parsing import SPACE, PrefixChangesError, run
from rfp.workbook.xlsx.references import LAST_ROW, areas, column_number
from rfp.workbook.xlsx.texts import unescape
from rfp.workbook.xlsx.validations import RawValidation, ValidationReader

_TRUE = ("1", "true")
_EXACT = ("str", "e", "d", "inlineStr")  # types of values whose blanks count, unlike those around numbers
_new_cell = tuple.__new__  # twice as fast as calling Cell


@dataclass(slots=True, kw_only=True)
class RawSheet:
    """What a sheet part says, before lists are resolved. ``cells`` counts those of the sheets before, too."""

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
    :raises Damaged: if it is no well-formed XML, or a number in it is none
    """
    try:
        return _SheetReader(part, strings, limits, cells_before, namespaces=False).read(data)
    except PrefixChangesError:
        return _SheetReader(part, strings, limits, cells_before, namespaces=True).read(data)


class _SheetReader:
    def __init__(
        self, part: str, strings: Sequence[str], limits: Limits, cells_before: int, *, namespaces: bool
    ) -> None:
        self._part = part
        self._strings = strings
        self._limits = limits
        self._most_columns = limits.columns
        self._sheet = RawSheet(cells=cells_before)
        self._separator = SPACE if namespaces else ":"
        self._parser = expat.ParserCreate(namespace_separator=SPACE if namespaces else None)
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._root
        self._texts: list[str] = []
        self._columns: dict[str, int] = {}
        self._blanks: dict[str | None, Cell] = {}
        self._in_table = self._in_number = self._in_guide = False
        self._number = self._digits = self._column = 0
        self._row: dict[int, Cell] = {}
        self._attributes: Mapping[str, str] = {}
        self._holds_value = False
        self._validations = ValidationReader(self._parser, self._local, self._resume)

    def read(self, data: bytes) -> RawSheet:
        run(self._parser, data, self._part, finish=self._end_number)
        self._end_row()
        sheet = self._sheet
        sheet.validations = self._validations.found
        if any(one > other for one, other in zip(sheet.rows, list(sheet.rows)[1:], strict=False)):
            sheet.rows = dict(sorted(sheet.rows.items()))
        return sheet

    def _local(self, name: str) -> str:
        return name.rpartition(self._separator)[2]

    def _resume(self) -> None:
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = None
        self._parser.CharacterDataHandler = self._texts.append

    def _root(self, name: str, attributes: Mapping[str, str]) -> None:
        prefix = name[: name.rfind(self._separator) + 1]
        self._cell_name, self._row_name = prefix + "c", prefix + "row"
        self._value_name, self._formula_name = prefix + "v", prefix + "f"
        self._inline_name, self._text_name = prefix + "is", prefix + "t"
        self._resume()

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        if self._texts:
            self._end_number()
        if name == self._cell_name:
            self._attributes = attributes
            try:
                column = self._columns[attributes["r"][: -self._digits]]
            except KeyError:
                column = self._learn_column(attributes.get("r"))
            self._column = column
            if column <= self._most_columns:
                style = attributes.get("s")
                try:
                    self._row[column] = self._blanks[style]
                except KeyError:
                    # One object stands for all the empty cells of a style.
                    self._row[column] = self._blanks[style] = Cell(None, None, int(style or 0))
        elif name == self._value_name:
            if self._attributes.get("t") in _EXACT:
                self._parser.EndElementHandler = self._end_text
            else:
                self._in_number = True
        elif name == self._row_name:
            self._end_row()
            self._begin_row(attributes)
        elif name == self._formula_name:
            self._parser.EndElementHandler = self._end_formula
        elif name == self._text_name:
            self._parser.EndElementHandler = self._end_run
        elif name == self._inline_name:
            self._in_guide = False
        else:
            self._start_other(self._local(name), attributes)

    def _learn_column(self, reference: str | None) -> int:
        """Return the column of a cell without a reference, with new letters, or that names another row than its own."""
        if reference is None:
            return self._column + 1
        column = column_number(reference)
        if column < 1:
            raise ValueError(reference)
        letters = reference[: -self._digits]
        if letters.isalpha():
            self._columns[letters] = column
        return column

    def _begin_row(self, attributes: Mapping[str, str]) -> None:
        number = self._number = int(attributes.get("r") or self._number + 1)
        if not 1 <= number <= LAST_ROW:
            raise ValueError(number)
        self._digits = len(str(number))
        self._column = 0
        self._row = self._sheet.rows.get(number) or {}
        if attributes.get("hidden") in _TRUE:
            self._sheet.hidden_rows.add(number)
        if attributes.get("customFormat") in _TRUE:
            self._sheet.row_styles[number] = int(attributes.get("s", "0"))

    def _end_row(self) -> None:
        if not self._column:
            return  # nothing stood in it
        sheet, limits = self._sheet, self._limits
        sheet.cells += len(self._row)
        if sheet.cells > limits.cells:
            raise TooLarge(f"The workbook holds more than {limits.cells:,} cells.", "Remove what is no questionnaire.")
        if self._holds_value or len(sheet.rows) < limits.rows:
            sheet.rows[self._number] = self._row
        if self._holds_value and len(sheet.rows) > limits.rows:
            raise TooLarge(f"A sheet holds more than {limits.rows:,} rows.", "Remove what is no questionnaire.")
        self._holds_value = False
        self._column = 0

    def _end_number(self) -> None:
        """Take what was said since the latest tag: a number, or the blank space between elements."""
        if not self._in_number:
            self._texts.clear()
            return
        self._in_number = False
        text = self._take_text()
        kind = self._attributes.get("t")
        if kind == "s":
            index = int(text)
            if 0 <= index < len(self._strings):
                self._set(self._strings[index])
        elif kind == "b":
            self._set(text.strip() in _TRUE)
        elif (value := _number(text)) is not None:
            self._set(value)

    def _take_text(self) -> str:
        texts = self._texts
        text = texts[0] if len(texts) == 1 else "".join(texts)
        texts.clear()
        return text

    def _end_text(self, name: str) -> None:
        self._parser.EndElementHandler = None
        self._set_text(self._take_text(), error=self._attributes.get("t") == "e")

    def _end_formula(self, name: str) -> None:
        # A dependent of a shared formula has no text of its own, and is a formula all the same.
        self._parser.EndElementHandler = None
        formula = self._take_text()
        self._sheet.has_formulas = True
        blank = self._row.get(self._column)
        if blank is not None:
            self._row[self._column] = blank._replace(formula=formula)

    def _end_run(self, name: str) -> None:
        """Append a run of inline text to the cell; the phonetic guide, which follows the runs, is left out."""
        self._parser.EndElementHandler = None
        text = self._take_text()
        if not self._in_guide:
            cell = self._row.get(self._column)
            before = cell.value if cell is not None else None
            self._set_text(text, before=before if isinstance(before, str) else "")

    def _set(self, value: Scalar, error: bool = False) -> None:
        self._holds_value = True
        try:
            _, formula, style, _ = self._row[self._column]
        except KeyError:
            text = f"A value stands in column {self._column}; {self._most_columns} columns are read."
            raise TooLarge(text) from None
        self._row[self._column] = _new_cell(Cell, (value, formula, style, error))

    def _set_text(self, text: str, *, before: str = "", error: bool = False) -> None:
        length = len(before) + len(text)
        if length > self._limits.text:
            raise TooLarge(f"A cell holds {length:,} characters; {self._limits.text:,} are allowed.")
        self._set(before + clean(unescape(text)), error)

    def _start_other(self, local: str, attributes: Mapping[str, str]) -> None:
        sheet = self._sheet
        if local == "sheetData":
            self._in_table = True
        elif local == "mergeCell":
            sheet.merged += areas(attributes.get("ref", ""))
        elif local == "dataValidation":
            self._validations.take_over(attributes)
        elif local == "col":
            _read_column(attributes, sheet)
        elif local == "sheetProtection":
            sheet.protected = attributes.get("sheet", "0") in _TRUE
        elif local == "rPh":
            self._in_guide = True
        elif local in ("row", "c") and self._in_table and self._separator != SPACE:
            raise PrefixChangesError
        elif local != "extLst":
            self._in_table = False


def _number(text: str) -> int | float | None:
    try:
        return int(text)
    except ValueError:
        try:
            number = float(text)
        except ValueError:
            return None
    return number if math.isfinite(number) else None


def _read_column(attributes: Mapping[str, str], sheet: RawSheet) -> None:
    if "min" not in attributes:
        return  # a column of a drawing's anchor, not of the sheet
    first, last = int(attributes["min"]), int(attributes.get("max", attributes["min"]))
    if attributes.get("hidden") in _TRUE:
        sheet.hidden_columns.append((first, last))
    if width := attributes.get("width"):
        sheet.column_widths.append((first, last, float(width)))
    if style := attributes.get("style"):
        sheet.column_styles.append((first, last, int(style)))
