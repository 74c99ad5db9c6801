"""Processes that do jobs say that they are there, so that a page can tell when none is."""

from __future__ import annotations

import os
import socket
from datetime import datetime, timedelta

from rfp.models import SignOfLife

FORGOTTEN_AFTER = timedelta(days=1)


def this_process() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"


def show_life(*, name: str, at: datetime) -> None:
    """Store that a process is there, and forget those that have said nothing for a day."""
    SignOfLife.objects.update_or_create(name=name, defaults={"seen_at": at})
    SignOfLife.objects.filter(seen_at__lt=at - FORGOTTEN_AFTER).delete()
