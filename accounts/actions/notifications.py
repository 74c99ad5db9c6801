"""Tell people what they should know, and let them say that they have read it.

What caused a notification is in the audit trail; that it was told and read is nobody's business but the person's.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import Notification, Organisation, User


@transaction.atomic
def notify(
    *, organisation: Organisation, user: User, kind: str, text: str, url: str = "", key: str = "", at: datetime
) -> bool:
    """Tell a person something; return whether it was new. With a ``key`` it is told only once.

    ``url`` is a path within the product where the person can act on it.
    """
    told = {"kind": kind, "text": text, "url": url, "created_at": at}
    if not key:
        Notification.objects.create(organisation=organisation, user=user, **told)
        return True
    _, created = Notification.objects.get_or_create(organisation=organisation, user=user, key=key, defaults=told)
    return created


@transaction.atomic
def mark_read(*, notification: Notification, at: datetime) -> None:
    """Note that a person has read it; the first time counts."""
    Notification.objects.filter(pk=notification.pk, read_at=None).update(read_at=at)


@transaction.atomic
def mark_all_read(*, organisation: Organisation, by: User, at: datetime) -> int:
    """Note that a person has read everything up to now; return how many that were."""
    unread = Notification.objects.filter(organisation=organisation, user=by, read_at=None, created_at__lte=at)
    return unread.update(read_at=at)
