"""The record of a look outside the document: in a register, on the issuer's page, by asking the issuer.

Nothing is fetched here: a person looks, and says where, when and with what result.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from accounts import audit
from accounts.models import User
from evidence import storage
from evidence.actions import library
from evidence.actions.files import keep
from evidence.models import CheckResult, EvidenceRevision, OutsideCheck, StoredFile


class NotConfirmed(Exception):
    """Facts that nobody compared with the document cannot be checked outside."""


class AlreadyNewer(Exception):
    """The revision is no longer the latest one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckEntry:
    place: str
    address: str = ""
    checked_on: date
    result: CheckResult | str
    note: str = ""
    screenshot: bytes | None = None
    screenshot_name: str = ""


@transaction.atomic
def record_check(*, revision: EvidenceRevision, entry: CheckEntry, by: User, at: datetime) -> OutsideCheck:
    """Add a check to the record of a revision; one that confirms it makes the person its verifier.

    :raises NotConfirmed: if nobody confirmed the facts yet
    :raises AlreadyNewer: if there is a newer revision, which is the one to check
    :raises VerifierIsConfirmer: if the person confirmed the facts themselves
    """
    if revision.confirmed_at is None:
        raise NotConfirmed("Nobody has confirmed these facts yet. Compare them with the document first.")
    if EvidenceRevision.objects.filter(evidence=revision.evidence, number__gt=revision.number).exists():
        raise AlreadyNewer("There is a newer revision by now. Check that one.")
    if revision.confirmed_by == by:
        raise library.VerifierIsConfirmer(f"{by} confirmed these facts; another person has to check them.")
    organisation = revision.evidence.organisation
    screenshot = (
        keep(organisation=organisation, content=entry.screenshot, name=entry.screenshot_name, at=at)
        if entry.screenshot is not None
        else None
    )
    check = OutsideCheck.objects.create(
        revision=revision,
        place=entry.place,
        address=entry.address,
        checked_on=entry.checked_on,
        result=entry.result,
        note=entry.note,
        screenshot=screenshot,
        recorded_by=by,
        recorded_at=at,
    )
    audit.record(
        organisation=organisation,
        event="evidence.checked",
        target=check,
        by=by,
        at=at,
        details={
            "reference": revision.evidence.reference,
            "revision": revision.number,
            "place": entry.place,
            "result": str(entry.result),
            **({"sha256": screenshot.sha256} if screenshot else {}),
        },
    )
    if entry.result == CheckResult.CONFIRMED:
        library.verify(revision=revision, by=by, at=at)
    return check


def screenshot_of(check: OutsideCheck) -> tuple[StoredFile, bytes] | None:
    """Return the picture that was kept with a check, None without one.

    :raises FileMissing: if the store no longer holds it
    """
    return (check.screenshot, storage.get(check.screenshot.sha256)) if check.screenshot else None
