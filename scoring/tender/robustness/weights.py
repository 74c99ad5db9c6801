"""A tenth more or less on one weight: of each criterion, of the price, of each question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from scoring.tender.robustness.field import Field, Trial, orders
from scoring.tender.robustness.grid import in_cents
from scoring.tender.rounding import CENT
from scoring.tender.rules import Question
from scoring.tender.totals import Total, totals

TENTH = Decimal("0.1")
CHANGES = {"less": 1 - TENTH, "more": 1 + TENTH}


def vary_lines(field: Field) -> tuple[Trial, ...]:
    """Return what a tenth on the weight of each line of the total does."""
    before = field.as_it_stands()
    trials = []
    for key, weight in field.rules.weights().items():
        for change, times in CHANGES.items():
            rules = field.rules.with_weights({key: weight * times})
            after = {vendor: one.low for vendor, one in totals(rules, field.scores, field.prices).items()}
            trials.append(
                Trial(subject=key, change=change, orders=orders(field.contenders, after), as_it_stands=before)
            )
    return tuple(trials)


def vary_questions(field: Field) -> tuple[Trial, ...]:
    """Return the questions whose weight, a tenth more or less, changes either order."""
    before = field.as_it_stands()
    computed = field.totals()
    vendors = [one.vendor for one in field.scores]
    standing = [_in_cents(computed[vendor].low) for vendor in vendors]
    unchanged = _grouped(standing)
    trials = []
    for question, change, after in _each_question(field, computed, standing):
        if _grouped(after) == unchanged:
            continue
        scores = {vendor: None if score < 0 else score * CENT for vendor, score in zip(vendors, after, strict=True)}
        trial = Trial(subject=question.key, change=change, orders=orders(field.contenders, scores), as_it_stands=before)
        if not (trial.keeps_order and trial.keeps_points):
            trials.append(trial)
    return tuple(trials)


def _in_cents(score: Decimal | None) -> int:
    return -1 if score is None else int(score / CENT)


def _grouped(scores: Sequence[int]) -> list[list[int]]:
    """Return the positions by score, those that tie together: all that an order takes from the scores."""
    groups: dict[int, list[int]] = {}
    for at, score in enumerate(scores):
        groups.setdefault(score, []).append(at)
    return [groups[score] for score in sorted(groups)]


def _each_question(
    field: Field, computed: Mapping[str, Total], standing: Sequence[int]
) -> Iterator[tuple[Question, str, list[int]]]:
    """Yield the scores in cents under each changed weight: the total moves by what the one criterion moves."""
    states = {criterion.key: _states(field, criterion.key, computed) for criterion in field.rules.criteria}
    for question in field.rules.questions:
        if question.info_only or not question.weight or question.criterion not in states:
            continue
        points = [one.points[question.key] for one in field.scores]
        lows = [None if one.left_out else float(one.low) for one in points]
        for change, times in CHANGES.items():
            by = float(question.weight * (times - 1))
            after = list(standing)
            for at, (exactly, influence, earned, whole) in enumerate(states[question.criterion]):
                low = lows[at]
                if low is not None and influence:
                    after[at] = in_cents(exactly + influence * by * (low - earned) / (whole + by))
            yield question, change, after


State = tuple[float, float, float, float]


def _states(field: Field, criterion: str, computed: Mapping[str, Total]) -> list[State]:
    """Return for each vendor its total, the share of the criterion in it, its points and the weight they are of."""
    found = []
    for one in field.scores:
        lines = [line for line in computed[one.vendor].lines if line.low is not None]
        all_lines = float(sum(line.weight for line in lines))
        standing = one.criteria[criterion].low
        if standing is None or not all_lines:
            found.append((0.0, 0.0, 0.0, 0.0))
            continue
        whole = float(
            sum(q.weight for q in field.rules.questions if q.criterion == criterion and not one.points[q.key].left_out)
        )
        exactly = 100 * sum(float(line.weight) * float(line.low or 0) for line in lines) / all_lines
        own = next(line for line in lines if line.key == criterion)
        found.append((exactly, 100 * float(own.weight) / all_lines, float(standing), whole))
    return found
