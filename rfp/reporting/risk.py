"""Everything the record of an accepted risk says, as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

STATES = {
    "risk_in_force": "In force",
    "risk_lapses_soon": "In force, lapses soon",
    "risk_waits": "Waits for an executive",
    "risk_not_counting": "Signed, does not count",
    "risk_lapsed": "Lapsed",
    "risk_revoked": "Revoked",
    "risk_declined": "Declined",
    "risk_withdrawn": "Withdrawn",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    what: str
    who: str
    on: date
    how: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskRecord:
    """``state`` is that of the day it was made; ``problem`` says why it does not count, empty while it does."""

    reference: str
    buyer: str
    legal_entity: str
    vendor: str
    tender: str
    stage: str
    state: str
    problem: str
    requirements: tuple[tuple[str, str], ...]
    systems: tuple[str, ...]
    reason: str
    residual_risk: str
    compensating_controls: str
    expires_on: date
    review_on: date
    renews: str
    not_covered: tuple[tuple[str, str], ...]
    steps: tuple[Step, ...]
    digest: str
    made_on: date
    product: str
