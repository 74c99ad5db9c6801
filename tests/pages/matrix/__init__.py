"""The access matrix: who gets which page. Each area of the product keeps its rows in a module here."""

from __future__ import annotations

from tests.pages.matrix import (
    answers,
    board,
    desk,
    evidence,
    frameworks,
    layouts,
    mapping,
    operations,
    people,
    questionnaires,
)
from tests.pages.matrix.row import Row

MATRIX: dict[str, Row] = {
    **questionnaires.ROWS,
    **evidence.ROWS,
    **people.ROWS,
    **answers.ROWS,
    **board.ROWS,
    **desk.ROWS,
    **layouts.ROWS,
    **mapping.ROWS,
    **operations.ROWS,
    **frameworks.ROWS,
}
