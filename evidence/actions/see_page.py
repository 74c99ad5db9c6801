"""Show a page of a document: audit reports are given under NDA, so who looked is recorded, once a day."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts import audit
from accounts.models import AuditEvent, User
from evidence.ingest.drawing import Picture
from evidence.models import EvidenceRevision
from evidence.pictures import picture_of

EVENT = "evidence.viewed"


class NoDocument(Exception):
    """The attestation was recorded without a document."""


def see_page(*, revision: EvidenceRevision, page: int, width: int, quote: str, by: User, at: datetime) -> Picture:
    """Return a page of a revision's document and record that the person looked at it, the first time on the day.

    :raises NoDocument: if the revision has no document
    :raises IngestRefused: if there is no such page, or it cannot be drawn; nothing is recorded then
    :raises FileMissing: if the store no longer holds the document; nothing is recorded then
    """
    if revision.file is None:
        raise NoDocument(f"{revision} has no document.")
    picture = picture_of(revision.file, page=page, width=width, quote=quote)
    if not _noted(revision, by, at):
        _note(revision, by, at)
    return picture


def _noted(revision: EvidenceRevision, by: User, at: datetime) -> bool:
    return AuditEvent.objects.filter(
        organisation_id=revision.evidence.organisation_id,
        target_kind=revision._meta.label_lower,
        target_id=str(revision.pk),
        event=EVENT,
        actor_id=by.pk,
        at__gte=at.replace(hour=0, minute=0, second=0, microsecond=0),
    ).exists()


@transaction.atomic
def _note(revision: EvidenceRevision, by: User, at: datetime) -> None:
    audit.record(
        organisation=revision.evidence.organisation,
        event=EVENT,
        target=revision,
        by=by,
        at=at,
        details={"reference": revision.evidence.reference, "revision": revision.number},
    )
