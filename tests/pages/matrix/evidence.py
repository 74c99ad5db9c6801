"""Who gets the pages of the evidence library."""

from __future__ import annotations

from tests.pages.matrix.row import Row

ROWS: dict[str, Row] = {
    "evidence": Row(),
    "evidence_item": Row(owned=lambda world: world.revision.evidence_id),
    "evidence_file": Row(owned=lambda world: world.revision.pk),
}
