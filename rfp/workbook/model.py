"""What a buyer's workbook holds and where its questions are, whatever the file format.

Rows and columns count from 1, as in a spreadsheet. The address of a cell (sheet, row, column) is the
identity of a question and of an answer: it is stored at import and used at export, and nothing is
found again by repeating a search.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple, TypeAlias

Scalar: TypeAlias = str | int | float | bool


class FileFormat(StrEnum):
    XLSX = "xlsx"
    XLSM = "xlsm"
    CSV = "csv"
    ODS = "ods"
    DOCX = "docx"


class Area(NamedTuple):
    """A rectangle of cells, both corners included."""

    top: int
    left: int
    bottom: int
    right: int

    def __contains__(self, cell: object) -> bool:
        if not isinstance(cell, tuple) or len(cell) != 2:
            return False
        row, column = cell
        return bool(self.top <= row <= self.bottom and self.left <= column <= self.right)


class Cell(NamedTuple):
    """A stored cell. ``value`` of a formula cell is the result the file stores, if it stores one."""

    value: Scalar | None
    formula: str | None = None
    style: int = 0
    error: bool = False  # the stored value is an error such as #REF!


class Option(NamedTuple):
    """One allowed answer, as the buyer lists it, with the type the buyer gave it."""

    value: Scalar
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Validation:
    """A data validation rule. ``options`` are set for a list whose source could be resolved."""

    areas: tuple[Area, ...]
    kind: str  # list, whole, decimal, date, time, textLength, custom
    source: str
    options: tuple[Option, ...] | None = None
    extension: bool = False  # came from the x14 extension list
    enforced: bool = True  # False: a spreadsheet program takes other values too, perhaps after a warning
    # Options that depend on another cell (INDIRECT): one tuple per anchor cell of the areas.
    options_by_cell: Mapping[tuple[int, int], tuple[Option, ...]] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class Sheet:
    """One sheet, or one table of a document. ``rows`` holds stored cells only, rows and columns ascending."""

    name: str
    rows: dict[int, dict[int, Cell]]
    part: str = ""  # path of the part in the package
    state: str = "visible"  # visible, hidden, veryHidden
    merged: tuple[Area, ...] = ()
    validations: tuple[Validation, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: tuple[tuple[int, int], ...] = ()  # first and last column of each hidden group
    column_widths: tuple[tuple[int, int, float], ...] = ()  # first, last, width in characters
    column_styles: tuple[tuple[int, int, int], ...] = ()  # first, last, style
    row_styles: Mapping[int, int] = field(default_factory=dict)
    protected: bool = False
    comments: Mapping[tuple[int, int], str] = field(default_factory=dict)

    def cell(self, row: int, column: int) -> Cell | None:
        stored = self.rows.get(row)
        return stored.get(column) if stored is not None else None

    def value(self, row: int, column: int) -> Scalar | None:
        cell = self.cell(row, column)
        return cell.value if cell is not None else None

    def text(self, row: int, column: int) -> str:
        """Return the value as trimmed text, empty for nothing and for an error value."""
        cell = self.cell(row, column)
        if cell is None or cell.value is None or cell.error:
            return ""
        return show(cell.value)

    def cells(self) -> Iterator[tuple[int, int, Cell]]:
        for row, stored in self.rows.items():
            for column, cell in stored.items():
                yield row, column, cell

    @property
    def visible(self) -> bool:
        return self.state == "visible"


class Style(NamedTuple):
    """What of a cell style matters for finding and filling answers."""

    locked: bool = True
    date: bool = False  # the number format shows a date
    fill: str = ""  # ARGB or theme reference of a solid fill, empty for none
    bold: bool = False
    border: bool = False


@dataclass(slots=True, kw_only=True)
class Book:
    """A whole file as read. ``notes`` are facts a person should know, in sentences."""

    format: FileFormat
    sheets: tuple[Sheet, ...]
    styles: tuple[Style, ...] = (Style(),)
    names: Mapping[str, str] = field(default_factory=dict)  # defined name -> reference
    date_1904: bool = False
    has_macros: bool = False
    has_formulas: bool = False
    external_links: tuple[str, ...] = ()
    signed: bool = False
    notes: tuple[str, ...] = ()

    def sheet(self, name: str) -> Sheet:
        """:raises KeyError: if no sheet has this name"""
        for sheet in self.sheets:
            if sheet.name == name:
                return sheet
        raise KeyError(name)

    def style(self, cell: Cell) -> Style:
        return self.styles[cell.style] if 0 <= cell.style < len(self.styles) else Style()

    def style_at(self, sheet: Sheet, row: int, column: int) -> Style:
        """Return the style a cell has or would get: its own, else the row's, else the column's."""
        cell = sheet.cell(row, column)
        if cell is not None:
            return self.style(cell)
        number = sheet.row_styles.get(row)
        if number is None:
            number = next((s for first, last, s in sheet.column_styles if first <= column <= last), 0)
        return self.styles[number] if 0 <= number < len(self.styles) else Style()

    def is_locked(self, sheet: Sheet, row: int, column: int) -> bool:
        return sheet.protected and self.style_at(sheet, row, column).locked


class ColumnRole(StrEnum):
    """What a column of a table of questions is for."""

    ID = "id"
    QUESTION = "question"
    SECTION = "section"
    GUIDANCE = "guidance"
    ANSWER = "answer"  # the value: yes or no, a dropdown, a tick
    COMMENT = "comment"  # words beside the value
    EVIDENCE = "evidence"  # reference, file name, link
    DATE = "date"
    OTHER = "other"  # a cell the vendor fills with something else (owner, version, tool)


ANSWER_ROLES = frozenset(
    {ColumnRole.ANSWER, ColumnRole.COMMENT, ColumnRole.EVIDENCE, ColumnRole.DATE, ColumnRole.OTHER}
)


class SlotKind(StrEnum):
    TEXT = "text"
    CHOICE = "choice"  # one of ``options``
    TICK = "tick"  # a mark in one of ``ticks``
    DATE = "date"
    NUMBER = "number"


class SlotState(StrEnum):
    """May the cell be filled?"""

    WRITABLE = "writable"
    FORMULA = "formula"
    LOCKED = "locked"  # the sheet is protected and the cell is locked
    TAKEN = "taken"  # holds text of the buyer that is not an answer


class Prior(StrEnum):
    """What stood in an answer cell before."""

    NONE = "none"
    PLACEHOLDER = "placeholder"  # "Vendor Name", "mm/dd/yyyy", "Not verified" on every row
    ANSWER = "answer"  # an earlier answer: never overwritten silently
    EXAMPLE = "example"


class Tick(NamedTuple):
    """One column of a tick matrix: a mark in this cell means this option."""

    option: Option
    row: int
    column: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One cell of a question that the vendor may fill (several for a tick matrix)."""

    sheet: str
    row: int
    column: int
    role: ColumnRole
    kind: SlotKind = SlotKind.TEXT
    state: SlotState = SlotState.WRITABLE
    options: tuple[Option, ...] = ()
    ticks: tuple[Tick, ...] = ()
    mark: str = "x"  # how a tick is written
    header: str = ""
    current: Scalar | None = None
    prior: Prior = Prior.NONE
    added: bool = False  # the form has no place for it: a column to be added beside the table

    @property
    def writable(self) -> bool:
        return self.state is SlotState.WRITABLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question of the buyer with the cells that answer it."""

    sheet: str
    row: int
    column: int
    text: str
    number: str = ""  # the buyer's own id
    section: str = ""
    guidance: str = ""
    slots: tuple[Slot, ...] = ()
    hidden: bool = False  # the row, column or sheet is hidden
    condition: str = ""  # "only if the question above is Yes", in the buyer's words
    sample: bool = False  # an example row of the form

    def slot(self, role: ColumnRole) -> Slot | None:
        return next((slot for slot in self.slots if slot.role is role), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableColumn:
    column: int
    role: ColumnRole
    header: str = ""
    option: str = ""  # for a tick column: the option it stands for


class RowRole(StrEnum):
    """What a person said a row of a table is, where it is not what it looks like."""

    QUESTION = "question"
    SECTION = "section"
    GUIDANCE = "guidance"  # help for the question above
    SKIP = "skip"


class RowMark(NamedTuple):
    """A row that a person decided about. ``text`` is what stood in it: the row is known by it in another file."""

    row: int
    role: RowRole
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableLayout:
    """One table of questions. Rows between ``first_row`` and ``last_row`` that are headers come in ``header_rows``."""

    header_rows: tuple[int, ...]
    first_row: int
    last_row: int
    columns: tuple[TableColumn, ...]
    shape: str = "rows"  # rows, form (label beside value), stacked (label above value), transposed
    marks: tuple[RowMark, ...] = ()
    confidence: float = 1.0
    reasons: tuple[str, ...] = ()

    def column(self, role: ColumnRole) -> int | None:
        return next((c.column for c in self.columns if c.role is role), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLayout:
    sheet: str
    tables: tuple[TableLayout, ...] = ()
    confidence: float = 1.0
    reasons: tuple[str, ...] = ()

    @property
    def has_questions(self) -> bool:
        return bool(self.tables)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Where the questions are. ``fingerprint`` names the shape: files of one template share it."""

    fingerprint: str
    sheets: tuple[SheetLayout, ...]
    confidence: float = 1.0
    remembered: bool = False

    @property
    def has_questions(self) -> bool:
        return any(sheet.has_questions for sheet in self.sheets)


@dataclass(frozen=True, slots=True, kw_only=True)
class Write:
    """A value for one cell. ``None`` clears it (the siblings of a tick). A date arrives as ISO text with ``date``."""

    sheet: str
    row: int
    column: int
    value: Scalar | None
    date: bool = False
    header: bool = False  # head of an added column: copies the style of the neighbour to its left
    added: bool = False  # a cell of an added column

    @property
    def place(self) -> tuple[str, int, int]:
        return (self.sheet, self.row, self.column)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fidelity:
    """The comparison of original and result, part by part and cell by cell."""

    parts: int
    parts_identical: int
    cells_written: int
    cells_other_changed: int
    side_effects: tuple[str, ...] = ()  # permitted, each in words
    violations: tuple[str, ...] = ()
    lossless: bool = True  # False: a clean workbook was made instead, said plainly

    @property
    def holds(self) -> bool:
        return not self.violations and self.cells_other_changed == 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """The buyer's file with the answers in it, and the proof that nothing else changed."""

    name: str
    content: bytes
    fidelity: Fidelity


def show(value: Scalar) -> str:
    """Return a value as a person would read it: whole numbers without a fraction, trimmed text."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value).strip()


def column_letters(column: int) -> str:
    """Return the letters of a column: 1 is A, 27 is AA."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def address(row: int, column: int) -> str:
    return f"{column_letters(column)}{row}"
