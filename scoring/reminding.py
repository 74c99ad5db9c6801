"""When people are told that a proof runs out: before, on its last day, and every week after it has lapsed."""

from __future__ import annotations

from datetime import date

STEPS = (90, 60, 30, 14, 7, 1, 0)
WEEK = 7


def step_of(ends_on: date, *, on: date) -> int | None:
    """Return the reminder that is due on a day: the days before the end, or minus the weeks since it.

    A step holds until the next one, so that a day on which nobody was told is made up for. None is due earlier than the
    first step; after the end there is always one.
    """
    left = (ends_on - on).days
    if left < 0:
        return -(-left // WEEK)
    return min((step for step in STEPS if left <= step), default=None)
