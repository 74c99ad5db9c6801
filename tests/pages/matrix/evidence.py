"""Who gets the pages of the evidence library."""

from __future__ import annotations

from tests.pages.matrix.row import Row

ROWS: dict[str, Row] = {
    "evidence": Row(),
    "evidence_item": Row(owned=lambda world: world.revision.evidence_id),
    "evidence_file": Row(owned=lambda world: world.revision.pk),
    # The world's certificate is no real PDF: a picture that says so is the answer.
    "evidence_page": Row(owned=lambda world: world.revision.pk, path={"page": 1}, own=422, sales_engineer=422),
}
