"""The order of vendors: six keys, each decided before the next, with the reason in words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from scoring.tender.likeness import Basis, covered, unlike
from scoring.tender.ranking import Key, rank, why_before
from scoring.tender.residual import Band, residual
from scoring.types import Verdict
from tests.scoring.tender.world import contender, question, rules


@pytest.mark.parametrize(
    ("better", "worse", "key"),
    [
        ({"score": 1}, {"score": 100, "knocked_out": True}, Key.KNOCK_OUT),
        ({"score": 1}, {"score": 100, "verdict": Verdict.ACCEPTED_WITH_RISK, "exceptions": 1}, Key.VERDICT),
        ({"verdict": Verdict.ACCEPTED_WITH_RISK}, {"verdict": Verdict.UNDER_REVIEW}, Key.VERDICT),
        ({"verdict": Verdict.UNDER_REVIEW}, {"verdict": Verdict.NOT_QUALIFIED}, Key.VERDICT),
        ({"exceptions": 1, "unmet": 9}, {"exceptions": 2, "unmet": 2}, Key.EXCEPTIONS),
        ({"unmet": 1, "readiness": 80}, {"unmet": 2, "readiness": 99}, Key.UNMET),
        ({"readiness": 91, "days_to_expiry": 1}, {"readiness": 90, "days_to_expiry": 300}, Key.READINESS),
        ({"days_to_expiry": 31, "score": 10}, {"days_to_expiry": 30, "score": 99}, Key.EXPIRY),
        ({"days_to_expiry": 0}, {"days_to_expiry": None}, Key.EXPIRY),
        ({"score": Decimal("70.01")}, {"score": Decimal("70.00")}, Key.SCORE),
        ({"score": Decimal(0)}, {"score": None}, Key.SCORE),
    ],
)
def test_a_key_decides_before_all_that_follow(better: dict[str, object], worse: dict[str, object], key: Key) -> None:
    # The name comes last in the alphabet, so that no order by name passes for one by key.
    first, second = contender("Zelkova", **better), contender("Ash", **worse)
    assert [one.contender.vendor for one in rank([second, first])] == ["Zelkova", "Ash"]
    why = why_before(first, second)
    assert why.key is key
    assert "Zelkova" in why.sentence


def test_less_residual_risk_decides_last() -> None:
    low = residual(impact=2, likelihood=2, readiness=100, verdict=Verdict.QUALIFIED)
    first, second = contender("Zelkova", residual=low), contender("Ash")
    assert rank([second, first])[0].contender is first
    assert why_before(first, second).sentence == "Zelkova leaves less risk: 0.40, Ash leaves 0.90."


def test_ties_stay_ties() -> None:
    placed = rank([contender("Cedar", score=1), contender("Birch"), contender("Ash")])
    assert [(one.contender.vendor, one.place, one.tied) for one in placed] == [
        ("Ash", 1, ("Birch",)),
        ("Birch", 1, ("Ash",)),
        ("Cedar", 3, ()),
    ]
    assert why_before(contender("Ash"), contender("Birch")).key is None


def test_points_do_not_outweigh_the_gate() -> None:
    placed = rank([contender("Ash", score=100, verdict=Verdict.NOT_QUALIFIED), contender("Birch", score=1)])
    assert [(one.contender.vendor, one.place) for one in placed] == [("Birch", 1), ("Ash", None)]


def test_names_are_those_the_reader_knows() -> None:
    first, second = contender("1", readiness=90), contender("2", readiness=None)
    said = why_before(first, second, names=("Vendor A", "Vendor B")).sentence
    assert said == "Vendor A has the higher readiness: 90, Vendor B has none yet."


@pytest.mark.parametrize(
    ("readiness", "verdict", "value", "band"),
    [
        (100, Verdict.QUALIFIED, "2.00", Band.LOW),
        (90, Verdict.QUALIFIED, "3.80", Band.LOW),
        (80, Verdict.QUALIFIED, "5.60", Band.MEDIUM),
        (50, Verdict.ACCEPTED_WITH_RISK, "11.00", Band.HIGH),
        (10, Verdict.UNDER_REVIEW, "18.20", Band.CRITICAL),
        (None, Verdict.UNDER_REVIEW, "20.00", Band.CRITICAL),
        (99, Verdict.NOT_QUALIFIED, "2.18", Band.HIGH),  # never shown below high
        (10, Verdict.NOT_QUALIFIED, "18.20", Band.CRITICAL),
    ],
)
def test_residual_risk(readiness: int | None, verdict: Verdict, value: str, band: Band) -> None:
    found = residual(impact=5, likelihood=4, readiness=readiness, verdict=verdict)
    assert (found.inherent, str(found.value), found.band) == (20, value, band)


BASIS = Basis(
    on=date(2026, 11, 23), stage="contract", sectors=frozenset(), systems=frozenset({"Helper"}), catalogue="1"
)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({}, ()),
        ({"on": date(2026, 11, 24)}, ("They were judged on different days.",)),
        ({"stage": "pilot"}, ("They were judged for different stages.",)),
        ({"sectors": frozenset({"eu"})}, ("They were judged under different sector rules.",)),
        ({"systems": frozenset({"Other"})}, ("They were judged for different AI systems.",)),
        ({"catalogue": "2"}, ("They were judged by different versions of the requirements.",)),
    ],
)
def test_not_like_for_like(change: dict[str, object], said: tuple[str, ...]) -> None:
    known: dict[str, object] = {name: getattr(BASIS, name) for name in Basis.__slots__}
    other = Basis(**{**known, **change})  # type: ignore[arg-type]
    assert unlike({"Ash": BASIS, "Birch": other}) == said


def test_coverage_counts_categories_that_are_asked_about_and_scored() -> None:
    sealed = rules(
        question("q1", categories=frozenset({"bias", "outside"})),
        question("q2", categories=frozenset({"incident"}), info_only=True),
    )
    assert covered(sealed, frozenset({"bias", "incident", "legal"})) == {"bias"}
