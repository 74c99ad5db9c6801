"""Rounding that adds up: parts are cut to the cent, and the cents left over go to the largest remainders."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

CENT = Decimal("0.01")


def cents(value: Fraction) -> Decimal:
    """Return a value to the cent, half a cent going up."""
    return Decimal(math.floor(value * 100 + Fraction(1, 2))) * CENT


def apportion(total: Decimal, parts: Sequence[Fraction]) -> list[Decimal]:
    """Return the parts to the cent, so that they add up to the total, which is theirs to within a cent.

    Among equal remainders the part that stands first gets the cent.
    """
    floors = [math.floor(part * 100) for part in parts]
    left = int(total * 100) - sum(floors)
    by_remainder = sorted(range(len(parts)), key=lambda at: (floors[at] - parts[at] * 100, at))
    for at in by_remainder[:left]:
        floors[at] += 1
    return [Decimal(floor) * CENT for floor in floors]
