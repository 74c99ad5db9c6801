"""Expiry and start-by dates, with the worked example of the rules."""

from __future__ import annotations

from datetime import date

import pytest

from evidence.catalogs.mandate import load
from scoring.forecast import ExpiryStatus, expiries, forecast
from scoring.results import RequirementResult
from scoring.types import State

SOC2_EXPIRY = date(2027, 11, 5)


@pytest.mark.parametrize(
    ("on", "status"),
    [
        (date(2027, 2, 11), ExpiryStatus.OK),
        (date(2027, 2, 12), ExpiryStatus.START_NOW),
        (date(2027, 6, 18), ExpiryStatus.START_NOW),
        (date(2027, 6, 19), ExpiryStatus.LATE),
    ],
)
def test_a_soc_2_report_of_november_must_be_started_in_february(on: date, status: ExpiryStatus) -> None:
    expiry = forecast(load().requirements["LR-3"], SOC2_EXPIRY, on=on)
    assert (expiry.start_by, expiry.late_after) == (date(2027, 2, 12), date(2027, 6, 18))
    assert expiry.status is status


def test_only_what_is_met_expires_and_the_earliest_comes_first() -> None:
    def result(name: str, state: State, day: date | None) -> RequirementResult:
        return RequirementResult(requirement=name, state=state, by_system={}, expires_on=day)

    made = {
        "LR-3": result("LR-3", State.MET, date(2027, 9, 1)),
        "LR-5": result("LR-5", State.MET_WITH_WARNING, date(2027, 3, 1)),
        "LR-1": result("LR-1", State.FAILED, date(2027, 1, 1)),
        "RA-9": result("RA-9", State.MET, None),
        "LR-8": result("LR-8", State.MET, date(2027, 3, 1)),
    }
    found = expiries(load(), made, on=date(2026, 11, 23))
    assert [expiry.requirement for expiry in found] == ["LR-5", "LR-3"]
