"""When proof stops counting, and by when its renewal must start (DOMAIN 5.4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from scoring.catalogue import Catalogue, Requirement
from scoring.results import RequirementResult

# Time to choose and commission an assessor, on top of the lead time of the work itself.
MARGIN = timedelta(days=14)


class ExpiryStatus(StrEnum):
    OK = "ok"
    START_NOW = "start_now"
    LATE = "late"


@dataclass(frozen=True, slots=True, kw_only=True)
class Expiry:
    """A requirement that is met, its last good day, and the day by which renewal must start."""

    requirement: str
    expires_on: date
    start_by: date
    late_after: date
    status: ExpiryStatus


def expiries(catalogue: Catalogue, results: Mapping[str, RequirementResult], *, on: date) -> tuple[Expiry, ...]:
    """Return the requirements that are met and expire, the earliest first."""
    found = [
        forecast(catalogue.requirements[name], result.expires_on, on=on)
        for name, result in results.items()
        if result.state.is_met and result.expires_on is not None and not catalogue.requirements[name].derived_from
    ]
    return tuple(sorted(found, key=lambda expiry: (expiry.expires_on, expiry.requirement)))


def forecast(requirement: Requirement, expires_on: date, *, on: date) -> Expiry:
    start_by = expires_on - timedelta(weeks=requirement.lead_time.typical) - MARGIN
    late_after = expires_on - timedelta(weeks=requirement.lead_time.least)
    if on > late_after:
        status = ExpiryStatus.LATE
    elif on >= start_by:
        status = ExpiryStatus.START_NOW
    else:
        status = ExpiryStatus.OK
    return Expiry(
        requirement=requirement.id, expires_on=expires_on, start_by=start_by, late_after=late_after, status=status
    )
