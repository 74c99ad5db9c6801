"""Weights drawn at random: how often each vendor would come first."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scoring.tender.ranking import BEFORE_POINTS
from scoring.tender.robustness.field import Field
from scoring.tender.robustness.grid import Grid, grid_of, leaders

DRAWS = 10_000
SEED = 20261125  # draws repeat, so that two people see the same figures
LEAST, MOST = 0.5, 1.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Firsts:
    """Shares of the draws in which each vendor comes first; vendors that tie in a draw divide it."""

    draws: int
    ranking: Mapping[str, float]
    points: Mapping[str, float]


def draw(field: Field, *, draws: int = DRAWS, seed: int = SEED) -> Firsts:
    """Draw each weight between half and one and a half times what was sealed, independently of the others."""
    running = sorted(vendor for vendor, one in field.contenders.items() if not one.is_out)
    best = min((field.contenders[vendor].values(BEFORE_POINTS) for vendor in running), default=())
    # Only among those that proof puts level do points decide the ranking.
    level = [vendor for vendor in running if field.contenders[vendor].values(BEFORE_POINTS) == best]
    grid = grid_of(field, vendors=running)
    chance = random.Random(seed)  # noqa: S311  # no secret
    ranking, points = dict.fromkeys(running, 0.0), dict.fromkeys(running, 0.0)
    leveled = Grid(lines=grid.lines, weights=grid.weights, rows=tuple(row for row in grid.rows if row.vendor in level))
    for _ in range(draws if running else 0):
        weights = [weight * (LEAST + (MOST - LEAST) * chance.random()) for weight in grid.weights]
        _count(points, leaders(grid, weights))
        _count(ranking, leaders(leveled, weights))
    return Firsts(draws=draws, ranking=_shares(ranking, draws), points=_shares(points, draws))


def _count(firsts: dict[str, float], leading: Sequence[str]) -> None:
    for vendor in leading:
        firsts[vendor] += 1 / len(leading)


def _shares(firsts: Mapping[str, float], draws: int) -> dict[str, float]:
    return {vendor: count / draws for vendor, count in firsts.items()} if draws else dict(firsts)
