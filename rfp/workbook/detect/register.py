"""Tell tables of questions from lists of things: changes, risks, assets, terms, prices, people."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rfp.workbook.detect.heads import Reserved
from rfp.workbook.detect.lexicon import head, is_register_head
from rfp.workbook.grid import Grid
from rfp.workbook.model import ANSWER_ROLES, ColumnRole, TableColumn, TableLayout
from rfp.workbook.wording import asks, words

_TO_FILL = re.compile(
    r"\b(?:respon[sd]\w*|answers?|to be (?:filled|completed)|questionnaire|antwort\w*|fragebogen|réponses?|respuestas?"
    r"|cuestionario)\b",
    re.IGNORECASE,
)
LEAST = 2.0
ASKS = 0.8
SAMPLE = 300
MOSTLY = 0.5
MANY = 2  # heads that only lists of things have
ENOUGH = 20  # rows


def is_register(grid: Grid, table: TableLayout) -> bool:
    """Weigh what speaks for questions against heads that only lists of things have."""
    question = table.column(ColumnRole.QUESTION) or 0
    rows = [r for r in grid.rows if table.first_row <= r <= table.last_row and grid.text(r, question)][:SAMPLE]
    rows = [row for row in rows if row not in table.header_rows]
    if not rows:
        return True
    labels = {text for row in table.header_rows for text in grid.texts.get(row, {}).values()}
    heads = [known for text in labels if (known := head(text)) is not None]
    strong = {known.role for known in heads if known.strength >= 1}
    buyers = {text for text in labels if (known := head(text)) is not None and known.role is Reserved.REVIEWER}
    foreign = sum(1 for label in labels - buyers if is_register_head(label))
    texts = [grid.text(row, question) for row in rows]
    asking = sum(1 for text in texts if asks(text) >= ASKS) / len(texts)
    answers = [c for c in table.columns if c.role in ANSWER_ROLES]
    if asking >= MOSTLY and (foreign < MANY or (answers and ColumnRole.QUESTION in strong)):
        return False
    sentences = sum(1 for text in texts if words(text) >= 5) / len(texts)
    has_id = table.column(ColumnRole.ID) is not None
    score = 3.0 * asking + 0.5 * sentences + 0.5 * has_id + 1.0 * says_fill(grid)
    score += 2.0 if ColumnRole.QUESTION in strong else 0.0
    if answers:
        score += _room(grid, answers, rows[:ENOUGH], strong)
    elif sentences >= 0.7 and len(rows) >= 5 and has_id:
        score += 1.0
    if asking < 0.2 and sentences < 0.3 and not any(known.role is ColumnRole.QUESTION for known in heads):
        score -= 2.0  # names of things
    return score - (1.5 if answers else 2.0) * foreign < LEAST


def _room(grid: Grid, answers: Sequence[TableColumn], rows: Sequence[int], strong: set[ColumnRole | Reserved]) -> float:
    """Return how much the columns say that a vendor is to fill them: their heads, lists, ticks, empty borders."""
    room = 2.5 if ColumnRole.ANSWER in strong else 1.0 if strong & ANSWER_ROLES else 0.0
    room += 1.0 if all(grid.is_prepared(row, answers[0].column) for row in rows) else 0.0
    is_choice = any(c.option or any(grid.has_list(row, c.column) for row in rows) for c in answers)
    return room + (2.0 if is_choice else 0.0)


def says_fill(grid: Grid) -> bool:
    """Tell a sheet whose name or title says that answers go there."""
    title = next((text for texts in grid.texts.values() for text in texts.values()), "")
    return _TO_FILL.search(grid.sheet.name) is not None or _TO_FILL.search(title) is not None
