"""Files of an organisation: stored once by hash, named by a row."""

from __future__ import annotations

from datetime import datetime

from accounts.models import Organisation
from evidence import storage
from evidence.models import StoredFile


def keep(*, organisation: Organisation, content: bytes, name: str, at: datetime) -> StoredFile:
    """Store bytes for an organisation; the same bytes again are the same row."""
    sha256 = storage.put(content)
    stored, _ = StoredFile.objects.get_or_create(
        organisation=organisation,
        sha256=sha256,
        defaults={"name": name[:255], "size": len(content), "stored_at": at},
    )
    return stored
