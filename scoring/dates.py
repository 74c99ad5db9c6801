"""Calendar arithmetic of the mandate: months, last good days, and dates in words and out of them."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date

_MONTHS = {name[:3].casefold(): number for number, name in enumerate(calendar.month_name) if name}
_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_WRITTEN = re.compile(
    r"\b(?P<iso>(\d{4})-(\d{1,2})-(\d{1,2}))\b"
    rf"|\b(?P<dmy>(\d{{1,2}})(?:st|nd|rd|th|\.)?\s+(?:of\s+)?{_MONTH},?\s+(\d{{4}}))\b"
    rf"|\b(?P<mdy>{_MONTH}\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}}))\b"
    r"|\b(?P<numbers>(\d{1,2})([./])(\d{1,2})[./](\d{4}))\b",
    re.I,
)


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


def dates_in(text: str) -> Iterator[tuple[int, frozenset[date]]]:
    """Yield where a date is written and the days it can mean: 03/04/2026 means two, 03.04.2026 the fourth month."""
    for found in _WRITTEN.finditer(text):
        parts = [part for part in found.groups() if part is not None][1:]
        days = [day for year, month, number in _readings(found, parts) if (day := _day(year, month, number))]
        if days:
            yield found.start(), frozenset(days)


def one_date(text: str) -> date | None:
    """Return the day that a text means as a whole, None when it is no date or can mean two."""
    text = text.strip()
    found = list(dates_in(text))
    match = _WRITTEN.fullmatch(text)
    return next(iter(found[0][1])) if match and len(found) == 1 and len(found[0][1]) == 1 else None


def _readings(found: re.Match[str], parts: list[str]) -> list[tuple[int, int, int]]:
    if found["iso"]:
        return [(int(parts[0]), int(parts[1]), int(parts[2]))]
    if found["dmy"]:
        return [(int(parts[2]), _MONTHS[parts[1].casefold()], int(parts[0]))]
    if found["mdy"]:
        return [(int(parts[2]), _MONTHS[parts[0].casefold()], int(parts[1]))]
    first, separator, second, year = int(parts[0]), parts[1], int(parts[2]), int(parts[3])
    day_first = (year, second, first)
    return [day_first] if separator == "." else [day_first, (year, first, second)]


def _day(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None
