"""Exact numbers, made once: the same few weights and shares come thousands of times in one comparison."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache


@lru_cache(maxsize=4096)
def exact(number: Decimal) -> Fraction:
    return Fraction(number)


@lru_cache(maxsize=4096)
def share(of: int, whole: int) -> Fraction:
    return Fraction(of, whole)


def weighted(pairs: Iterable[tuple[Fraction, Fraction]]) -> Fraction:
    """Return the sum of the products, exactly; products of one denominator are added as whole numbers."""
    sums: dict[int, int] = {}
    for weight, value in pairs:
        denominator = weight.denominator * value.denominator
        sums[denominator] = sums.get(denominator, 0) + weight.numerator * value.numerator
    return sum((Fraction(numerator, denominator) for denominator, numerator in sums.items()), Fraction(0))
