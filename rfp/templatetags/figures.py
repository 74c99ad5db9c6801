"""Figures as people say them, and the months of a trend as bars."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template

from rfp.reporting import words
from rfp.reporting.figures import Month

register = template.Library()
HEIGHT = 48


@register.filter
def days(number: float | None) -> str:
    """Return a number of days with at most half a day."""
    if number is None:
        return "–"
    whole = f"{number:.0f}" if number == int(number) else f"{number:.1f}"
    return f"{whole} day{'' if number == 1 else 's'}"


@register.filter
def hundredths(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.0f}"


@register.inclusion_tag("_components/months.html")
def month_bars(months: Sequence[Month]) -> dict[str, Any]:
    """Draw the median days of each month; the label says all of it in words."""
    most = max((month.median or 0 for month in months), default=0) or 1
    return {
        "bars": [
            {
                "month": month,
                "height": 0 if month.median is None else max(2, round(HEIGHT * month.median / most)),
                "name": f"{month.first:%b}",
            }
            for month in months
        ],
        "full": HEIGHT,
        "label": "; ".join(
            f"{month.first:%B}: {days(month.median)}, {words.count(month.sent, 'questionnaire')}"
            if month.sent
            else f"{month.first:%B}: nothing sent"
            for month in months
        ),
    }
