"""Hand out files of a questionnaire; each opening is recorded."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts import audit
from accounts.models import User
from evidence import storage
from rfp.models import Export, Questionnaire


@transaction.atomic
def open_export(*, export: Export, by: User, at: datetime) -> bytes:
    """Return an exported file and record who took it.

    :raises FileMissing: if the store no longer holds it; nothing is recorded then
    """
    content = storage.get(export.file.sha256)
    audit.record(
        organisation=export.questionnaire.organisation,
        event="export.opened",
        target=export.questionnaire,
        by=by,
        at=at,
        details={"file": export.name, "draft": export.draft, "sha256": export.file.sha256},
    )
    return content


@transaction.atomic
def open_original(*, questionnaire: Questionnaire, by: User, at: datetime) -> bytes:
    """Return the buyer's file as it came and record who took it.

    :raises FileMissing: if the store no longer holds it; nothing is recorded then
    """
    content = storage.get(questionnaire.file.sha256)
    audit.record(
        organisation=questionnaire.organisation,
        event="questionnaire.opened",
        target=questionnaire,
        by=by,
        at=at,
        details={"file": questionnaire.file_name, "sha256": questionnaire.file.sha256},
    )
    return content
