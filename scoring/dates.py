"""Calendar arithmetic of the mandate: months, last good days, and dates in words."""

from __future__ import annotations

import calendar
from datetime import date


def add_months(day: date, months: int) -> date:
    """Return the same day MONTHS later; a day that does not exist becomes the last of its month (R-AGE)."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def months_between(start: date, end: date) -> int:
    """Return the whole months of a period, its last day included (1 January to 31 March are three)."""
    after = date.fromordinal(end.toordinal() + 1)
    months = (after.year - start.year) * 12 + after.month - start.month
    return months if add_months(start, months) <= after else months - 1


def say(day: date) -> str:
    return f"{day.day} {calendar.month_name[day.month]} {day.year}"
