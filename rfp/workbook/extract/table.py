"""The questions of a table: rows of questions, a form of labels and values, or either turned by ninety degrees."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from rfp.workbook.detect.lexicon import head
from rfp.workbook.extract.slots import Slots
from rfp.workbook.grid import Grid
from rfp.workbook.model import ANSWER_ROLES, ColumnRole, Question, RowRole, TableLayout
from rfp.workbook.rowkind import RowKind, habit, kind_of
from rfp.workbook.wording import condition, is_id, leading_number, without_number, words

LONGEST_SECTION = 25  # words
_SAID = {
    RowRole.QUESTION: RowKind.QUESTION,
    RowRole.SECTION: RowKind.SECTION,
    RowRole.GUIDANCE: RowKind.GUIDANCE,
    RowRole.SKIP: RowKind.EMPTY,
}
_SEPARATORS = re.compile(r"\s+")


def table_questions(grid: Grid, table: TableLayout) -> list[Question]:
    """Return the questions of one table from top to bottom."""
    slots = Slots(grid, table, _rows(grid, table))
    reader = _Reader(grid, table)
    kinds = row_kinds(grid, table)
    found: list[Question] = []
    for row in [r for r in grid.rows if _top(table) <= r <= table.last_row]:
        kind = kinds.get(row)
        if kind is None:
            reader.enter_header(row)
        elif kind is RowKind.SECTION:
            reader.enter_section(row)
        elif kind is RowKind.GUIDANCE and found:
            found[-1] = replace(found[-1], guidance=_joined(found[-1].guidance, reader.row_text(row)))
        elif kind in (RowKind.QUESTION, RowKind.SAMPLE):
            found.append(reader.question(row, slots, sample=kind is RowKind.SAMPLE))
    return found


def row_kinds(grid: Grid, table: TableLayout) -> dict[int, RowKind]:
    """Return what each row of a table is, its head rows left out: as a person said, else as it looks."""
    rows = _rows(grid, table)
    usual = habit(grid, table.columns, rows, table.header_rows)
    headings = _headings(grid, table, rows)
    told = {mark.row: _SAID[mark.role] for mark in table.marks}
    kinds = {}
    for row in rows:
        kind = told.get(row) or (RowKind.SECTION if row in headings else kind_of(grid, row, usual))
        # A question without a word asks nothing, whatever a person said of its row.
        asks = kind is not RowKind.QUESTION or grid.text(row, usual.question)
        kinds[row] = kind if asks else RowKind.EMPTY
    return kinds


def _rows(grid: Grid, table: TableLayout) -> list[int]:
    return [r for r in grid.rows if table.first_row <= r <= table.last_row and r not in table.header_rows]


def _headings(grid: Grid, table: TableLayout, rows: Sequence[int]) -> set[int]:
    """Return the rows of a form that only head others: nothing waits beside them, as it does beside most."""
    label, value = table.column(ColumnRole.QUESTION), table.column(ColumnRole.ANSWER)
    if table.shape != "form" or label is None or value is None:
        return set()
    bare = {
        row
        for row in rows
        if not (grid.text(row, value) or grid.is_prepared(row, value) or grid.text(row, label).endswith((":", "?")))
    }
    return bare if len(bare) * 2 <= len(rows) else set()


def _top(table: TableLayout) -> int:
    """Return the first row that may name the section: the row right above the head included."""
    return max(1, min((*table.header_rows, table.first_row)) - 1)


class _Reader:
    """Walks down a table and remembers the section it is in."""

    def __init__(self, grid: Grid, table: TableLayout) -> None:
        self.grid = grid
        self.table = table
        self.question_column = table.column(ColumnRole.QUESTION) or 1
        self.id_column = table.column(ColumnRole.ID)
        self.columns = {role: [c.column for c in table.columns if c.role is role] for role in ColumnRole}
        self.section = ""
        self.condition = ""
        self.carried: dict[int, str] = {}

    def enter_header(self, row: int) -> None:
        """Take the title that stands in a head instead of 'Question', or alone above it."""
        texts = self.grid.texts.get(row, {})
        if row not in self.table.header_rows:
            title = next(iter(texts.values()), "")
            if len(texts) == 1 and row != self.grid.rows[0] and words(title) <= LONGEST_SECTION:
                self._name(title)
            return
        for column, text in texts.items():
            known = head(text)
            says_answer = known is not None and known.role in ANSWER_ROLES and column == self.question_column
            is_title = says_answer or column in self._titled or bool(leading_number(text))
            if column <= self.question_column and is_title:
                self._name(text)
                return

    @cached_property
    def _titled(self) -> set[int]:
        """The columns whose head says something else each time it comes back."""
        labels: dict[int, set[str]] = {}
        for row in self.table.header_rows:
            for column, text in self.grid.texts.get(row, {}).items():
                labels.setdefault(column, set()).add(text)
        return {column for column, texts in labels.items() if len(texts) > 1}

    def enter_section(self, row: int) -> None:
        texts = self.grid.texts.get(row, {})
        text = self.grid.text(row, self.question_column) or next(iter(texts.values()), "")
        self._name(text)

    def _name(self, text: str) -> None:
        self.section = one_line(text)
        self.condition = condition(text)

    def row_text(self, row: int) -> str:
        return " ".join(self.grid.texts.get(row, {}).values())

    def question(self, row: int, slots: Slots, *, sample: bool) -> Question:
        grid = self.grid
        text = grid.text(row, self.question_column)
        number = grid.text(row, self.id_column) if self.id_column is not None else ""
        if not number and (number := leading_number(text)):
            text = without_number(text)
        sheet_row, sheet_column = grid.flip(row, self.question_column)
        return Question(
            sheet=grid.sheet.name,
            row=sheet_row,
            column=sheet_column,
            text=text,
            number=number if is_id(number) or len(number) <= 40 else "",
            section=self._section(row),
            guidance=self._guidance(row),
            slots=slots.of(row, text, sample=sample),
            hidden=grid.is_hidden(row, self.question_column) or not grid.sheet.visible,
            condition=condition(text) or self.condition,
            sample=sample,
        )

    def _section(self, row: int) -> str:
        """Return the section of a row: its own section cells, carried down where they are merged or left blank."""
        parts = []
        for column in self.columns[ColumnRole.SECTION]:
            at_row, at_column = self.grid.head(row, column)
            text = self.grid.text(at_row, at_column)
            if text:
                self.carried[column] = text
            if self.carried.get(column):
                parts.append(one_line(self.carried[column]))
        if self.section and self.section not in parts:
            parts.insert(0, self.section)
        return " / ".join(dict.fromkeys(parts))

    def _guidance(self, row: int) -> str:
        parts = []
        for column in self.columns[ColumnRole.GUIDANCE]:
            at_row, at_column = self.grid.head(row, column)
            if text := self.grid.text(at_row, at_column):
                parts.append(text)
        for cell in sorted(self.grid.sheet.comments):
            at = self.grid.flip(*cell)
            if at[0] == row:
                parts.append(self.grid.sheet.comments[cell])
        return "\n".join(part for part in parts if part)


def _joined(before: str, text: str) -> str:
    return f"{before}\n{text}" if before else text


def one_line(text: str) -> str:
    return _SEPARATORS.sub(" ", text).strip()
