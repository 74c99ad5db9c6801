"""The cells that answer a question: what they take, whether they may be filled, and what stands in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property

from rfp.workbook.detect.lexicon import head, is_answer_label, plain
from rfp.workbook.extract.choices import spread_options, typed_options
from rfp.workbook.grid import Grid
from rfp.workbook.model import (
    ANSWER_ROLES,
    ColumnRole,
    Option,
    Prior,
    Scalar,
    Slot,
    SlotKind,
    SlotState,
    TableColumn,
    TableLayout,
    Tick,
)
from rfp.workbook.options import meaning
from rfp.workbook.wording import is_guidance, is_placeholder, is_sample

ADDED = ((ColumnRole.ANSWER, "Answer"), (ColumnRole.COMMENT, "Comment"))
LONGEST_PROMPT = 40  # characters
REPEATED = 0.6  # a text in so many rows of an answer column is a default, not an answer
BOXES = {"☐": "☒", "□": "■", "○": "●", "[ ]": "[x]", "( )": "(x)"}


class Slots:
    """Makes the slots of the rows of one table."""

    def __init__(self, grid: Grid, table: TableLayout, rows: Sequence[int]) -> None:
        self.grid = grid
        self.table = table
        self.rows = rows
        self.answers = [c for c in table.columns if c.role in ANSWER_ROLES and not c.option]
        self.ticks = [c for c in table.columns if c.role in ANSWER_ROLES and c.option]

    def of(self, row: int, question: str, *, sample: bool) -> tuple[Slot, ...]:
        """Return the slots of a row, left to right."""
        if not self.answers and not self.ticks:
            return self._added(row)
        slots = [
            slot for column in self.answers if (slot := self._slot(row, column, question, sample=sample)) is not None
        ]
        tick = self._tick(row, sample=sample)
        if tick is not None:
            slots.append(tick)
        return tuple(sorted(slots, key=lambda slot: (slot.column, slot.row)))

    def under(self, row: int, column: int, label: str) -> tuple[Slot, ...]:
        """Return the slot right below a label, or beside the "Answer:" that stands below it."""
        area = self.grid.merge(row, column)
        below = area.bottom + 1 if area is not None else row + 1
        if is_answer_label(self.grid.text(below, column)):
            column += self.grid.width(below, column)
        answer = TableColumn(column=column, role=ColumnRole.ANSWER, header=label)
        slot = self._slot(below, answer, label, sample=False)
        return (slot,) if slot is not None else ()

    def _slot(self, row: int, column: TableColumn, question: str, *, sample: bool) -> Slot | None:
        grid = self.grid
        at_row, at_column = grid.head(row, column.column)
        if at_column != column.column:
            return None  # merged with a column to the left, which has the slot
        text = grid.text(at_row, at_column)
        options = self._options(row, column)
        sheet_row, sheet_column = grid.flip(at_row, at_column)
        cell = grid.cell(at_row, at_column)
        current = cell.value if cell is not None else None
        return Slot(
            sheet=grid.sheet.name,
            row=sheet_row,
            column=sheet_column,
            role=column.role,
            kind=self._kind(row, column, options),
            state=self._state(row, at_row, at_column, text),
            options=options,
            header=column.header,
            current=current,
            prior=Prior.EXAMPLE if text and sample else self._prior(text, question, column, options),
        )

    def _options(self, row: int, column: TableColumn) -> tuple[Option, ...]:
        own = self.grid.options(row, column.column)
        if own or column.role is not ColumnRole.ANSWER or self.grid.has_list(row, column.column):
            return own
        return spread_options(self.grid, self.table, row) or typed_options(self.grid, self.table, row, column)

    def _kind(self, row: int, column: TableColumn, options: tuple[Option, ...]) -> SlotKind:
        validation = self.grid.validation(row, column.column)
        rule = validation.kind if validation is not None else ""
        if options or rule == "list":
            return SlotKind.CHOICE
        takes_words = column.role in (ColumnRole.COMMENT, ColumnRole.EVIDENCE)
        is_date = self.grid.style(row, column.column).date and not takes_words
        if rule in ("date", "time") or column.role is ColumnRole.DATE or is_date:
            return SlotKind.DATE
        return SlotKind.NUMBER if rule in ("whole", "decimal") else SlotKind.TEXT

    def _state(self, row: int, at_row: int, at_column: int, text: str) -> SlotState:
        if self.grid.is_formula(at_row, at_column):
            return SlotState.FORMULA
        if self.grid.is_locked(at_row, at_column):
            return SlotState.LOCKED
        if at_row != row or (text and (is_guidance(text) or text in self._labels)):
            return SlotState.TAKEN  # answered with the row above, or the buyer's own words
        return SlotState.WRITABLE

    @cached_property
    def _labels(self) -> frozenset[str]:
        """The texts of the heads, which are no answers where they come back."""
        return frozenset(
            text for row in self.table.header_rows for text in self.grid.texts.get(row, {}).values() if head(text)
        )

    def _prior(self, text: str, question: str, column: TableColumn, options: tuple[Option, ...]) -> Prior:
        if not text:
            return Prior.NONE
        if is_sample(text):
            return Prior.EXAMPLE
        if text == self._defaults.get(column.column) or is_placeholder(text) or _repeats(text, question, column.header):
            return Prior.PLACEHOLDER
        if options and len(text) <= LONGEST_PROMPT and not _is_one_of(text, options):
            return Prior.PLACEHOLDER  # "Select one" in a cell with a list
        return Prior.ANSWER

    @cached_property
    def _defaults(self) -> dict[int, str]:
        """The text that stands in most rows of an answer column before anyone has answered."""
        found: dict[int, str] = {}
        for column in self.answers:
            texts = Counter(text for row in self.rows if (text := self.grid.text(row, column.column)))
            if texts:
                text, count = texts.most_common(1)[0]
                if count >= 3 and count >= REPEATED * len(self.rows) and len(texts) <= 2 and not meaning(text):
                    found[column.column] = text
        return found

    def _tick(self, row: int, *, sample: bool) -> Slot | None:
        columns = [c for c in self.ticks if self.grid.head(row, c.column) == (row, c.column)]
        if not columns:
            return None
        ticks = tuple(Tick(Option(c.option, c.option), *self.grid.flip(row, c.column)) for c in columns)
        states = {self._state(row, row, c.column, "") for c in columns}
        marked = [(c, text) for c in columns if (text := self.grid.text(row, c.column)) and text not in BOXES]
        current: Scalar | None = marked[0][0].option if marked else None
        worst = next((s for s in (SlotState.FORMULA, SlotState.LOCKED) if s in states), SlotState.WRITABLE)
        return Slot(
            sheet=self.grid.sheet.name,
            row=ticks[0].row,
            column=ticks[0].column,
            role=ColumnRole.ANSWER,
            kind=SlotKind.TICK,
            state=worst,
            options=tuple(tick.option for tick in ticks),
            ticks=ticks,
            mark=self._mark(row, columns[0].column, marked[0][1] if marked else ""),
            header=columns[0].header.rpartition(":")[0],
            current=current,
            prior=Prior.NONE if not marked else Prior.EXAMPLE if sample else Prior.ANSWER,
        )

    def _mark(self, row: int, column: int, used: str) -> str:
        """Return how this form is ticked: from its own list, its boxes, the marks already there, else an x."""
        options = self.grid.options(row, column)
        if options:
            return next((option.label for option in options if option.label), "x")
        box = BOXES.get(self.grid.text(row, column))
        return box or used or "x"

    def _added(self, row: int) -> tuple[Slot, ...]:
        slots = []
        for offset, (role, header) in enumerate(ADDED, start=1):
            sheet_row, sheet_column = self.grid.flip(row, self._right + offset)
            slots.append(
                Slot(
                    sheet=self.grid.sheet.name, row=sheet_row, column=sheet_column, role=role, header=header, added=True
                )
            )
        return tuple(slots)

    @cached_property
    def _right(self) -> int:
        """The last column in use beside the table, from its head to its last row."""
        top = min((*self.table.header_rows, self.table.first_row))
        used = [
            column + self.grid.width(row, column) - 1
            for row, texts in self.grid.texts.items()
            if top <= row <= self.table.last_row
            for column in texts
        ]
        return max(used, default=1)


def _is_one_of(text: str, options: tuple[Option, ...]) -> bool:
    return any(text.casefold() == option.label.casefold() for option in options)


def _repeats(text: str, question: str, header: str) -> bool:
    """Tell a cell that only says again what is asked: "Vendor Name" beside "Vendor name"."""
    said = plain(text)
    return said in (plain(question), plain(header)) or (len(said) > 3 and plain(question).startswith(said))
