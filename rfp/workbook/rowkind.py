"""What a row of a table of questions is: a question, a section, guidance, an example, a footer, or nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from statistics import median

from rfp.workbook.grid import Grid, sampled
from rfp.workbook.model import ANSWER_ROLES, ColumnRole, TableColumn
from rfp.workbook.wording import asks, is_blank, is_bullet, is_footer, is_guidance, is_id, is_sample, words

SECTION_FROM = 2.5
NEAR = 4  # rows


_SAYS_SECTION = frozenset({"section", "heading", "title", "group", "chapter", "abschnitt", "rubrique", "sección"})


class RowKind(StrEnum):
    QUESTION = "question"
    SECTION = "section"
    GUIDANCE = "guidance"
    SAMPLE = "sample"
    FOOTER = "footer"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """How the rows of one table usually look: what departs from it is no question."""

    question: int
    id: int | None
    section: int | None
    answers: tuple[int, ...]
    has_ids: bool
    lists: bool  # most rows have a list in an answer cell
    bold: bool
    fill: str
    length: float  # words of the middle one of the texts
    others: tuple[int, ...]
    titles: frozenset[int]  # rows with one text right above a head
    heads: frozenset[int]


def habit(grid: Grid, columns: Sequence[TableColumn], rows: Sequence[int], heads: Collection[int]) -> Habit:
    """Return the habits of the rows that have text in the question column; ``heads`` are the head rows of the sheet."""
    question = _first(columns, ColumnRole.QUESTION) or 1
    number = _first(columns, ColumnRole.ID)
    answers = tuple(c.column for c in columns if c.role in ANSWER_ROLES)
    texts = sampled([row for row in rows if grid.text(row, question)])
    styles = [grid.style(row, question) for row in texts]
    fills = Counter(style.fill for style in styles)
    return Habit(
        question=question,
        id=number,
        section=_first(columns, ColumnRole.SECTION),
        answers=answers,
        has_ids=number is not None and sum(1 for r in texts if is_id(grid.text(r, number))) * 10 >= 6 * len(texts),
        lists=bool(texts) and sum(1 for r in texts if any(grid.has_list(r, c) for c in answers)) * 10 >= 6 * len(texts),
        bold=sum(1 for style in styles if style.bold) * 2 > len(styles),
        fill=fills.most_common(1)[0][0] if fills else "",
        length=median(words(grid.text(row, question)) for row in texts) if texts else 0.0,
        others=tuple(
            c.column for c in columns if c.role not in (ColumnRole.QUESTION, ColumnRole.ID, ColumnRole.SECTION)
        ),
        titles=frozenset(
            row
            for row, below in pairwise(grid.rows)
            if below in heads and below == row + 1 and len(grid.texts[row]) == 1
        ),
        heads=frozenset(heads),
    )


def kind_of(grid: Grid, row: int, usual: Habit) -> RowKind:
    """Return what a row of a table is."""
    if grid.is_covered(row, usual.question):
        is_title = grid.head(row, usual.question)[0] == row and grid.text(*grid.head(row, usual.question))
        return RowKind.SECTION if is_title else RowKind.EMPTY
    text = grid.text(row, usual.question)
    if not text:
        return RowKind.SECTION if _title(grid, row, usual) else RowKind.EMPTY
    if (row in usual.titles and asks(text) < 0.8) or _is_under_heads(grid, row, usual):
        return RowKind.SECTION
    if any(c < usual.question and t.casefold() in _SAYS_SECTION for c, t in grid.texts[row].items()):
        return RowKind.SECTION
    if usual.id is not None and is_sample(grid.text(row, usual.id)):
        return RowKind.SAMPLE
    if is_guidance(text) or (usual.id is not None and is_guidance(grid.text(row, usual.id) + ":")):
        return RowKind.GUIDANCE
    number = grid.text(row, usual.id) if usual.id is not None else ""
    if is_sample(text) and not (usual.has_ids and number):
        return RowKind.SAMPLE
    if is_footer(text) and asks(text) < 0.8 and not is_id(number):
        return RowKind.FOOTER
    if (is_blank(text) or (is_bullet(text) and asks(text) < 0.8)) and not is_id(number):
        return RowKind.GUIDANCE
    return RowKind.SECTION if section_score(grid, row, text, usual) >= SECTION_FROM else RowKind.QUESTION


def section_score(grid: Grid, row: int, text: str, usual: Habit) -> float:
    """Return how much a row with text in the question column looks like a heading between questions."""
    score = 0.0
    first_answer = min((c for c in usual.answers if c > usual.question), default=usual.question + 1)
    area = grid.merge(row, usual.question)
    if area is not None and area.right >= first_answer:
        score += 3
    if usual.has_ids and usual.id is not None:
        number = grid.text(row, usual.id)
        score += 2 if not number and not grid.is_covered(row, usual.id) else -1 if number else 0
        score += 3.5 if number and _is_parent(grid, row, usual.id, number) else 0
    if usual.lists:
        score += -1.5 if any(grid.has_list(row, c) for c in usual.answers) else 2
    style = grid.style(row, usual.question)
    score += 1.5 if style.bold and not usual.bold else 0
    score += 1 if style.fill != usual.fill and style.fill else 0
    length = words(text)
    score += 0.5 if length <= 6 else 0
    score += 0.9 if length <= 3 and usual.length >= 7 and not usual.has_ids else 0
    score += 1 if text.isupper() and length >= 1 else 0
    score += (
        0.5 if re.match(r"^(?:section|part|domain|chapter|annex|appendix|\d+\.?\s+[A-Z][a-z]+(?:\s|$))", text) else 0
    )
    leaning = asks(text)
    score -= 3 if leaning >= 1 else 2 if leaning >= 0.8 else 0
    score -= 3 if length > 25 else 1.5 if length >= 15 else 0
    score -= 1 if any(grid.text(row, column) for column in usual.others) else 0
    score += 0.5 if text.endswith(":") else 0
    score -= 1 if text.endswith(".") and length > 3 else 0
    score -= 1 if usual.section is not None and grid.text(row, usual.section) and area is None else 0
    return score


def _is_under_heads(grid: Grid, row: int, usual: Habit) -> bool:
    """Tell a row whose answer cells are merged with the head above them."""
    return bool(usual.answers) and all(
        (top := grid.head(row, column)[0]) != row and top in usual.heads for column in usual.answers
    )


def _is_parent(grid: Grid, row: int, column: int, number: str) -> bool:
    """Tell the id of a group from those of its rows: 2, then 2.1."""
    near = grid.below(row, NEAR)
    below = next((text for r in near if (text := grid.text(r, column))), "")
    stem = number.rstrip(".)0") or number
    return below.startswith((f"{stem}.", f"{stem}-", f"{stem}_")) and len(below) > len(stem) + 1 and below != number


def _title(grid: Grid, row: int, usual: Habit) -> bool:
    """A row without question text is a section when one text stands in it, left of the answers."""
    shown = [(c, t) for c, t in grid.texts.get(row, {}).items() if c not in usual.answers]
    return len(shown) == 1 and not is_id(shown[0][1]) and not is_guidance(shown[0][1]) and words(shown[0][1]) <= 20


def _first(columns: Sequence[TableColumn], role: ColumnRole) -> int | None:
    return next((c.column for c in columns if c.role is role), None)
