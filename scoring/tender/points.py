"""The points of one answer, from 0 to 1: an interval while something about it is unknown.

Points are the lesser of what the answer is worth (by rule, by marks) and what is proven of it: proof caps, it does not
multiply, so that a half answer that is half proven is still worth a half (DOMAIN 5.5).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from scoring.tender.exact import exact, share
from scoring.tender.offers import Answered, Marks, Offer, Standing
from scoring.tender.rules import Question, ScoredBy, SealedRules

NOTHING, ALL = Fraction(0), Fraction(1)
CREDIT = {
    Standing.SUPPORTED: ALL,
    Standing.STATED: ALL,
    Standing.PARTIAL: Fraction(1, 2),
    Standing.NO: NOTHING,
    Standing.UNSUPPORTED: NOTHING,
    Standing.CONTRADICTED: NOTHING,
    Standing.NOT_SHOWN: NOTHING,
    Standing.UNANSWERED: NOTHING,
}


class Open(StrEnum):
    """Why the points of an answer are not known yet."""

    UNJUDGED = "unjudged"
    UNMARKED = "unmarked"
    APART = "apart"
    NA_UNDECIDED = "na_undecided"


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """``low`` counts everything unknown as nothing, ``high`` as the best it can turn out.

    ``left_out``: the answer is in no denominator. ``may_leave``: it would be, once the buyer approves that the question
    does not apply; until then it counts as nothing.
    """

    low: Fraction
    high: Fraction
    left_out: bool = False
    may_leave: bool = False
    opens: tuple[Open, ...] = ()


LEFT_OUT = Points(low=NOTHING, high=NOTHING, left_out=True)


def points_of(question: Question, offer: Offer, rules: SealedRules) -> Points:
    """Return what a vendor's answer to a question earns."""
    answered = offer.answer(question.key)
    if question.info_only or answered.standing is Standing.NA_APPROVED:
        return LEFT_OUT
    if answered.standing is Standing.NA_CLAIMED:
        return Points(low=NOTHING, high=NOTHING, may_leave=True, opens=(Open.NA_UNDECIDED,))
    most = CREDIT.get(answered.standing, ALL)
    if not most:
        return Points(low=NOTHING, high=NOTHING)
    worth_low, worth_high, opens = _worth(question, answered, offer, rules)
    unjudged = answered.standing is Standing.UNKNOWN
    low = NOTHING if unjudged else min(most, worth_low)
    high = min(most, worth_high)
    if low == high:
        return Points(low=low, high=high)
    return Points(low=low, high=high, opens=((Open.UNJUDGED,) if unjudged else ()) + opens)


def _worth(
    question: Question, answered: Answered, offer: Offer, rules: SealedRules
) -> tuple[Fraction, Fraction, tuple[Open, ...]]:
    """Return the least and the most that an answer is worth were it proven in full."""
    if question.scored_by is ScoredBy.RULE:
        # An option that the rule does not name earns nothing: it is not for the vendor to add options.
        worth = exact(question.rule.get(answered.value, Decimal(0)))
        return worth, worth, ()
    if question.scored_by is ScoredBy.PEOPLE:
        return worth_of_marks(offer.marks.get(question.key, Marks()), rules)
    return ALL, ALL, ()


def worth_of_marks(marks: Marks, rules: SealedRules) -> tuple[Fraction, Fraction, tuple[Open, ...]]:
    """Return the least and the most that marks come to, as shares of the highest mark.

    What was agreed stands. Else it is the mean of all marks, once all are given; while one is missing nothing is known.
    Where marks are as far apart as the alarm, it is anything from the lowest to the highest until people have talked.
    """
    top = rules.highest_mark
    if marks.agreed is not None:
        worth = share(marks.agreed, top)
        return worth, worth, ()
    given = marks.counted()
    if not given or len(given) < len(marks.expected):
        return NOTHING, ALL, (Open.UNMARKED,)
    if is_apart(marks, rules):
        return share(min(given), top), share(max(given), top), (Open.APART,)
    mean = share(sum(given), len(given) * top)
    return mean, mean, ()


def is_apart(marks: Marks, rules: SealedRules) -> bool:
    """Return whether evaluators are so far apart that they have to talk; what was agreed settles it."""
    given = marks.counted()
    return marks.agreed is None and len(given) > 1 and max(given) - min(given) >= rules.spread_alarm
