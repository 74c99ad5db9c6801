"""What the head of every page shows beside the person's name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

from django.http import HttpRequest

from accounts.authorization import Acting
from accounts.notices import unread_of


def notifications(request: HttpRequest) -> Mapping[str, Callable[[], int]]:
    """Count what the person has not read yet; asked of the database only by a page that shows it."""
    acting: Acting | None = getattr(request, "acting", None)
    return {"unread": cache(lambda: unread_of(acting.organisation, acting.user).count() if acting else 0)}
