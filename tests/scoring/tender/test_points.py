"""What an answer earns: proof caps, silence earns nothing, and unknown, no and not applicable stay apart."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from scoring.tender.offers import Marks, Offer, Standing
from scoring.tender.points import Open, is_apart, points_of
from scoring.tender.scores import score
from tests.scoring.tender.world import PEOPLE, RULE, YES_NO, marks, offer, question, rules

HALF = Fraction(1, 2)


@pytest.mark.parametrize(
    ("standing", "value", "low", "high"),
    [
        (Standing.SUPPORTED, "Yes", 1, 1),
        (Standing.PARTIAL, "Yes", HALF, HALF),
        (Standing.PARTIAL, "Partly", HALF, HALF),  # half an answer, half proven: a half, not a quarter
        (Standing.SUPPORTED, "Partly", HALF, HALF),
        (Standing.STATED, "Yes", 1, 1),
        (Standing.NO, "No", 0, 0),
        (Standing.UNSUPPORTED, "Yes", 0, 0),
        (Standing.CONTRADICTED, "Yes", 0, 0),
        (Standing.NOT_SHOWN, "Yes", 0, 0),
        (Standing.UNANSWERED, "", 0, 0),
        (Standing.SUPPORTED, "Yes, surely", 0, 0),  # not an option of the form
        (Standing.UNKNOWN, "Yes", 0, 1),
        (Standing.UNKNOWN, "No", 0, 0),  # whatever is decided about it
    ],
)
def test_rule_and_proof(standing: Standing, value: str, low: Fraction, high: Fraction) -> None:
    asked = question("q1", scored_by=RULE, rule=YES_NO)
    points = points_of(asked, offer({"q1": (standing, value)}), rules(asked))
    assert (points.low, points.high, points.left_out) == (low, high, False)


@pytest.mark.parametrize(
    ("given", "low", "high", "opens"),
    [
        (marks(4, 4, 3), Fraction(11, 15), Fraction(11, 15), ()),
        (marks(4, 4, missing=1), 0, 1, (Open.UNMARKED,)),
        (marks(missing=3), 0, 1, (Open.UNMARKED,)),
        (marks(), 0, 1, (Open.UNMARKED,)),
        (marks(5, 2, 4), Fraction(2, 5), 1, (Open.APART,)),
        (marks(5, 2, 4, agreed=3), Fraction(3, 5), Fraction(3, 5), ()),
        (Marks(given={"e1": 5, "conflicted": 0}, expected=frozenset({"e1"})), 1, 1, ()),
    ],
)
def test_marks(given: Marks, low: Fraction, high: Fraction, opens: tuple[Open, ...]) -> None:
    asked = question("q1", scored_by=PEOPLE)
    points = points_of(asked, offer({"q1": Standing.STATED}, {"q1": given}), rules(asked))
    assert (points.low, points.high, points.opens) == (low, high, opens)


@pytest.mark.parametrize(
    ("given", "apart"),
    [(marks(4, 3, 3), False), (marks(4, 2), True), (marks(4), False), (marks(5, 0, agreed=3), False)],
)
def test_spread_alarm(given: Marks, apart: bool) -> None:
    assert is_apart(given, rules()) is apart


def test_silence_is_not_rewarded() -> None:
    """A blank counts as nothing in the denominator, also where answering was optional."""
    sealed = rules(question("q1"), question("q2"))
    spoken = score(sealed, offer({"q1": Standing.SUPPORTED, "q2": Standing.NO}))
    silent = score(sealed, offer({"q1": Standing.SUPPORTED}))
    assert silent.criteria["safety"].low == spoken.criteria["safety"].low == HALF


def test_unanswered_optional_questions_do_not_count_as_good() -> None:
    sealed = rules(*(question(f"q{number}") for number in range(4)))
    assert score(sealed, Offer(vendor="Ash")).criteria["safety"].high == 0


def test_a_claim_that_a_question_does_not_apply_is_not_rewarded() -> None:
    sealed = rules(question("q1"), question("q2"))
    claimed = score(sealed, offer({"q1": Standing.PARTIAL, "q2": Standing.NA_CLAIMED})).criteria["safety"]
    approved = score(sealed, offer({"q1": Standing.PARTIAL, "q2": Standing.NA_APPROVED})).criteria["safety"]
    assert [claimed.low, claimed.high] == [Fraction(1, 4), HALF]
    assert (approved.low, approved.high, approved.left_out) == (HALF, HALF, 1)


def test_claiming_everything_does_not_apply_gains_nothing() -> None:
    sealed = rules(question("q1"), question("q2"))
    claimed = score(sealed, offer({"q1": Standing.NA_CLAIMED, "q2": Standing.NA_CLAIMED})).criteria["safety"]
    assert [claimed.low, claimed.high] == [0, None]


def test_a_question_for_information_earns_nothing_and_costs_nothing() -> None:
    sealed = rules(question("q1"), question("q2", info_only=True))
    found = score(sealed, offer({"q1": Standing.SUPPORTED})).criteria["safety"]
    assert [found.low, found.left_out] == [1, 1]


def test_weights_of_questions() -> None:
    sealed = rules(question("q1", weight=Decimal(3)), question("q2", weight=Decimal("1.5")))
    assert score(sealed, offer({"q1": Standing.SUPPORTED})).criteria["safety"].low == Fraction(2, 3)


def test_open_answers_are_counted_by_cause() -> None:
    sealed = rules(question("q1"), question("q2", scored_by=PEOPLE), question("q3"))
    found = score(
        sealed,
        offer({"q1": Standing.UNKNOWN, "q2": Standing.STATED, "q3": Standing.NA_CLAIMED}, {"q2": marks(5, 1)}),
    )
    assert found.opens == {Open.UNJUDGED: 1, Open.APART: 1, Open.NA_UNDECIDED: 1}
    assert found.criteria["safety"].opens == 3
