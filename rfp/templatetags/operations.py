"""How long something took, in words."""

from __future__ import annotations

from datetime import timedelta

from django import template

register = template.Library()


@register.filter
def span(time: timedelta | None) -> str:
    """Return a length of time with as much detail as helps."""
    if time is None:
        return "–"
    seconds = time.total_seconds()
    if seconds < 1:
        return "under a second"
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    if minutes < 90:
        return f"{minutes} min"
    hours = round(seconds / 3_600)
    return f"{hours} h" if hours < 48 else f"{round(hours / 24)} days"
