"""The state for one AI system is told beside the whole, with its own reasons."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from evidence.catalogs.mandate import load
from scoring.judge import judge_requirements
from scoring.results import RequirementResult
from scoring.types import EvidenceFact, State
from tests.scoring.test_judge import CERTIFICATE, DEAL, ON, REPORT, SOC2
from tests.scoring.world import BIAS_AUDIT

BOTH = replace(DEAL, systems=(*DEAL.systems, replace(DEAL.systems[0], name="Example Rank")))


def results(*facts: EvidenceFact) -> dict[str, RequirementResult]:
    return judge_requirements(facts, on=ON, catalogue=load(), deal=BOTH)


def test_each_system_has_its_own_state_reasons_and_end() -> None:
    shown = results(SOC2, REPORT)["AT-3"]
    assist, rank = shown.for_system["Example Assist"], shown.for_system["Example Rank"]
    assert (shown.state, assist.state, rank.state) == (State.FAILED, State.FAILED, State.MISSING)
    assert (rank.problems, rank.evidence, rank.expires_on) == ((), (), None)
    assert assist.evidence == ("T",)
    assert assist.problems == shown.problems


def test_what_a_system_rests_on_has_to_be_met_for_that_system() -> None:
    expired = replace(CERTIFICATE, dates={"issued_on": date(2025, 11, 1), "valid_until": date(2029, 4, 30)})
    shown = results(expired)
    assert shown["LR-1"].state is State.EXPIRED
    for view in shown["LR-2"].for_system.values():
        assert view.is_open
        assert view.expires_on is None


def test_a_parent_that_is_met_for_a_system_does_not_hold_it_up() -> None:
    shown = judge_requirements((BIAS_AUDIT,), on=ON, catalogue=load(), deal=BOTH)
    assert load().requirements["BF-3"].depends_on == ("BF-1",)
    assert shown["BF-1"].is_open  # for the other system
    assert shown["BF-3"].for_system["Example Assist"].state.is_met
    assert shown["BF-3"].for_system["Example Rank"].state is State.MISSING


def test_the_worst_system_is_the_state_of_the_whole() -> None:
    for result in results(CERTIFICATE, SOC2, REPORT).values():
        if result.for_system and not result.unmet_parents:
            assert result.state in {view.state for view in result.for_system.values()}
