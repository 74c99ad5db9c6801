"""Whether an answer may go where it is to go, and what the cell will hold.

Each refusal names the cell and says what to do. Nothing is written before all answers passed.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeVar

from rfp.workbook.errors import WriteRefused
from rfp.workbook.model import Area, Book, Option, Scalar, Sheet, Validation, Write, address
from rfp.workbook.plain_text import clean
from rfp.workbook.xlsx import patch_values
from rfp.workbook.xlsx.lists import LONGEST_LIST
from rfp.workbook.xlsx.patch_places import SheetMap
from rfp.workbook.xlsx.references import LAST_COLUMN, LAST_ROW

T = TypeVar("T")


class Answer(NamedTuple):
    """A value that may be written. ``style`` is for a cell that has none of its own, or for one of an added column."""

    row: int
    column: int
    value: Scalar | None
    style: int
    added: bool = False


def admit(book: Book, sheet: Sheet, writes: Sequence[Write]) -> list[Answer]:
    """Return the answers for one sheet by row and column.

    :raises WriteRefused: for the first one that breaks a rule
    """
    ordered = sorted(writes, key=lambda write: (write.row, write.column))
    for one, other in pairwise(ordered):
        if (one.row, one.column) == (other.row, other.column):
            raise _refused(one, "two answers are meant for this cell.", "Keep one of them.")
    columns = {write.column for write in writes}
    merged = _by_column(((area, area) for area in sheet.merged), columns)
    lists = _by_column(((a, v) for v in sheet.validations if v.kind == "list" for a in v.areas), columns)
    added = {write.column for write in writes if write.added}
    answers = []
    for write in ordered:
        _check_place(book, sheet, write, merged)
        style = _style(sheet, write, added)
        value = _value(book, style, write)
        _check_list(write, value, lists)
        answers.append(Answer(write.row, write.column, value, style, write.added))
    return answers


def refuse_formulas(sheet: Sheet, places: SheetMap, answers: Sequence[Answer]) -> None:
    """Look for formulas in the bytes, too: an array formula also owns cells that do not show it.

    :raises WriteRefused: for the first answer that would take a formula's place
    """
    for answer in answers:
        row = places.rows.get(answer.row)
        own = row is not None and answer.column in row.formulas
        if own or any(_covers(area, answer) for area in places.array_areas):
            text = f"{sheet.name}!{address(answer.row, answer.column)}: a formula of the buyer fills this cell."
            place = (sheet.name, answer.row, answer.column)
            raise WriteRefused(text, "Answer in the cell that the formula reads.", place=place)


def _covers(area: Area, answer: Answer) -> bool:
    return area.top <= answer.row <= area.bottom and area.left <= answer.column <= area.right


def _refused(write: Write, problem: str, advice: str) -> WriteRefused:
    return WriteRefused(f"{write.sheet}!{address(write.row, write.column)}: {problem}", advice, place=write.place)


def _check_place(book: Book, sheet: Sheet, write: Write, merged: Mapping[int, list[tuple[Area, Area]]]) -> None:
    row, column = write.row, write.column
    if not (1 <= row <= LAST_ROW and 1 <= column <= LAST_COLUMN):
        text = f"{write.sheet}: there is no row {row}, column {column}."
        raise WriteRefused(text, "Correct the layout.", place=write.place)
    cell = sheet.cell(row, column)
    if cell is not None and cell.formula is not None:
        raise _refused(write, "the buyer's formula stands here.", "Answer in the cell that the formula reads.")
    if book.is_locked(sheet, row, column):
        text = "the sheet is protected and this cell is locked."
        raise _refused(write, text, "Ask the buyer to unlock it, or choose another cell in the layout.")
    for area, _ in merged.get(column, ()):
        if area.top <= row <= area.bottom and (row, column) != (area.top, area.left):
            raise _refused(write, "this is a covered part of merged cells.", f"Use {address(area.top, area.left)}.")
    if write.added and cell is not None and cell.value is not None:
        raise _refused(write, "a column is to be added here, but the cell is not empty.", "Choose a free column.")


def _style(sheet: Sheet, write: Write, added: set[int]) -> int:
    """Return the style number the cell has or gets; a cell of an added column looks like its left neighbour."""
    column = write.column
    if write.added:
        while column in added and column > 1:
            column -= 1
    cell = sheet.cell(write.row, column)
    if cell is not None:
        return cell.style
    number = sheet.row_styles.get(write.row)
    if number is not None:
        return number
    return next((style for first, last, style in sheet.column_styles if first <= column <= last), 0)


def _value(book: Book, style: int, write: Write) -> Scalar | None:
    value = write.value
    if isinstance(value, float) and not math.isfinite(value):
        raise _refused(write, f"{value} is no number a cell can hold.", "Give a finite number.")
    if not isinstance(value, str):
        return value
    if write.date and 0 <= style < len(book.styles) and book.styles[style].date:
        serial = patch_values.serial(value, date_1904=book.date_1904)
        if serial is not None:
            return serial
    text = clean(value)
    if patch_values.length(text) > patch_values.LONGEST:
        problem = f"the answer has {len(text):,} characters; a cell holds {patch_values.LONGEST:,}."
        raise _refused(write, problem, "Shorten it, or attach it as a file.")
    return text


def _check_list(write: Write, value: Scalar | None, lists: Mapping[int, list[tuple[Area, Validation]]]) -> None:
    if value is None:
        return
    allowed: list[Option] = []
    for area, validation in lists.get(write.column, ()):
        if not validation.enforced or not area.top <= write.row <= area.bottom:
            continue
        options = validation.options_by_cell.get((write.row, write.column), validation.options)
        if options is None or len(options) >= LONGEST_LIST:
            return  # the list could not be read to its end: nothing can be said against the value
        if any(_same(option.value, value) for option in options):
            return
        allowed += options
    if allowed:
        shown = ", ".join(f"“{option.label}”" for option in allowed[:12])
        more = f" and {len(allowed) - 12} more" if len(allowed) > 12 else ""
        raise _refused(write, f"“{value}” is not in the cell's list.", f"Choose one of {shown}{more}.")


def _same(option: Scalar, value: Scalar) -> bool:
    """Tell whether they are equal and of one kind: "3" is not 3, and TRUE is not 1."""
    if isinstance(option, str) or isinstance(value, str) or isinstance(option, bool) or isinstance(value, bool):
        return type(option) is type(value) and option == value
    return option == value


def _by_column(items: Iterable[tuple[Area, T]], columns: Iterable[int]) -> dict[int, list[tuple[Area, T]]]:
    found: dict[int, list[tuple[Area, T]]] = defaultdict(list)
    for area, item in items:
        for column in columns:
            if area.left <= column <= area.right:
                found[column].append((area, item))
    return found
