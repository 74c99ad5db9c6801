"""Who gets the pages about people and what they did."""

from __future__ import annotations

from tests.pages.matrix.row import Row

ROWS: dict[str, Row] = {
    "audit": Row(),
    "sign_in": Row(public=True),
    "sign_out": Row(method="post", public=True),
    "choose_organisation": Row(method="post", public=True),
}
