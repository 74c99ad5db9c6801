"""The rules of a tender as they were sealed: criteria, questions, weights, knock-outs and the price formula."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum

PRICE = "price"  # stands beside the criteria as one of the lines of the total


class ScoredBy(StrEnum):
    """What the points of a question come from; proof caps them in each case."""

    PEOPLE = "people"  # the marks of evaluators
    RULE = "rule"  # the option that was chosen
    PROOF = "proof"  # whether the answer is proven, and nothing else


class Formula(StrEnum):
    """How a price becomes points. ``NONE``: it is shown and earns nothing."""

    NONE = "none"
    LOWEST_PROPORTIONAL = "lowest_proportional"
    LINEAR_ENVELOPE = "linear_envelope"


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceRule:
    formula: Formula = Formula.NONE
    weight: Decimal = Decimal(0)
    envelope: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    key: str
    name: str
    weight: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """``rule`` gives the share of the points (0 to 1) by option; ``accepted`` are the options a knock-out lets pass."""

    key: str
    criterion: str
    weight: Decimal = Decimal(1)
    scored_by: ScoredBy = ScoredBy.PROOF
    rule: Mapping[str, Decimal] = field(default_factory=dict)
    knock_out: bool = False
    accepted: frozenset[str] = frozenset()
    info_only: bool = False
    categories: frozenset[str] = frozenset()  # of the checklist, by the requirements it asks about


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedRules:
    """``spread_alarm`` is the distance between two marks of one answer from which evaluators have to talk."""

    criteria: tuple[Criterion, ...]
    questions: tuple[Question, ...]
    price: PriceRule = field(default_factory=PriceRule)
    highest_mark: int = 5
    spread_alarm: int = 2

    def weights(self) -> dict[str, Decimal]:
        """Return the weight of each line of the total, that of the price included."""
        lines = {criterion.key: criterion.weight for criterion in self.criteria}
        if self.price.formula is not Formula.NONE:
            lines[PRICE] = self.price.weight
        return lines

    def with_weights(self, weights: Mapping[str, Decimal]) -> SealedRules:
        """Return a scenario: the same rules under other weights of the lines. The sealed rules stay as they are."""
        return replace(
            self,
            criteria=tuple(replace(c, weight=weights.get(c.key, c.weight)) for c in self.criteria),
            price=replace(self.price, weight=weights.get(PRICE, self.price.weight)),
        )


class RuleProblem(StrEnum):
    """Why rules cannot be sealed: each would give figures that nobody could defend."""

    NO_CRITERION = "There is no criterion. Add one."
    NO_WEIGHT = "All weights are zero, so every vendor would score nothing. Give at least one criterion a weight."
    NEGATIVE_WEIGHT = "A weight is below zero. Weights are zero or more."
    EMPTY_CRITERION = "A criterion has a weight and no question that counts. Add a question, or set its weight to zero."
    UNKNOWN_CRITERION = "A question belongs to no criterion of the tender. Choose one for it."
    RULE_OUT_OF_RANGE = "A rule gives an option less than 0 or more than 1. Shares run from 0 to 1."
    NO_RULE = "A question is scored by rule and has none. Say what each of its options is worth."
    NO_ACCEPTED = "A knock-out question does not say which answers pass. Name them."
    NO_ENVELOPE = "The price formula needs an envelope above zero."


def problems_of(rules: SealedRules) -> tuple[RuleProblem, ...]:
    """Return why the rules cannot be sealed, nothing when they can."""
    found = [*_problems_of_weights(rules), *_problems_of_questions(rules.criteria, rules.questions)]
    price = rules.price
    if price.formula is Formula.LINEAR_ENVELOPE and not (price.envelope and price.envelope > 0):
        found.append(RuleProblem.NO_ENVELOPE)
    return tuple(dict.fromkeys(found))


def _problems_of_weights(rules: SealedRules) -> list[RuleProblem]:
    found = []
    lines = rules.weights()
    if not rules.criteria:
        found.append(RuleProblem.NO_CRITERION)
    elif not any(weight > 0 for weight in lines.values()):
        found.append(RuleProblem.NO_WEIGHT)
    if any(weight < 0 for weight in (*lines.values(), *(q.weight for q in rules.questions))):
        found.append(RuleProblem.NEGATIVE_WEIGHT)
    counting = {q.criterion for q in rules.questions if not q.info_only and q.weight > 0}
    if any(c.weight > 0 and c.key not in counting for c in rules.criteria):
        found.append(RuleProblem.EMPTY_CRITERION)
    return found


def _problems_of_questions(criteria: Sequence[Criterion], questions: Sequence[Question]) -> list[RuleProblem]:
    found = []
    known = {criterion.key for criterion in criteria}
    for question in questions:
        if question.criterion not in known and not question.info_only:
            found.append(RuleProblem.UNKNOWN_CRITERION)
        if not all(0 <= share <= 1 for share in question.rule.values()):
            found.append(RuleProblem.RULE_OUT_OF_RANGE)
        if question.scored_by is ScoredBy.RULE and not question.rule and not question.info_only:
            found.append(RuleProblem.NO_RULE)
        if question.knock_out and question.scored_by is ScoredBy.RULE and not question.accepted:
            found.append(RuleProblem.NO_ACCEPTED)
    return found
