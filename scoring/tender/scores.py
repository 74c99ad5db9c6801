"""What one vendor scores by its answers: per criterion an average of weighted points, with knock-outs beside it.

Nothing here depends on other vendors, so that it can be kept until something about the vendor changes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from scoring.tender.exact import exact, weighted
from scoring.tender.knock_outs import KnockOut, knock_out
from scoring.tender.offers import Offer
from scoring.tender.points import ALL, Open, Points, points_of
from scoring.tender.rules import Question, SealedRules


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionScore:
    """Shares from 0 to 1; None where nothing counts (all left out, or no question has a weight).

    ``high`` alone is None where the whole criterion may yet be left out.
    """

    low: Fraction | None
    high: Fraction | None
    questions: int = 0
    left_out: int = 0
    opens: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionScores:
    """The scores of a vendor by criterion, its knock-outs by question, and how many answers are open for what cause."""

    vendor: str
    criteria: Mapping[str, CriterionScore]
    knock_outs: Mapping[str, KnockOut] = field(default_factory=dict)
    opens: Mapping[Open, int] = field(default_factory=dict)
    points: Mapping[str, Points] = field(default_factory=dict)

    @property
    def failed(self) -> tuple[str, ...]:
        return tuple(key for key, outcome in self.knock_outs.items() if outcome is KnockOut.FAILED)

    @property
    def undecided(self) -> tuple[str, ...]:
        return tuple(key for key, outcome in self.knock_outs.items() if outcome is KnockOut.OPEN)

    @property
    def is_knocked_out(self) -> bool:
        return bool(self.failed)


def score(rules: SealedRules, offer: Offer) -> QuestionScores:
    """Return what a vendor scores. A vendor that a knock-out puts out keeps the score that it would have had."""
    points = {question.key: points_of(question, offer, rules) for question in rules.questions}
    by_criterion: dict[str, list[Question]] = {criterion.key: [] for criterion in rules.criteria}
    for question in rules.questions:
        if question.criterion in by_criterion:
            by_criterion[question.criterion].append(question)
    return QuestionScores(
        vendor=offer.vendor,
        criteria={key: average(questions, points) for key, questions in by_criterion.items()},
        knock_outs={q.key: knock_out(q, offer, rules) for q in rules.questions if q.knock_out},
        opens=Counter(cause for one in points.values() for cause in one.opens),
        points=points,
    )


def average(questions: list[Question], points: Mapping[str, Points]) -> CriterionScore:
    """Return the weighted mean of points over the questions that count.

    At best, what the vendor says does not apply is left out.
    """
    counting = [(exact(q.weight), points[q.key]) for q in questions if not points[q.key].left_out]
    whole = weighted((weight, ALL) for weight, _ in counting)
    surely = weighted((weight, ALL) for weight, one in counting if not one.may_leave)
    low = weighted((weight, one.low) for weight, one in counting) / whole if whole else None
    best = weighted((weight, one.high) for weight, one in counting)
    high = best / surely if surely else None
    return CriterionScore(
        low=low,
        high=high,
        questions=len(questions),
        left_out=len(questions) - len(counting),
        opens=sum(1 for _, one in counting if one.opens),
    )
