"""Hand out a file of the evidence library: audit reports are given under NDA, so each opening is recorded."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts import audit
from accounts.models import User
from evidence import storage
from evidence.models import EvidenceRevision, StoredFile


class NoFile(Exception):
    """The attestation was recorded without a document."""


@transaction.atomic
def open_file(*, revision: EvidenceRevision, by: User, at: datetime) -> tuple[StoredFile, bytes]:
    """Return the document of a revision and record who opened it.

    :raises NoFile: if the revision has none
    :raises FileMissing: if the store no longer holds it; nothing is recorded then
    """
    if revision.file is None:
        raise NoFile(f"{revision} has no document.")
    content = storage.get(revision.file.sha256)
    audit.record(
        organisation=revision.evidence.organisation,
        event="evidence.opened",
        target=revision,
        by=by,
        at=at,
        details={
            "reference": revision.evidence.reference,
            "revision": revision.number,
            "file": revision.file.name,
            "sha256": revision.file.sha256,
        },
    )
    return revision.file, content
