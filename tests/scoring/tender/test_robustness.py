"""Whether the order holds when something is a little different, and how little turns it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from scoring.tender.offers import Offer, Standing
from scoring.tender.robustness.draws import draw
from scoring.tender.robustness.people import leave_out
from scoring.tender.robustness.turning import decisive_answers, runner_up, turns
from scoring.tender.robustness.unknown import settle
from scoring.tender.robustness.weights import vary_lines, vary_questions
from scoring.tender.rules import SealedRules
from scoring.tender.totals import totals
from scoring.types import Verdict
from tests.scoring.tender.world import PEOPLE, field, marks, offer, question, rules


def two(sealed: SealedRules | None = None) -> list[Offer]:
    """Return Ash, good at safety, and Birch, good at service."""
    return [
        offer({"q1": Standing.SUPPORTED, "q2": Standing.UNANSWERED}, vendor="Ash"),
        offer({"q1": Standing.UNANSWERED, "q2": Standing.SUPPORTED}, vendor="Birch"),
    ]


def test_a_clear_lead_survives_a_tenth_on_every_weight() -> None:
    trials = vary_lines(field(rules(safety="60", service="40"), two()))
    assert [(trial.subject, trial.change) for trial in trials] == [
        ("safety", "less"),
        ("safety", "more"),
        ("service", "less"),
        ("service", "more"),
    ]
    assert all(trial.keeps_leader and trial.keeps_order and trial.keeps_points for trial in trials)


def test_a_narrow_lead_does_not() -> None:
    trials = vary_lines(field(rules(safety="52", service="48"), two()))
    turned = [(trial.subject, trial.change) for trial in trials if not trial.keeps_leader]
    assert turned == [("safety", "less"), ("service", "more")]


def test_no_weight_turns_what_proof_decided() -> None:
    narrow = field(rules(safety="52", service="48"), two())
    ahead = replace(narrow.contenders["Ash"], days_to_expiry=200)
    decided = replace(narrow, contenders={**narrow.contenders, "Ash": ahead})
    trials = vary_lines(decided)
    assert all(trial.keeps_leader for trial in trials)
    assert not all(trial.keeps_leader_by_points for trial in trials)
    assert draw(decided, draws=200).ranking == {"Ash": 1.0, "Birch": 0.0}


def test_the_weight_of_a_question_is_varied_too() -> None:
    sealed = rules(question("q1"), question("q3", weight=Decimal("1.05")), question("q2", "service"), service="0")
    offers = [
        offer({"q1": Standing.SUPPORTED}, vendor="Ash"),
        offer({"q3": Standing.SUPPORTED}, vendor="Birch"),
    ]
    trials = vary_questions(field(sealed, offers))
    assert [(trial.subject, trial.change, trial.orders.leaders) for trial in trials] == [
        ("q1", "more", ("Ash",)),
        ("q3", "less", ("Ash",)),
    ]


def test_questions_that_change_nothing_are_not_listed() -> None:
    assert vary_questions(field(rules(), two())) == ()


def test_one_evaluator_can_decide_the_order() -> None:
    sealed = rules(question("q1", scored_by=PEOPLE), question("q2", "service"), service="0")
    offers = [
        offer({"q1": Standing.STATED}, {"q1": marks(4, 4, 4)}, "Ash"),
        offer({"q1": Standing.STATED}, {"q1": marks(5, 5, 4)}, "Birch"),
        offer({"q1": Standing.STATED}, {"q1": marks(5, 3, 5, agreed=5)}, "Cedar"),
    ]
    trials = {trial.subject: trial for trial in leave_out(field(sealed, offers), offers)}
    assert set(trials) == {"e1", "e2", "e3"}
    # What was agreed falls with an evaluator who agreed to it.
    assert trials["e1"].orders.ranking == (("Birch",), ("Ash",), ("Cedar",))
    assert not trials["e1"].keeps_leader
    assert trials["e2"].orders.leaders == ("Cedar",)


def test_a_knock_out_that_hung_on_one_evaluator_is_found() -> None:
    sealed = rules(question("q1", scored_by=PEOPLE, knock_out=True), question("q2", "service"))
    offers = [
        offer({"q1": Standing.STATED}, {"q1": marks(0, 0, agreed=0)}, "Ash"),
        offer({"q1": Standing.STATED}, {"q1": marks(5, 5)}, "Birch"),
    ]
    trials = leave_out(field(sealed, offers), offers)
    assert trials[0].as_it_stands.ranking == (("Birch",),)
    assert [trial.orders.ranking for trial in trials] == [(("Birch",),), (("Birch",),)]


def test_unknown_at_its_worst_and_at_its_best() -> None:
    sealed = rules(question("q1"), question("q3"), question("q2", "service"), service="0")
    offers = [
        offer({"q1": Standing.SUPPORTED}, vendor="Ash"),
        offer({"q1": Standing.PARTIAL, "q3": Standing.UNKNOWN}, vendor="Birch"),
    ]
    trials = {(trial.subject, trial.change): trial for trial in settle(field(sealed, offers))}
    assert trials["all", "worst"].keeps_leader
    assert trials["all", "best"].orders.leaders == ("Birch",)
    assert trials["Ash", "against"].orders.leaders == ("Birch",)


@pytest.mark.parametrize(("subject", "change", "leaders"), [("all", "worst", ("Birch",)), ("all", "best", ("Ash",))])
def test_an_open_knock_out_and_a_verdict_under_review_are_settled_too(
    subject: str, change: str, leaders: tuple[str, ...]
) -> None:
    sealed = rules(question("q1", knock_out=True), question("q2", "service"))
    offers = [
        offer({"q1": Standing.UNKNOWN, "q2": Standing.SUPPORTED}, vendor="Ash"),
        offer({"q1": Standing.SUPPORTED}, vendor="Birch"),
        offer({"q1": Standing.SUPPORTED, "q2": Standing.SUPPORTED}, vendor="Cedar"),
    ]
    known = field(sealed, offers)
    doubtful = replace(known.contenders["Cedar"], verdict=Verdict.UNDER_REVIEW, days_to_expiry=1)
    found = settle(replace(known, contenders={**known.contenders, "Cedar": doubtful}))
    trials = {(trial.subject, trial.change): trial for trial in found}
    assert trials[subject, change].orders.leaders == leaders


def test_draws_repeat_and_follow_the_weights() -> None:
    known = field(rules(safety="60", service="40"), two())
    firsts = draw(known, draws=2_000)
    assert firsts == draw(known, draws=2_000)
    assert firsts.ranking == firsts.points
    assert sum(firsts.points.values()) == pytest.approx(1)
    # 60 u > 40 v with both between a half and one and a half: 1 - P(u < 2v/3), by area 7/9.
    assert firsts.points["Ash"] == pytest.approx(0.792, abs=0.03)


def test_a_tie_divides_the_draw() -> None:
    offers = [offer({"q1": Standing.SUPPORTED}, vendor="Ash"), offer({"q1": Standing.SUPPORTED}, vendor="Birch")]
    assert draw(field(rules(), offers), draws=10).points == pytest.approx({"Ash": 0.5, "Birch": 0.5})


def test_a_vendor_that_is_out_never_comes_first() -> None:
    sealed = rules(question("q1", knock_out=True), question("q2", "service"))
    offers = [offer({"q2": Standing.SUPPORTED}, vendor="Ash"), offer({"q1": Standing.SUPPORTED}, vendor="Birch")]
    assert draw(field(sealed, offers), draws=10).points == {"Birch": 1.0}


def test_the_smallest_change_that_turns_the_order() -> None:
    known = field(rules(safety="60", service="40"), two())
    assert runner_up(known) == ("Ash", "Birch")
    computed = known.totals()
    found = turns(computed["Ash"], computed["Birch"])
    assert [(turn.line, turn.turns_at, turn.relative) for turn in found] == [
        ("safety", Decimal("40.0000"), Decimal("-0.3333")),
        ("service", Decimal("60.0000"), Decimal("0.5000")),
    ]


def test_a_turn_turns() -> None:
    """Also where a line does not apply to one of the two, and each is weighed among its own lines."""
    sealed = rules(question("q1"), question("q2", "service"), safety="70", service="30")
    offers = [
        offer({"q1": Standing.SUPPORTED, "q2": Standing.UNANSWERED}, vendor="Ash"),
        offer({"q1": Standing.PARTIAL, "q2": Standing.NA_APPROVED}, vendor="Birch"),
    ]
    known = field(sealed, offers)
    computed = known.totals()
    for turn in turns(computed["Ash"], computed["Birch"]):
        after = totals(sealed.with_weights({turn.line: turn.turns_at}), known.scores, {})
        assert after["Birch"].low >= after["Ash"].low  # type: ignore[operator]
    assert {turn.line for turn in turns(computed["Ash"], computed["Birch"])} == {"safety", "service"}


def test_answers_that_alone_carry_the_lead() -> None:
    sealed = rules(question("q1", weight=Decimal(3)), question("q3"), question("q2", "service"), service="0")
    offers = [
        offer({"q1": Standing.SUPPORTED, "q3": Standing.SUPPORTED}, vendor="Ash"),
        offer({"q1": Standing.PARTIAL}, vendor="Birch"),
    ]
    known = field(sealed, offers)
    computed = known.totals()
    first = next(one for one in known.scores if one.vendor == "Ash")
    assert decisive_answers(sealed, first, computed["Ash"], computed["Birch"]) == ("q1",)


def test_a_scenario_leaves_the_sealed_rules_as_they_are() -> None:
    sealed = rules()
    scenario = sealed.with_weights({"safety": Decimal(10)})
    assert sealed.weights()["safety"] == Decimal(60)
    assert scenario.weights() == {"safety": Decimal(10), "service": Decimal(40)}
