"""Who gets the pages of questionnaires."""

from __future__ import annotations

from tests.pages.matrix.row import Row

QUESTIONNAIRE = Row(owned=lambda world: world.questionnaire.pk)
ROWS: dict[str, Row] = {
    "inbox": Row(),
    "questionnaire": QUESTIONNAIRE,
    "questionnaire_original": QUESTIONNAIRE,
    "export": Row(owned=lambda world: world.export.pk),
    "approve_ready": Row(
        method="post",
        owned=lambda world: world.questionnaire.pk,
        own=302,
        sales_engineer=403,
        sends=lambda _: {"seal": "x"},
    ),
    "approve_ticked": Row(
        method="post",
        owned=lambda world: world.questionnaire.pk,
        own=302,
        sales_engineer=403,
        sends=lambda world: {"answers": [f"{world.question(1).pk}.1"]},
    ),
}
