"""Hand out files of a questionnaire; each opening is recorded."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import PurePath

from django.db import transaction

from accounts import audit
from accounts.models import User
from evidence import storage
from rfp.models import Export, Questionnaire, Release


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
def open_package(*, release: Release, by: User, at: datetime) -> bytes:
    """Return everything that was sent as one zip, the same bytes each time, and record who took it.

    :raises FileMissing: if the store no longer holds a file; nothing is recorded then
    """
    files = [(file.name, storage.get(file.sha256)) for file in release.files.order_by("pk")]
    sums = "".join(f"{file.sha256}  {file.name}\n" for file in release.files.order_by("pk"))
    content = zipped([*files, ("SHA256SUMS.txt", sums.encode())])
    audit.record(
        organisation=release.organisation,
        event="release.opened",
        target=release,
        by=by,
        at=at,
        details={"version": release.number, "sha256": storage.digest(content)},
    )
    return content


def zipped(files: Sequence[tuple[str, bytes]]) -> bytes:
    """Return the files as a zip that depends on nothing but their names and bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as package:
        for name, content in files:
            entry = zipfile.ZipInfo(PurePath(name).name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            package.writestr(entry, content)
    return out.getvalue()


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
