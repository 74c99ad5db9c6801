"""Reminders get closer to the end and do not stop after it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from scoring.reminding import step_of

END = date(2026, 12, 31)


@pytest.mark.parametrize(
    ("left", "step"),
    [
        (365, None),
        (91, None),
        (90, 90),
        (61, 90),
        (60, 60),
        (31, 60),
        (30, 30),
        (15, 30),
        (14, 14),
        (8, 14),
        (7, 7),
        (2, 7),
        (1, 1),
        (0, 0),
        (-1, 0),  # on the day, made up for
        (-6, 0),
        (-7, -1),
        (-13, -1),
        (-14, -2),
        (-700, -100),
    ],
)
def test_step_of(left: int, step: int | None) -> None:
    assert step_of(END, on=END - timedelta(days=left)) == step
