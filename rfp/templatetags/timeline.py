"""Drawing what ends when: one strip of twelve months a line, a day for each unit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import template

from rfp.queries.timeline import AHEAD, Ending

register = template.Library()
WIDTH = AHEAD.days


@register.inclusion_tag("_components/strip.html")
def strip(ending: Ending) -> dict[str, Any]:
    """Draw how long a proof still counts, and from when its renewal should be under way."""
    end = min(max(ending.days, 0), WIDTH)
    start = end if ending.starts_in is None else min(max(ending.starts_in, 0), end)
    return {
        "width": WIDTH,
        "start": start,
        "working": end - start,
        "end": end,
        "lapsed": ending.lapsed,
        "months": months(ending.on),
    }


@register.inclusion_tag("_components/strip_head.html")
def strip_head(on: date) -> dict[str, Any]:
    """Draw the months over the strips; shares of the width keep their names from being stretched."""
    return {"months": [(f"{100 * day / WIDTH:.2f}", name) for day, name in months(on)]}


def months(on: date) -> Sequence[tuple[int, str]]:
    """Return the firsts of the coming months as days from today, each with the short name of its month."""
    firsts = (date(on.year + (on.month + number) // 12, (on.month + number) % 12 + 1, 1) for number in range(12))
    return [((first - on).days, f"{first:%b}") for first in firsts if (first - on).days <= WIDTH]
