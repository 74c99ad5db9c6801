"""The vendors of a comparison, and their order under other circumstances."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from scoring.tender.ranking import Contender, Key, rank
from scoring.tender.rules import SealedRules
from scoring.tender.scores import QuestionScores
from scoring.tender.totals import Total, totals

Order = tuple[tuple[str, ...], ...]  # places from the first on; who ties shares one


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """``contenders`` by vendor, as they stand; their scores are computed anew for each circumstance."""

    rules: SealedRules
    scores: tuple[QuestionScores, ...]
    prices: Mapping[str, Decimal | None]
    contenders: Mapping[str, Contender]

    def totals(self) -> dict[str, Total]:
        return totals(self.rules, self.scores, self.prices)

    def as_it_stands(self) -> Orders:
        return orders(self.contenders, {vendor: one.low for vendor, one in self.totals().items()})


@dataclass(frozen=True, slots=True, kw_only=True)
class Orders:
    """Only vendors that can be chosen have a place, in either order."""

    ranking: Order
    points: Order

    @property
    def leaders(self) -> tuple[str, ...]:
        return self.ranking[0] if self.ranking else ()

    @property
    def leaders_by_points(self) -> tuple[str, ...]:
        return self.points[0] if self.points else ()


def orders(contenders: Mapping[str, Contender], scores: Mapping[str, Decimal | None]) -> Orders:
    """Return both orders of the contenders under these scores."""
    fielded = [replace(one, score=scores.get(vendor)) for vendor, one in contenders.items()]
    placed = [one for one in rank(fielded) if one.place is not None]
    running = [one for one in fielded if not one.is_out]
    return Orders(
        ranking=_grouped([(one.contender.vendor, one.place) for one in placed]),
        points=_grouped(sorted(((one.vendor, one.value(Key.SCORE)) for one in running), key=lambda p: (p[1], p[0]))),
    )


def _grouped(pairs: Sequence[tuple[str, object]]) -> Order:
    groups: dict[object, list[str]] = {}
    for vendor, place in pairs:
        groups.setdefault(place, []).append(vendor)
    return tuple(tuple(group) for group in groups.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One circumstance: what was changed, and the orders that follow."""

    subject: str  # the key of the line, question or evaluator
    change: str  # which way
    orders: Orders
    as_it_stands: Orders

    @property
    def keeps_leader(self) -> bool:
        return self.orders.leaders == self.as_it_stands.leaders

    @property
    def keeps_order(self) -> bool:
        return self.orders.ranking == self.as_it_stands.ranking

    @property
    def keeps_leader_by_points(self) -> bool:
        return self.orders.leaders_by_points == self.as_it_stands.leaders_by_points

    @property
    def keeps_points(self) -> bool:
        return self.orders.points == self.as_it_stands.points
