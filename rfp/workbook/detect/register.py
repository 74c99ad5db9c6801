"""Tell tables of questions from lists of things: changes, risks, assets, terms, prices, people."""

from __future__ import annotations

import re

from rfp.workbook.detect.heads import Reserved
from rfp.workbook.detect.lexicon import head, is_register_head
from rfp.workbook.grid import Grid
from rfp.workbook.model import ANSWER_ROLES, ColumnRole, TableLayout
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


def is_register(grid: Grid, table: TableLayout) -> bool:
    """Weigh what speaks for questions against heads that only lists of things have."""
    question = table.column(ColumnRole.QUESTION) or 0
    rows = [r for r in grid.rows if table.first_row <= r <= table.last_row and grid.text(r, question)][:SAMPLE]
    rows = [row for row in rows if row not in table.header_rows]
    if not rows:
        return True
    labels = {text for row in table.header_rows for text in grid.texts.get(row, {}).values()}
    known = [found for text in labels if (found := head(text)) is not None and found.strength >= 1]
    buyers = {text for text in labels if (found := head(text)) is not None and found.role is Reserved.REVIEWER}
    foreign = sum(1 for label in labels - buyers if is_register_head(label))
    answers = [c for c in table.columns if c.role in ANSWER_ROLES]
    texts = [grid.text(row, question) for row in rows]
    asking = sum(1 for text in texts if asks(text) >= ASKS) / len(texts)
    sentences = sum(1 for text in texts if words(text) >= 5) / len(texts)
    has_list = any(grid.has_list(row, c.column) for c in answers for row in rows[:20])
    if asking >= MOSTLY and (foreign < 2 or answers):
        return False
    score = 3.0 * asking + 0.5 * sentences
    score += 2.0 if any(found.role is ColumnRole.QUESTION for found in known) else 0.0
    score += 0.5 if table.column(ColumnRole.ID) is not None else 0.0
    score += 1.0 if says_fill(grid) else 0.0
    if answers:
        says_answer = any(found.role is ColumnRole.ANSWER for found in known)
        score += 2.5 if says_answer else 1.0 if any(found.role in ANSWER_ROLES for found in known) else 0.0
        score += 1.0 if all(grid.is_prepared(row, answers[0].column) for row in rows[:20]) else 0.0
        score += 2.0 if has_list or any(c.option for c in answers) else 0.0
    elif sentences >= 0.7 and len(rows) >= 5 and table.column(ColumnRole.ID) is not None:
        score += 1.0
    says_question = any((found := head(text)) is not None and found.role is ColumnRole.QUESTION for text in labels)
    if not says_question and asking < 0.2 and sentences < 0.3:
        score -= 2.0  # names of things
    return score - (1.5 if answers else 2.0) * foreign < LEAST


def says_fill(grid: Grid) -> bool:
    """Tell a sheet whose name or title says that answers go there."""
    title = next((text for texts in grid.texts.values() for text in texts.values()), "")
    return _TO_FILL.search(grid.sheet.name) is not None or _TO_FILL.search(title) is not None
