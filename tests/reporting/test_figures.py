"""Figures of the work over time, by example."""

from __future__ import annotations

from datetime import date

import pytest

from rfp.reporting.figures import Kept, by_month, likely_range, median, top


@pytest.mark.parametrize(
    ("days", "expected"),
    [([], None), ([3], 3), ([9, 1, 4], 4), ([1, 2], 1.5), ([10, 1, 1, 2], 1.5), ([0, 0, 0, 400], 0)],
)
def test_median(days: list[float], expected: float | None) -> None:
    assert median(days) == expected


def test_by_month_shows_months_in_which_nothing_was_sent() -> None:
    sent = [(date(2026, 11, 3), 4), (date(2026, 11, 30), 8), (date(2026, 9, 1), 12), (date(2025, 11, 30), 99)]
    months = by_month(sent, until=date(2026, 11, 23), months=3)
    assert [(month.first, month.sent, month.median) for month in months] == [
        (date(2026, 9, 1), 1, 12),
        (date(2026, 10, 1), 0, None),
        (date(2026, 11, 1), 2, 6),
    ]


def test_by_month_goes_over_the_turn_of_the_year() -> None:
    firsts = [month.first for month in by_month([], until=date(2027, 2, 28), months=4)]
    assert firsts == [date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1), date(2027, 2, 1)]


@pytest.mark.parametrize(
    ("kept", "share"),
    [
        (Kept(), None),
        (Kept(proposed=9), None),
        (Kept(proposed=9, approved=3, rewritten=1), 0.75),
        (Kept(proposed=4, approved=3) + Kept(proposed=4, approved=1, rewritten=4), 0.5),
    ],
)
def test_kept(kept: Kept, share: float | None) -> None:
    assert kept.share == share


@pytest.mark.parametrize(
    ("approved", "rewritten", "low", "high"),
    [(10, 0, 0.722, 1.0), (0, 10, 0.0, 0.278), (50, 50, 0.404, 0.596), (980, 20, 0.969, 0.987)],
)
def test_likely_range(approved: int, rewritten: int, low: float, high: float) -> None:
    found = likely_range(Kept(approved=approved, rewritten=rewritten))
    assert found == pytest.approx((low, high), abs=0.001)


def test_likely_range_says_nothing_of_nothing() -> None:
    assert likely_range(Kept(proposed=40)) is None


def test_top() -> None:
    assert top({"b": 2, "a": 2, "c": 7, "d": 1}, most=3) == [("c", 7), ("a", 2), ("b", 2)]
