"""Fix the rules of a tender: at opening, and again with a reason for each later change."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F

from accounts import audit
from accounts.models import User
from rfp.models import SealedVersion, Tender
from rfp.queries.tenders.sealing import digest, latest_sealed, payload_of


class ReasonNeeded(Exception):
    """The rules are sealed: a change is a new version, and says why."""

    def __init__(self) -> None:
        super().__init__("The rules are sealed. Say why they change: it becomes a new version with your reason.")


class TenderChanged(Exception):
    """Somebody else changed the tender since the page was loaded; nothing was changed."""

    def __init__(self) -> None:
        super().__init__("Somebody else changed this tender meanwhile. This is how it is now; make your change again.")


class RulesClosed(Exception):
    """The tender is awarded: its rules are history."""

    def __init__(self) -> None:
        super().__init__("The tender is awarded. Its rules do not change any more.")


def claim(tender: Tender, version: int) -> None:
    """Take the tender for a change of the rules that a person saw in a version; to be called first in a transaction.

    :raises RulesClosed: if it is awarded
    :raises TenderChanged: if it is in another version by now
    """
    # The row stays locked until the transaction ends, so that nobody opens the tender in between.
    rows = Tender.objects.filter(pk=tender.pk, version=version, awarded_at=None)
    if not rows.update(version=F("version") + 1):
        tender.refresh_from_db()
        raise RulesClosed if tender.awarded_at else TenderChanged
    tender.refresh_from_db()


def seal_change(tender: Tender, *, reason: str, by: User, at: datetime) -> SealedVersion | None:
    """Seal the rules again after a change; None for a draft, and where nothing that is sealed changed.

    :raises ReasonNeeded: if something sealed changed and no reason is given; the caller's transaction undoes it
    """
    latest = latest_sealed(tender)
    if latest is None or digest(payload_of(tender)) == latest.digest:
        return None
    if not reason.strip():
        raise ReasonNeeded
    return seal(tender, number=latest.number + 1, reason=reason.strip(), by=by, at=at)


def seal(tender: Tender, *, number: int, reason: str, by: User, at: datetime) -> SealedVersion:
    """Store the rules as they stand under their hash, in the caller's transaction."""
    payload = payload_of(tender)
    sealed = SealedVersion.objects.create(
        tender=tender,
        number=number,
        payload=payload,
        digest=digest(payload),
        reason=reason,
        sealed_by=by,
        sealed_at=at,
    )
    audit.record(
        organisation=tender.organisation,
        event="tender.sealed",
        target=tender,
        by=by,
        at=at,
        details={"version": number, "sha256": sealed.digest, "reason": reason},
    )
    return sealed
