"""Who gets the gap board."""

from __future__ import annotations

from tests.pages.matrix.row import Row

ROWS: dict[str, Row] = {
    "board": Row(),
}
