"""Make tables of questions from the heads of a sheet and from what stands between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from rfp.workbook.detect.beside import open_beside
from rfp.workbook.detect.columns import assign, question_column
from rfp.workbook.detect.headers import Header
from rfp.workbook.detect.heads import Reserved
from rfp.workbook.detect.lexicon import Head, head, plain
from rfp.workbook.grid import Grid, sampled
from rfp.workbook.model import ANSWER_ROLES, ColumnRole, FileFormat, TableColumn, TableLayout, address
from rfp.workbook.rowkind import RowKind, habit, kind_of
from rfp.workbook.wording import asks, is_id

FAR_RIGHT = 16_384


@dataclass(slots=True, kw_only=True)
class Block:
    """A head, or one head that comes back, with the rows under it."""

    header: Header
    rows: list[int] = field(default_factory=list)


def tables_under(grid: Grid, headers: Sequence[Header]) -> list[TableLayout]:
    """Return the tables of questions that the heads of a sheet begin; a head that comes back continues its table."""
    blocks: list[Block] = []
    for position, header in enumerate(headers):
        end = headers[position + 1].first - 1 if position + 1 < len(headers) else max(grid.rows)
        rows = [row for row in grid.rows if header.last < row <= end]
        for part in _side_by_side(header):
            before = next((b for b in reversed(blocks) if b.header.bounds == part.bounds), None)
            if before is not None and _comes_back(before.header, part):
                before.header = _merged(before.header, part)
                before.rows += rows
            else:
                blocks.append(Block(header=part, rows=list(rows)))
    heads = frozenset(row for header in headers for row in header.rows)
    return [table for block in blocks if (table := _table(grid, block, heads)) is not None]


def _comes_back(before: Header, after: Header) -> bool:
    """Tell whether a head is the one above again: the same words in the same columns, but for a title among them."""
    if set(before.ticks.items()) != set(after.ticks.items()):
        return False
    shared = before.labels.keys() & after.labels.keys()
    same = [c for c in shared if plain(before.labels[c]) == plain(after.labels[c])]
    questions = _strong_questions(before), _strong_questions(after)
    if all(questions) and not questions[0] & questions[1]:
        return False
    titles = {after.labels[c] for c in shared if c not in same}  # one merged title labels several columns
    return any(_is_answer(before.heads.get(c)) for c in same) and len(titles) <= 1


def _strong_questions(header: Header) -> set[int]:
    return {c for c in header.columns(ColumnRole.QUESTION) if header.heads[c].strength >= 1}


def _is_answer(known: Head | None) -> bool:
    return known is not None and (known.role in ANSWER_ROLES or known.role is Reserved.REVIEWER)


def _merged(before: Header, after: Header) -> Header:
    """Return the two heads as one; a column named differently each time is named by its title, which means nothing."""
    differ = {c for c, text in after.labels.items() if c in before.labels and plain(before.labels[c]) != plain(text)}
    titles = before.titles | differ
    return Header(
        rows=(*before.rows, *after.rows),
        labels={c: t for c, t in {**after.labels, **before.labels}.items() if c not in titles},
        heads={c: h for c, h in {**after.heads, **before.heads}.items() if c not in titles},
        ticks=before.ticks,
        titles=titles,
        bounds=before.bounds,
    )


def _side_by_side(header: Header) -> list[Header]:
    """Split a head in which question and answer come twice: two tables stand side by side."""
    questions = sorted(_strong_questions(header))
    answers = sorted({*header.columns(ColumnRole.ANSWER, ColumnRole.COMMENT), *header.ticks})
    cuts = []
    for left, right in pairwise(questions):
        inner = [c for c in answers if left < c < right]
        if not inner or not any(c > right for c in answers):
            continue
        ids = [c for c in header.columns(ColumnRole.ID, ColumnRole.SECTION) if max(inner) < c < right]
        cuts.append(min(ids, default=right))
    if not cuts:
        return [header]
    return [
        Header(
            rows=header.rows,
            labels={c: v for c, v in header.labels.items() if start <= c < stop},
            heads={c: v for c, v in header.heads.items() if start <= c < stop},
            ticks={c: v for c, v in header.ticks.items() if start <= c < stop},
            bounds=(start, stop - 1),
        )
        for start, stop in pairwise([1, *cuts, FAR_RIGHT + 1])
    ]


def _table(grid: Grid, block: Block, heads: frozenset[int]) -> TableLayout | None:
    header, rows = block.header, block.rows
    left, right = header.bounds
    span = set(header.labels) | {c for row in rows for c in grid.texts[row]} | _listed(grid, rows)
    columns = sorted(column for column in span if left <= column <= right)
    if not rows or not columns:
        return None
    last = max(header.labels, default=0) + 1  # what stands further right are notes beside the table
    question = question_column(grid, header, rows, [column for column in columns if column <= last])
    if question is None:
        return None
    roles = assign(grid, header, rows, question, columns)
    roles = _with_cells_beside(grid, roles, [row for row in rows if grid.text(row, question)], question)
    usual = habit(grid, roles, rows, heads)
    asked = [row for row in sampled(rows) if kind_of(grid, row, usual) is RowKind.QUESTION]
    if not asked:
        return None
    ends = next(row for row in reversed(rows) if kind_of(grid, row, usual) in (RowKind.QUESTION, RowKind.SAMPLE))
    return TableLayout(
        header_rows=header.rows,
        first_row=header.rows[0] + 1 if header.rows[0] + 1 not in header.rows else _after(header.rows),
        last_row=ends,
        columns=tuple(roles),
        confidence=_confidence(grid, roles, asked),
        reasons=_reasons(grid, header, roles, asked),
    )


def _with_cells_beside(grid: Grid, roles: list[TableColumn], rows: Sequence[int], question: int) -> list[TableColumn]:
    """Return the columns; where none takes an answer, with the empty ones of a Word table that have no head."""
    if grid.book.format is not FileFormat.DOCX or any(c.role in ANSWER_ROLES for c in roles):
        return roles
    beside = open_beside(grid, question, rows, {c.column for c in roles})
    return sorted([*roles, *beside], key=lambda c: c.column)


def _after(rows: Sequence[int]) -> int:
    """Return the row after the first run of head rows."""
    row = rows[0]
    while row in rows:
        row += 1
    return row


def _listed(grid: Grid, rows: Sequence[int]) -> set[int]:
    return {column for column in grid.list_columns if any(grid.has_list(row, column) for row in sampled(rows))}


def extend_upwards(grid: Grid, table: TableLayout, *, floor: int = 0) -> TableLayout:
    """Take in the rows right above the head that look like its rows: an id, a text, a cell to fill."""
    number, question = table.column(ColumnRole.ID), table.column(ColumnRole.QUESTION)
    answers = [c.column for c in table.columns if c.role in ANSWER_ROLES]
    if number is None or question is None or not answers or not table.header_rows:
        return table
    first = table.first_row
    for row in (row for row in reversed(grid.rows) if floor < row < table.header_rows[0]):
        mark = grid.text(row, number)
        if grid.text(row, question) and is_id(mark):
            if mark.isdigit():
                break
            first = row
        elif len(grid.texts[row]) > 2:
            break
    if first == table.first_row:
        return table
    said = f"Rows from {first} on look like the rows under the head."
    return replace(table, first_row=first, reasons=(*table.reasons, said))


def _confidence(grid: Grid, columns: Sequence[TableColumn], asked: Sequence[int]) -> float:
    question = next(c for c in columns if c.role is ColumnRole.QUESTION)
    known = head(question.header)
    sure = 0.45
    sure += 0.2 if known is not None and known.role is ColumnRole.QUESTION else 0.0
    sure += 0.15 * sum(asks(grid.text(row, question.column)) for row in asked) / len(asked)
    answers = [c for c in columns if c.role in ANSWER_ROLES]
    sure += 0.1 if answers else 0.0
    sure += 0.1 if any(c.option or grid.has_list(asked[0], c.column) for c in answers) else 0.0
    return round(min(sure, 1.0), 2)


def _reasons(grid: Grid, header: Header, columns: Sequence[TableColumn], asked: Sequence[int]) -> tuple[str, ...]:
    reasons = []
    for column in columns:
        if column.header and column.role is not ColumnRole.OTHER:
            place = address(*grid.flip(header.first, column.column))
            reasons.append(f"{place} {column.header[:40]!r} heads the {column.role} column.")
    listed = [c for c in columns if c.role in ANSWER_ROLES and any(grid.has_list(row, c.column) for row in asked)]
    if listed:
        reasons.append(f"{len(listed)} of the answer columns have dropdown lists.")
    if not any(c.role in ANSWER_ROLES for c in columns):
        reasons.append("No column has room for an answer: columns will be added right of the table.")
    if reviewer := header.columns(Reserved.REVIEWER):
        label = header.labels.get(reviewer[0], "")
        reasons.append(f"{label!r} is the buyer's own column.")
    return tuple(reasons)
