"""The scores of a field as plain numbers, for circumstances too many to compute exactly.

Totals are compared to the cent, as everywhere: a smaller difference is a tie.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from operator import mul

from scoring.tender.robustness.field import Field

# Lifts what stands exactly between two cents over it, as exact rounding would; far below what a cent is.
NUDGE = 1e-9


def in_cents(points: float) -> int:
    """Return points to the cent, as a whole number of cents."""
    return int(100 * points + 0.5 + NUDGE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """``earned`` stands in the order of the lines; ``counts`` is None where all lines count for the vendor."""

    vendor: str
    earned: tuple[float, ...]
    counts: tuple[float, ...] | None

    def total(self, weights: Sequence[float], whole: float) -> int:
        """Return the total in cents; ``whole`` is the sum of the weights. Where nothing counts, it is below all."""
        if self.counts is not None:
            whole = sum(map(mul, weights, self.counts))
        return in_cents(100 * sum(map(mul, weights, self.earned)) / whole) if whole else -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    lines: tuple[str, ...]
    weights: tuple[float, ...]
    rows: tuple[Row, ...]


def grid_of(field: Field, *, vendors: Sequence[str]) -> Grid:
    """Return the numbers of some of the vendors."""
    computed = field.totals()
    lines = tuple(field.rules.weights())
    rows = []
    for vendor in vendors:
        shares = {line.key: line.low for line in computed[vendor].lines}
        applicable = tuple(0.0 if shares[key] is None else 1.0 for key in lines)
        rows.append(
            Row(
                vendor=vendor,
                earned=tuple(float(shares[key] or 0) for key in lines),
                counts=None if all(applicable) else applicable,
            )
        )
    return Grid(lines=lines, weights=tuple(float(w) for w in field.rules.weights().values()), rows=tuple(rows))


def leaders(grid: Grid, weights: Sequence[float]) -> list[str]:
    """Return who has the most points under these weights."""
    whole = sum(weights)
    earned = [row.total(weights, whole) for row in grid.rows]
    most = max(earned, default=0)
    return [row.vendor for row, total in zip(grid.rows, earned, strict=True) if total == most]
