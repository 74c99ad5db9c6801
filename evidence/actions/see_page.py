"""Show a page of a document: audit reports are given under NDA, so who looked is recorded, once a day."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts import audit
from accounts.models import AuditEvent, Organisation, User
from evidence.ingest.drawing import Picture
from evidence.models import Draft, EvidenceRevision
from evidence.pictures import picture_of

EVENT = "evidence.viewed"


class NoDocument(Exception):
    """The attestation was recorded without a document."""


def see_page(*, of: EvidenceRevision | Draft, page: int, width: int, quote: str, by: User, at: datetime) -> Picture:
    """Return a page of a document and record that the person looked at it, the first time on the day.

    :raises NoDocument: if it was recorded without one
    :raises IngestRefused: if there is no such page, or it cannot be drawn; nothing is recorded then
    :raises FileMissing: if the store no longer holds the document; nothing is recorded then
    """
    if of.file is None:
        raise NoDocument(f"{of} has no document.")
    picture = picture_of(of.file, page=page, width=width, quote=quote)
    if not _noted(of, by, at):
        _note(of, by, at)
    return picture


def _noted(of: EvidenceRevision | Draft, by: User, at: datetime) -> bool:
    return AuditEvent.objects.filter(
        organisation_id=_holder(of).pk,
        target_kind=of._meta.label_lower,
        target_id=str(of.pk),
        event=EVENT,
        actor_id=by.pk,
        at__gte=at.replace(hour=0, minute=0, second=0, microsecond=0),
    ).exists()


@transaction.atomic
def _note(of: EvidenceRevision | Draft, by: User, at: datetime) -> None:
    details: dict[str, object] = {"file": of.file.name if of.file else ""}
    if isinstance(of, EvidenceRevision):
        details |= {"reference": of.evidence.reference, "revision": of.number}
    audit.record(organisation=_holder(of), event=EVENT, target=of, by=by, at=at, details=details)


def _holder(of: EvidenceRevision | Draft) -> Organisation:
    return of.evidence.organisation if isinstance(of, EvidenceRevision) else of.organisation
