"""A layout as a small YAML file that a person can write, correct and keep.

fingerprint: 3f2a...
sheets:
  Security:
    tables:
      - header_rows: [2]
        first_row: 3
        last_row: 120
        columns: {B: question, A: id, C: answer, D: comment}
        ticks: {E: "Yes", F: "No"}      # columns of a tick matrix and what each stands for
        rows: {14: section, 20: skip}     # rows that are not what they look like
  Introduction: {}                      # holds no questions
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import yaml

from rfp.workbook.errors import LayoutInvalid
from rfp.workbook.model import (
    Book,
    ColumnRole,
    Layout,
    RowMark,
    RowRole,
    SheetLayout,
    TableColumn,
    TableLayout,
    column_letters,
)

SHAPES = ("rows", "form", "stacked", "transposed")
LARGEST_COLUMN = 16_384


def load(text: str, book: Book) -> Layout:
    """Return the layout that a text describes for a book.

    :raises LayoutInvalid: if it is no layout or does not fit; the text names sheet, key and value
    """
    given = load_freely(text)
    known = {sheet.name for sheet in book.sheets}
    described = {sheet.sheet: sheet for sheet in given.sheets}
    for name in described:
        if name not in known:
            raise LayoutInvalid(f"The file has no sheet {name!r}.", f"Its sheets are: {', '.join(sorted(known))}.")
    return replace(given, sheets=tuple(described.get(sheet.name) or _sheet(sheet.name, {}) for sheet in book.sheets))


def load_freely(text: str) -> Layout:
    """Return the layout that a text describes, of whatever file: only the sheets it names, in its order.

    :raises LayoutInvalid: if it is no layout; the text names sheet, key and value
    """
    try:
        content = yaml.safe_load(text)
    except yaml.YAMLError as problem:
        raise LayoutInvalid(f"The layout is no YAML: {problem}.") from problem
    if not isinstance(content, dict) or not isinstance(content.get("sheets"), dict):
        raise LayoutInvalid("The layout has no 'sheets'.", "List each sheet with its tables (see docs/layouts.md).")
    sheets = tuple(_sheet(name, tables) for name, tables in content["sheets"].items())
    return Layout(fingerprint=str(content.get("fingerprint", "")), sheets=sheets, confidence=1.0)


def dump(layout: Layout) -> str:
    """Return the text of a layout; the same layout gives the same text."""
    content: dict[str, Any] = {"fingerprint": layout.fingerprint, "sheets": {}}
    for sheet in layout.sheets:
        content["sheets"][sheet.sheet] = (
            {"tables": [_table_text(table) for table in sheet.tables]} if sheet.tables else {}
        )
    return yaml.safe_dump(content, sort_keys=False, allow_unicode=True)


def _table_text(table: TableLayout) -> dict[str, Any]:
    across = table.shape == "transposed"

    def column(number: int) -> str | int:
        return number if across else column_letters(number)

    def row(number: int) -> str | int:
        return column_letters(number) if across else number

    plain = {column(c.column): c.role.value for c in table.columns if not c.option}
    ticks = {column(c.column): c.option for c in table.columns if c.option}
    heads = {column(c.column): c.header for c in table.columns if c.header}
    text: dict[str, Any] = {
        "header_rows": [row(number) for number in table.header_rows],
        "first_row": row(table.first_row),
        "last_row": row(table.last_row),
        "columns": plain,
    }
    if ticks:
        text["ticks"] = ticks
    if heads:
        text["headers"] = heads
    if table.marks:
        text["rows"] = {row(mark.row): mark.role.value for mark in table.marks}
    if says := {row(mark.row): mark.text for mark in table.marks if mark.text}:
        text["row_texts"] = says
    if table.shape != "rows":
        text["shape"] = table.shape
    return text


def _sheet(name: str, content: object) -> SheetLayout:
    if content is None or content == {}:
        return SheetLayout(sheet=name, reasons=("The layout file says it holds no questions.",))
    if not isinstance(content, dict) or not isinstance(content.get("tables", []), list):
        raise LayoutInvalid(f"Sheet {name!r}: 'tables' must be a list.")
    tables = tuple(_table(name, number, table) for number, table in enumerate(content.get("tables", []), start=1))
    return SheetLayout(sheet=name, tables=tables, reasons=("Given in a layout file.",))


def _table(sheet: str, number: int, content: object) -> TableLayout:
    where = f"Sheet {sheet!r}, table {number}"
    if not isinstance(content, dict):
        raise LayoutInvalid(f"{where}: a mapping is expected, not {content!r}.")
    shape = content.get("shape", "rows")
    if shape not in SHAPES:
        raise LayoutInvalid(f"{where}: shape {shape!r} is none of {', '.join(SHAPES)}.")
    # In a transposed table the questions stand side by side: its "rows" are columns of the sheet.
    row, column = (_column, _row) if shape == "transposed" else (_row, _column)
    first, last = row(content.get("first_row"), where, "first_row"), row(content.get("last_row"), where, "last_row")
    if last < first:
        raise LayoutInvalid(f"{where}: last_row {last} stands before first_row {first}.")
    headers = content.get("header_rows", [])
    if not isinstance(headers, list):
        raise LayoutInvalid(f"{where}: 'header_rows' must be a list of row numbers, not {headers!r}.")
    columns = _columns(content, where, column)
    if not any(entry.role is ColumnRole.QUESTION for entry in columns):
        raise LayoutInvalid(f"{where}: no column has the role 'question'.")
    return TableLayout(
        header_rows=tuple(row(header, where, "header_rows") for header in headers),
        first_row=first,
        last_row=last,
        columns=tuple(sorted(columns, key=lambda column: column.column)),
        shape=shape,
        marks=_marks(content, where, row),
        reasons=("Given in a layout file.",),
    )


def _columns(content: Mapping[str, Any], where: str, column: Callable[[object, str, str], int]) -> list[TableColumn]:
    heads = _mapping(content, "headers", where)
    plain = [
        TableColumn(column=column(at, where, "columns"), role=_role(role, where), header=str(heads.get(at, "")))
        for at, role in _mapping(content, "columns", where).items()
    ]
    ticks = [
        TableColumn(
            column=column(at, where, "ticks"),
            role=ColumnRole.ANSWER,
            header=str(heads.get(at, "")),
            option=str(option),
        )
        for at, option in _mapping(content, "ticks", where).items()
    ]
    return plain + ticks


def _marks(content: Mapping[str, Any], where: str, row: Callable[[object, str, str], int]) -> tuple[RowMark, ...]:
    says = _mapping(content, "row_texts", where)
    marks = []
    for at, role in _mapping(content, "rows", where).items():
        try:
            marks.append(RowMark(row(at, where, "rows"), RowRole(str(role)), str(says.get(at, ""))))
        except ValueError:
            roles = ", ".join(role.value for role in RowRole)
            raise LayoutInvalid(f"{where}: {role!r} is nothing a row can be.", f"A row is one of: {roles}.") from None
    return tuple(sorted(marks))


def _row(value: object, where: str, key: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise LayoutInvalid(f"{where}: {key!r} must be a row number, not {value!r}.")
    return value


def _mapping(content: Mapping[str, Any], key: str, where: str) -> Mapping[str, Any]:
    value = content.get(key) or {}
    if not isinstance(value, dict):
        raise LayoutInvalid(f"{where}: {key!r} must be a mapping, not {value!r}.")
    return value


def _column(letters: object, where: str, key: str) -> int:
    text = str(letters).upper()
    number = 0
    for letter in text:
        number = number * 26 + ord(letter) - 64
    if not (text.isascii() and text.isalpha()) or not 0 < number <= LARGEST_COLUMN:
        raise LayoutInvalid(
            f"{where}: {key!r} has {letters!r}, which is no column.", "Write its letters, for example C."
        )
    return number


def _role(value: object, where: str) -> ColumnRole:
    try:
        return ColumnRole(str(value))
    except ValueError:
        roles = ", ".join(role.value for role in ColumnRole)
        raise LayoutInvalid(f"{where}: {value!r} is no role of a column.", f"Roles are: {roles}.") from None
