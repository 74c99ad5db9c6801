"""Reading what a person was told."""

from __future__ import annotations

from django.db.models import QuerySet

from accounts.models import Notification, Organisation, User


def notifications_of(organisation: Organisation, user: User) -> QuerySet[Notification]:
    """Return what the person was told in the organisation, the latest first."""
    return Notification.objects.filter(organisation=organisation, user=user).order_by("-created_at", "-pk")


def unread_of(organisation: Organisation, user: User) -> QuerySet[Notification]:
    return notifications_of(organisation, user).filter(read_at=None)
