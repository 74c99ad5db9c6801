"""Figures of the work over time: the days it takes to answer a buyer, and how much of the proposals people keep."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """What was sent in a month, and the median of its days from receipt; None where nothing was sent."""

    first: date
    sent: int
    median: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Proposals of one kind that people decided about: approved as they stood, or put in other words."""

    proposed: int = 0
    approved: int = 0
    rewritten: int = 0

    @property
    def decided(self) -> int:
        return self.approved + self.rewritten

    @property
    def share(self) -> float | None:
        """Return the share that was left as proposed, None before the first decision."""
        return self.approved / self.decided if self.decided else None

    def __add__(self, other: Kept) -> Kept:
        return Kept(
            proposed=self.proposed + other.proposed,
            approved=self.approved + other.approved,
            rewritten=self.rewritten + other.rewritten,
        )


def median(days: Iterable[float]) -> float | None:
    """Return the middle value, the mean of the two middle ones for an even number, None for none."""
    ordered = sorted(days)
    if not ordered:
        return None
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def by_month(sent: Iterable[tuple[date, int]], *, until: date, months: int) -> list[Month]:
    """Return the last months up to that of a day, each with what was sent in it and its median of days."""
    found: dict[date, list[int]] = defaultdict(list)
    for day, days in sent:
        found[day.replace(day=1)].append(days)
    return [Month(first=first, sent=len(found[first]), median=median(found[first])) for first in _firsts(until, months)]


def likely_range(kept: Kept) -> tuple[float, float] | None:
    """Return where the true share lies with 95 % confidence (Wilson); None before the first decision."""
    share, number = kept.share, kept.decided
    if share is None:
        return None
    z = 1.96
    centre = share + z * z / (2 * number)
    spread = z * math.sqrt(share * (1 - share) / number + z * z / (4 * number * number))
    scale = 1 + z * z / number
    return max(0.0, (centre - spread) / scale), min(1.0, (centre + spread) / scale)


def top(counted: Mapping[str, int], *, most: int) -> Sequence[tuple[str, int]]:
    """Return the most frequent, ties by name."""
    return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))[:most]


def _firsts(until: date, months: int) -> list[date]:
    number = until.year * 12 + until.month - 1
    return [date(at // 12, at % 12 + 1, 1) for at in range(number - months + 1, number + 1)]
