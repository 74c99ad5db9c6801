"""What a price earns, by the formula that was declared before any price was known."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from scoring.tender.rules import Formula, PriceRule


def price_points(rule: PriceRule, prices: Mapping[str, Decimal | None], *, out: frozenset[str]) -> dict[str, Fraction]:
    """Return the points (0 to 1) of each vendor whose price is known.

    The lowest price is that of the vendors that no knock-out put out: an offer that cannot be taken sets no mark for
    others. It can itself earn no more than all.
    """
    known = {vendor: price for vendor, price in prices.items() if price is not None and price > 0}
    if rule.formula is Formula.LINEAR_ENVELOPE and rule.envelope:
        envelope = Fraction(rule.envelope)
        return {vendor: max(Fraction(0), 1 - Fraction(price) / envelope) for vendor, price in known.items()}
    if rule.formula is Formula.LOWEST_PROPORTIONAL and known:
        lowest = min((price for vendor, price in known.items() if vendor not in out), default=min(known.values()))
        return {vendor: min(Fraction(1), Fraction(lowest) / Fraction(price)) for vendor, price in known.items()}
    return {}


def is_over(rule: PriceRule, price: Decimal | None) -> bool:
    """Return whether a price is above the envelope."""
    return rule.envelope is not None and price is not None and price > rule.envelope
