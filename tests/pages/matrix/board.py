"""Who gets the pages that watch over the proof: the gap board and what ends when."""

from __future__ import annotations

from tests.pages.matrix.row import Row

ROWS: dict[str, Row] = {
    "board": Row(),
    "timeline": Row(),
    "reminder_audience": Row(method="post", own=302, sales_engineer=403, sends=lambda _: {"audience": "keeper"}),
    "snooze_reminder": Row(
        method="post",
        owned=lambda world: world.revision.evidence_id,
        own=302,
        sales_engineer=403,
        sends=lambda _: {"reason": "The audit is under way.", "until": "2026-12-24"},
    ),
}
