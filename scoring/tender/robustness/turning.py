"""The smallest change that would turn the order of two vendors by points.

The total of a vendor as a function of one weight W is (P + W a) / (Q + W e), where e says whether the line counts for
it; two of these are equal where a quadratic is zero.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from fractions import Fraction

from scoring.tender.robustness.field import Field
from scoring.tender.rules import SealedRules
from scoring.tender.scores import QuestionScores
from scoring.tender.totals import Line, Total, by_question

STEP = Decimal("0.0001")  # weights are kept to four decimals


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """The weight of a line at which the second vendor draws level with the first, and how far away that is."""

    line: str
    weight: Decimal
    turns_at: Decimal
    relative: Decimal  # 0.25: a quarter more; -0.25: a quarter less


def turns(first: Total, second: Total) -> tuple[Turn, ...]:
    """Return for each line the nearest weight that turns the two, the smallest change first.

    A line of which no weight turns them is not there, nor is one whose weight is zero: nothing is relative to that.
    """
    found = [
        turn
        for mine, yours in zip(first.lines, second.lines, strict=True)
        if mine.weight and (turn := _turn(first, second, mine, yours))
    ]
    return tuple(sorted(found, key=lambda turn: (abs(turn.relative), turn.line)))


def _turn(first: Total, second: Total, mine: Line, yours: Line) -> Turn | None:
    p_a, q_a = _rest(first, mine.key)
    p_b, q_b = _rest(second, yours.key)
    a, b = mine.low or Fraction(0), yours.low or Fraction(0)
    e_a, e_b = int(mine.low is not None), int(yours.low is not None)
    roots = _roots(
        a * e_b - b * e_a,
        p_a * e_b + a * q_b - p_b * e_a - b * q_a,
        p_a * q_b - p_b * q_a,
    )
    weight = float(mine.weight)
    at = min((root for root in roots if root >= 0), key=lambda root: abs(root - weight), default=None)
    if at is None or not math.isfinite(at):
        return None
    away = ROUND_CEILING if at > weight else ROUND_FLOOR
    turns_at = max(Decimal(at).quantize(STEP, away), Decimal(0))
    relative = ((turns_at - mine.weight) / mine.weight).quantize(STEP)
    return Turn(line=mine.key, weight=mine.weight, turns_at=turns_at, relative=relative)


def _rest(of: Total, key: str) -> tuple[Fraction, Fraction]:
    """Return what all other lines earn, and what they weigh."""
    others = [line for line in of.lines if line.key != key and line.low is not None]
    earned = sum((Fraction(line.weight) * (line.low or 0) for line in others), Fraction(0))
    return earned, sum((Fraction(line.weight) for line in others), Fraction(0))


def _roots(c2: Fraction, c1: Fraction, c0: Fraction) -> Iterator[float]:
    if not c2:
        if c1:
            yield float(-c0 / c1)
        return
    inside = c1 * c1 - 4 * c2 * c0
    if inside < 0:
        return
    root = math.sqrt(inside)
    yield (-float(c1) + root) / (2 * float(c2))
    yield (-float(c1) - root) / (2 * float(c2))


def decisive_answers(rules: SealedRules, scores: QuestionScores, first: Total, second: Total) -> tuple[str, ...]:
    """Return the answers of the first vendor each of which alone, were it worth nothing, would undo its lead.

    The largest contribution stands first.
    """
    if first.low is None or second.low is None:
        return ()
    lead = first.low - second.low
    earned = by_question(rules, scores, first)
    found = [key for key, part in earned.items() if part and part >= lead >= 0]
    return tuple(sorted(found, key=lambda key: (-earned[key], key)))


def runner_up(field: Field) -> tuple[str, str] | None:
    """Return the leader by points and the one behind it, None where there are no two."""
    groups = field.as_it_stands().points
    order = [vendor for group in groups for vendor in group]
    return (order[0], order[1]) if len(order) > 1 else None
