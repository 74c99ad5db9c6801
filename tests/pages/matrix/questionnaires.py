"""Who gets the pages of questionnaires."""

from __future__ import annotations

from tests.pages.matrix.row import Row

QUESTIONNAIRE = Row(owned=lambda world: world.questionnaire.pk)
# Both make a job; it is done by a worker, not by the page.
ASKED = Row(
    method="post",
    owned=lambda world: world.questionnaire.pk,
    own=302,
    sales_engineer=302,
    sends=lambda _: {"token": "once-and-only-once"},
)
# There is no job to try again or to stop in this world.
NO_JOB = Row(method="post", owned=lambda world: world.questionnaire.pk, own=404, sales_engineer=404)
ROWS: dict[str, Row] = {
    "inbox": Row(),
    "upload": Row(),
    "questionnaire": QUESTIONNAIRE,
    "questionnaire_answers": QUESTIONNAIRE,
    "questionnaire_files": QUESTIONNAIRE,
    "deal": QUESTIONNAIRE,
    "questionnaire_progress": Row(owned=lambda world: world.questionnaire.pk, own=302, sales_engineer=302),
    "redraft": ASKED,
    "make_files": ASKED,
    "job_retry": NO_JOB,
    "job_cancel": NO_JOB,
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
