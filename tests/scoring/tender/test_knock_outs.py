"""A knock-out is passed by what is proven, failed by a blank, and open where evaluators differ."""

from __future__ import annotations

import pytest

from scoring.tender.knock_outs import KnockOut
from scoring.tender.offers import Marks, Standing
from scoring.tender.ranking import rank
from scoring.tender.scores import score
from tests.scoring.tender.world import PEOPLE, RULE, YES_NO, contender, marks, offer, question, rules

PASSED, FAILED, OPEN = KnockOut.PASSED, KnockOut.FAILED, KnockOut.OPEN


@pytest.mark.parametrize(
    ("standing", "value", "outcome"),
    [
        (Standing.SUPPORTED, "Yes", PASSED),
        (Standing.STATED, "Yes", PASSED),
        (Standing.SUPPORTED, "No", FAILED),
        (Standing.PARTIAL, "Yes", FAILED),
        (Standing.UNSUPPORTED, "Yes", FAILED),
        (Standing.CONTRADICTED, "Yes", FAILED),
        (Standing.NOT_SHOWN, "Yes", FAILED),
        (Standing.UNANSWERED, "", FAILED),
        (Standing.NA_CLAIMED, "N/A", OPEN),
        (Standing.NA_APPROVED, "N/A", PASSED),
        (Standing.UNKNOWN, "Yes", OPEN),
        (Standing.UNKNOWN, "No", FAILED),
    ],
)
def test_knock_out(standing: Standing, value: str, outcome: KnockOut) -> None:
    asked = question("q1", scored_by=RULE, rule=YES_NO, knock_out=True, accepted=frozenset({"Yes"}))
    assert score(rules(asked), offer({"q1": (standing, value)})).knock_outs == {"q1": outcome}


def test_no_can_be_the_answer_that_passes() -> None:
    asked = question("q1", scored_by=RULE, rule=YES_NO, knock_out=True, accepted=frozenset({"No"}))
    assert score(rules(asked), offer({"q1": (Standing.NO, "No")})).knock_outs == {"q1": PASSED}


@pytest.mark.parametrize(
    ("given", "outcome"),
    [
        (marks(5, 5, 5), PASSED),
        (marks(0, 0), FAILED),
        (marks(5, 0), OPEN),  # a tie
        (marks(5, 5, 0), OPEN),  # a majority settles nothing either
        (marks(5, 5, missing=1), OPEN),
        (marks(missing=2), OPEN),
        (marks(5, 0, agreed=0), FAILED),
        (marks(5, 0, agreed=5), PASSED),
    ],
)
def test_tied_votes_are_not_swallowed(given: Marks, outcome: KnockOut) -> None:
    asked = question("q1", scored_by=PEOPLE, knock_out=True)
    found = score(rules(asked), offer({"q1": Standing.STATED}, {"q1": given}))
    assert found.knock_outs == {"q1": outcome}
    assert found.undecided == (("q1",) if outcome is OPEN else ())


def test_a_fail_eliminates_whatever_the_points_are() -> None:
    best = contender("Ash", score=100, knocked_out=True)
    worst = contender("Birch", score=1, days_to_expiry=1)
    first, second = rank([best, worst])
    assert (first.contender.vendor, first.place) == ("Birch", 1)
    assert (second.contender.vendor, second.place) == ("Ash", None)


def test_a_failed_vendor_keeps_the_score_it_would_have_had() -> None:
    asked = question("q1", knock_out=True)
    found = score(rules(asked, question("q2")), offer({"q2": Standing.SUPPORTED}))
    assert found.is_knocked_out
    assert found.criteria["safety"].low == found.criteria["safety"].high == 0.5
