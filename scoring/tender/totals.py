"""The total of each vendor, 0 to 100, and what each criterion, the price and each question contribute to it.

    question score  S = 100 x sum(W_c c) / sum(W_c)        over the criteria in which something counts
    total           T = the same with the price as one more line
    contribution      = 100 x W_c c / sum(W_c), to the cent, adding up to T to the cent

An approved "not applicable" leaves the denominator, so a vendor's lines are weighed among those that apply to it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from scoring.tender.exact import exact
from scoring.tender.price import price_points
from scoring.tender.rounding import apportion, cents
from scoring.tender.rules import PRICE, Formula, SealedRules
from scoring.tender.scores import QuestionScores


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the total: its share earned (0 to 1), at worst and at best, and the points it contributes."""

    key: str
    weight: Decimal
    low: Fraction | None
    high: Fraction | None
    contribution: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """``low`` is what is earned for certain; ``high`` what it can become. None: nothing of the vendor is scored.

    ``questions_low`` and ``questions_high`` are the same without the price.
    """

    vendor: str
    low: Decimal | None
    high: Decimal | None
    questions_low: Decimal | None
    questions_high: Decimal | None
    lines: tuple[Line, ...]

    @property
    def is_certain(self) -> bool:
        return self.low == self.high

    def line(self, key: str) -> Line:
        return next(line for line in self.lines if line.key == key)


def totals(
    rules: SealedRules, scores: Sequence[QuestionScores], prices: Mapping[str, Decimal | None]
) -> dict[str, Total]:
    """Return the total of every vendor by its name."""
    out = frozenset(one.vendor for one in scores if one.is_knocked_out)
    earned = price_points(rules.price, prices, out=out)
    return {one.vendor: total(rules, one, earned.get(one.vendor)) for one in scores}


def total(rules: SealedRules, scores: QuestionScores, price: Fraction | None) -> Total:
    """Return the total of a vendor. A price that is not known yet earns anything from nothing to all."""
    spans: dict[str, tuple[Fraction | None, Fraction | None]] = {
        key: (one.low, one.high) for key, one in scores.criteria.items()
    }
    if rules.price.formula is not Formula.NONE:
        spans[PRICE] = (price, price) if price is not None else (Fraction(0), Fraction(1))
    weights = rules.weights()
    questions = {key: weight for key, weight in weights.items() if key != PRICE}
    low, shares = _weigh(weights, {key: span[0] for key, span in spans.items()})
    high = _weigh(weights, {key: span[1] for key, span in spans.items()})[0]
    rounded = _shown(low)
    lowest = _shown(_weigh(questions, {key: spans[key][0] for key in questions})[0])
    # Were everything left out, nothing would be scored, which is no better than what stands.
    highest = _weigh(questions, {key: spans[key][1] for key in questions})[0]
    contributions = apportion(rounded, [shares[key] for key in weights]) if rounded is not None else []
    return Total(
        vendor=scores.vendor,
        low=rounded,
        high=rounded if high is None else cents(high),
        questions_low=lowest,
        questions_high=lowest if highest is None else cents(highest),
        lines=tuple(
            Line(key=key, weight=weight, low=spans[key][0], high=spans[key][1], contribution=part)
            for (key, weight), part in zip(weights.items(), contributions or [Decimal(0)] * len(weights), strict=True)
        ),
    )


def _shown(value: Fraction | None) -> Decimal | None:
    return None if value is None else cents(value)


def _weigh(
    weights: Mapping[str, Decimal], earned: Mapping[str, Fraction | None]
) -> tuple[Fraction | None, dict[str, Fraction]]:
    """Return the weighted mean times a hundred, and what each line adds to it; None where no weight counts."""
    whole = sum((exact(weight) for key, weight in weights.items() if earned[key] is not None), Fraction(0))
    if not whole:
        return None, dict.fromkeys(weights, Fraction(0))
    shares = {key: 100 * exact(weight) * (earned[key] or 0) / whole for key, weight in weights.items()}
    return sum(shares.values(), Fraction(0)), shares


def by_question(rules: SealedRules, scores: QuestionScores, of: Total) -> dict[str, Decimal]:
    """Return what each question contributes, to the cent: those of a criterion add up to its contribution."""
    whole = sum((exact(line.weight) for line in of.lines if line.low is not None), Fraction(0))
    found: dict[str, Decimal] = {}
    for line in of.lines:
        counting = [
            q for q in rules.questions if q.criterion == line.key and not q.info_only and q.key in scores.points
        ]
        counting = [q for q in counting if not scores.points[q.key].left_out]
        weight = sum((exact(q.weight) for q in counting), Fraction(0))
        if not weight or not whole or line.key == PRICE:
            continue
        parts = [
            100 * exact(line.weight) / whole * exact(q.weight) * scores.points[q.key].low / weight for q in counting
        ]
        found |= dict(zip((q.key for q in counting), apportion(line.contribution, parts), strict=True))
    return found
