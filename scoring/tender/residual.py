"""Residual risk (DOMAIN 5.5): what of the inherent risk is left by the proof that a vendor has."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from scoring.types import Verdict


class Band(StrEnum):
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


BANDS = tuple(Band)


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """How far full proof reduces a risk, and from which value on each band begins."""

    most_effect: Decimal = Decimal("0.9")
    medium: Decimal = Decimal(5)
    high: Decimal = Decimal(10)
    critical: Decimal = Decimal(16)


POLICY = Policy()


@dataclass(frozen=True, slots=True, kw_only=True)
class Residual:
    """``value`` is the formula's; ``band`` is never below high for a vendor that is not qualified."""

    inherent: int
    value: Decimal
    band: Band


def residual(
    *, impact: int, likelihood: int, readiness: int | None, verdict: Verdict, policy: Policy = POLICY
) -> Residual:
    """Return the residual risk. Without any readiness nothing is proven, and nothing is taken off."""
    inherent = impact * likelihood
    effect = policy.most_effect * (readiness or 0) / 100
    value = (inherent * (1 - effect)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    band = _band(value, policy)
    if verdict is Verdict.NOT_QUALIFIED and BANDS.index(band) < BANDS.index(Band.HIGH):
        band = Band.HIGH
    return Residual(inherent=inherent, value=value, band=band)


def _band(value: Decimal, policy: Policy) -> Band:
    if value < policy.medium:
        return Band.LOW
    if value < policy.high:
        return Band.MEDIUM
    return Band.HIGH if value < policy.critical else Band.CRITICAL
