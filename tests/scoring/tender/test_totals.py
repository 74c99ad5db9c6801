"""Totals and contributions: they add up to the cent, and nothing is divided by a weight of zero."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from scoring.tender.offers import Standing
from scoring.tender.price import is_over, price_points
from scoring.tender.rounding import apportion, cents
from scoring.tender.rules import PRICE, Criterion, Formula, PriceRule, RuleProblem, SealedRules, problems_of
from scoring.tender.scores import score
from scoring.tender.totals import by_question, totals
from tests.scoring.tender.world import RULE, field, offer, question, rules

PROPORTIONAL = PriceRule(formula=Formula.LOWEST_PROPORTIONAL, weight=Decimal(50))
LINEAR = PriceRule(formula=Formula.LINEAR_ENVELOPE, weight=Decimal(50), envelope=Decimal(200))


@pytest.mark.parametrize(
    ("total", "parts", "expected"),
    [
        ("10.00", [Fraction(10, 3)] * 3, ["3.34", "3.33", "3.33"]),
        ("0.01", [Fraction(1, 200), Fraction(1, 200)], ["0.01", "0.00"]),
        ("66.67", [Fraction(100, 3), Fraction(100, 3)], ["33.34", "33.33"]),
        ("5.00", [Fraction(5), Fraction(0)], ["5.00", "0.00"]),
        ("0.00", [], []),
    ],
)
def test_cents_go_to_the_largest_remainders(total: str, parts: list[Fraction], expected: list[str]) -> None:
    assert [str(part) for part in apportion(Decimal(total), parts)] == expected


def test_half_a_cent_goes_up() -> None:
    assert cents(Fraction(1, 200)) == Decimal("0.01")


def test_contributions_add_up_to_the_cent() -> None:
    sealed = rules(*(question(f"q{n}", "safety" if n % 3 else "service", weight=Decimal(n + 1)) for n in range(7)))
    scores = score(sealed, offer({"q1": Standing.SUPPORTED, "q3": Standing.PARTIAL, "q5": Standing.SUPPORTED}))
    found = totals(sealed, [scores], {})["Ash"]
    assert sum(line.contribution for line in found.lines) == found.low
    by = by_question(sealed, scores, found)
    for line in found.lines:
        assert sum(by[q.key] for q in sealed.questions if q.criterion == line.key) == line.contribution


def test_the_question_score_stands_without_the_price() -> None:
    sealed = rules(question("q1"), question("q2", "service"), price=PROPORTIONAL)
    found = field(sealed, [offer({"q1": Standing.SUPPORTED})], {"Ash": Decimal(80)}).totals()["Ash"]
    assert found.questions_low == Decimal("60.00")
    assert found.low == Decimal("73.33")  # (60 x 1 + 40 x 0 + 50 x 1) / 150
    assert found.line(PRICE).contribution == Decimal("33.33")


def test_a_sole_section_of_weight_zero_does_not_make_all_score_zero() -> None:
    sealed = SealedRules(
        criteria=(Criterion(key="safety", name="Safety", weight=Decimal(0)),), questions=(question("q1"),)
    )
    assert problems_of(sealed) == (RuleProblem.NO_WEIGHT,)
    found = field(sealed, [offer({"q1": Standing.SUPPORTED})]).totals()["Ash"]
    assert (found.low, found.high) == (None, None)  # not scored, which is no score of zero


def test_a_criterion_in_which_nothing_applies_is_left_out() -> None:
    found = field(rules(), [offer({"q1": Standing.PARTIAL, "q2": Standing.NA_APPROVED})]).totals()["Ash"]
    assert found.low == Decimal("50.00")
    assert found.line("service").low is None
    assert found.line("service").contribution == 0


@pytest.mark.parametrize(
    ("rule", "out", "expected"),
    [
        (PROPORTIONAL, frozenset(), {"Ash": 1, "Birch": Fraction(1, 2)}),
        (PROPORTIONAL, frozenset({"Ash"}), {"Ash": 1, "Birch": 1}),  # who is out sets no mark for others
        (LINEAR, frozenset(), {"Ash": Fraction(1, 2), "Birch": 0}),
        (PriceRule(), frozenset(), {}),
    ],
)
def test_price_formulas(rule: PriceRule, out: frozenset[str], expected: dict[str, Fraction]) -> None:
    assert price_points(rule, {"Ash": Decimal(100), "Birch": Decimal(200), "Cedar": None}, out=out) == expected


def test_a_price_above_the_envelope_is_told() -> None:
    assert is_over(LINEAR, Decimal("200.01"))
    assert not is_over(LINEAR, Decimal(200))
    assert not is_over(PROPORTIONAL, Decimal(10**9))


def test_a_price_that_is_not_known_leaves_the_total_open() -> None:
    sealed = rules(question("q1"), question("q2", "service"), price=PROPORTIONAL)
    answers = {"q1": Standing.SUPPORTED, "q2": Standing.SUPPORTED}
    found = field(sealed, [offer(answers)]).totals()["Ash"]
    assert (found.low, found.high, found.is_certain) == (Decimal("66.67"), Decimal("100.00"), False)


@pytest.mark.parametrize(
    ("sealed", "problem"),
    [
        (rules(question("q1")), RuleProblem.EMPTY_CRITERION),
        (rules(question("q1", "nowhere"), question("q2", "service")), RuleProblem.UNKNOWN_CRITERION),
        (rules(safety="-1"), RuleProblem.NEGATIVE_WEIGHT),
        (rules(question("q1", scored_by=RULE), question("q2", "service")), RuleProblem.NO_RULE),
        (rules(question("q1", rule={"Yes": Decimal(2)}), question("q2", "service")), RuleProblem.RULE_OUT_OF_RANGE),
        (
            rules(question("q1", scored_by=RULE, rule={"Yes": Decimal(1)}, knock_out=True), question("q2", "service")),
            RuleProblem.NO_ACCEPTED,
        ),
        (rules(price=PriceRule(formula=Formula.LINEAR_ENVELOPE, weight=Decimal(1))), RuleProblem.NO_ENVELOPE),
        (SealedRules(criteria=(), questions=()), RuleProblem.NO_CRITERION),
    ],
)
def test_rules_that_cannot_be_sealed(sealed: SealedRules, problem: RuleProblem) -> None:
    assert problem in problems_of(sealed)


def test_rules_that_can_be_sealed() -> None:
    assert problems_of(rules()) == ()
