"""Expiry and start-by dates, with the worked example of the rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence.catalogs.mandate import load
from scoring.forecast import ExpiryStatus, expiries, first_expiry, forecast, outlook
from scoring.judge import judge_requirements
from scoring.results import RequirementResult
from scoring.types import State, Verdict
from tests.scoring.world import ASSIST, BIAS_AUDIT, DEAL, LIBRARY, ON, RANK, RISK, judged, without

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


class TestOutlook:
    """The gate on later days, on a library in which all is proven today."""

    def test_what_is_lost_by_when(self) -> None:
        later = outlook(LIBRARY, on=ON, catalogue=load(), deal=DEAL)
        assert [(item.days, item.on, item.verdict) for item in later] == [
            (30, date(2026, 12, 23), Verdict.QUALIFIED),
            (60, date(2027, 1, 22), Verdict.QUALIFIED),
            (90, date(2027, 2, 21), Verdict.QUALIFIED),
            (180, date(2027, 5, 22), Verdict.NOT_QUALIFIED),
            (365, date(2027, 11, 23), Verdict.NOT_QUALIFIED),
        ]
        assert [item.lost for item in later[:3]] == [(), (), ()]
        # The plan of 1 April, its children, the monitoring plan, the register and the statement of May.
        assert {name[:2] for name in later[3].lost} == {"IR", "BF", "LR", "MG"}
        assert {"IR-1", "BF-6", "LR-6", "MG-8"} <= set(later[3].lost)
        assert "IR-4" not in later[3].lost

    @pytest.mark.parametrize(("day", "met"), [(date(2027, 4, 1), True), (date(2027, 4, 2), False)])
    def test_the_day_itself(self, day: date, met: bool) -> None:
        (item,) = outlook(LIBRARY, on=ON, catalogue=load(), deal=DEAL, horizon_days=((day - ON).days,))
        assert ("IR-1" not in item.lost) is met

    def test_an_acceptance_that_lapses(self) -> None:
        library = without(LIBRARY, "MP", "VM")
        risk = replace(RISK, requirements=("BF-6", "BF-7"), expires_on=date(2026, 12, 31))
        later = outlook(library, on=ON, catalogue=load(), deal=DEAL, accepted_risks=(risk,), horizon_days=(30, 60))
        assert [item.verdict for item in later] == [Verdict.ACCEPTED_WITH_RISK, Verdict.NOT_QUALIFIED]

    def test_a_planned_change_of_the_system(self) -> None:
        planned = replace(DEAL, systems=(replace(ASSIST, material_changes=(date(2026, 12, 10),)),))
        (item,) = outlook(LIBRARY, on=ON, catalogue=load(), deal=planned, horizon_days=(30,))
        assert {"AT-1", "BF-1", "RA-1"} <= set(item.lost)
        assert "LR-1" not in item.lost

    @given(st.integers(1, 400))
    @settings(max_examples=25, deadline=None)
    def test_days_between_events_are_like_the_event_before_them(self, days: int) -> None:
        (item,) = outlook(LIBRARY, on=ON, catalogue=load(), deal=DEAL, horizon_days=(days,))
        then = judged(on=ON + timedelta(days=days))
        today = judged()
        assert item.lost == tuple(name for name, r in today.items() if r.state.is_met and not then[name].state.is_met)

    def test_each_day_is_judged_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        seen: list[date] = []

        def counting(*args: Any, on: date, **others: Any) -> dict[str, RequirementResult]:
            seen.append(on)
            return judge_requirements(*args, on=on, **others)

        monkeypatch.setattr("scoring.forecast.judge_requirements", counting)
        outlook(LIBRARY, on=ON, catalogue=load(), deal=DEAL, horizon_days=(30, 31, 32, 33))
        assert len(seen) == len(set(seen)) <= 2


def test_first_expiry_per_category_and_vendor() -> None:
    found = first_expiry(load(), judged())
    assert found.by_category == {
        "legal_regulatory": date(2027, 5, 1),  # the Statement of Applicability
        "risk_assessment": date(2027, 6, 1),
        "adversarial_testing": date(2027, 8, 1),
        "bias_fairness": date(2027, 5, 1),  # the monitoring plan
        "incident_response": date(2027, 4, 1),
    }
    assert found.vendor == date(2027, 4, 1)


def test_the_path_that_lasts_longest_decides_for_a_system_and_the_shortest_system_for_all() -> None:
    second = replace(BIAS_AUDIT, id="BA2", dates={"testing_ended_on": date(2026, 9, 1)})
    assert judged((*LIBRARY, second))["BF-1"].expires_on == date(2027, 9, 1)
    rank = replace(second, id="BA3", ai_systems=("Example Rank",), dates={"testing_ended_on": date(2026, 3, 1)})
    deal = replace(DEAL, systems=(ASSIST, RANK))
    assert judged((*LIBRARY, second, rank), deal=deal)["BF-1"].expires_on == date(2027, 3, 1)
