"""When proof stops counting, by when its renewal must start, and what the gate will say later (DOMAIN 5.4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from scoring.catalogue import Catalogue, Requirement
from scoring.events import event_days
from scoring.judge import judge_requirements
from scoring.results import RequirementResult
from scoring.types import Deal, EvidenceFact, ExceptionFact, Verdict
from scoring.verdict import decide, gates

# Time to choose and commission an assessor, on top of the lead time of the work itself.
MARGIN = timedelta(days=14)
HORIZONS = (30, 60, 90, 180, 365)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstExpiry:
    """The last good day of what is met, per category and for the vendor; None where nothing met expires."""

    by_category: Mapping[str, date | None]
    vendor: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What the gate will say on a later day if nothing new is shown; ``lost`` is met today and no longer then."""

    days: int
    on: date
    verdict: Verdict
    lost: tuple[str, ...]


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


def first_expiry(catalogue: Catalogue, results: Mapping[str, RequirementResult]) -> FirstExpiry:
    """Return the earliest last good day per category and of the vendor, over the gate requirements that are met."""
    gating = [r for r in catalogue.requirements.values() if gates(r) and r.id in results]
    by_category = {
        category.id: _earliest(results[r.id] for r in gating if r.category == category.id)
        for category in catalogue.categories
    }
    return FirstExpiry(by_category=by_category, vendor=_earliest(results[r.id] for r in gating))


def _earliest(results: Iterable[RequirementResult]) -> date | None:
    return min((r.expires_on for r in results if r.state.is_met and r.expires_on), default=None)


def outlook(
    facts: Sequence[EvidenceFact],
    *,
    on: date,
    catalogue: Catalogue,
    deal: Deal,
    accepted_risks: Sequence[ExceptionFact] = (),
    horizon_days: Sequence[int] = HORIZONS,
) -> tuple[Outlook, ...]:
    """Return the gate on later days, were nothing new shown until then.

    A verdict changes only on an event day, so days with no event between them are judged once.
    """
    events = event_days(facts, on=on, parameters=catalogue.parameters, deal=deal, accepted_risks=accepted_risks)
    judged: dict[date, tuple[Verdict, frozenset[str]]] = {}

    def judge(day: date) -> tuple[Verdict, frozenset[str]]:
        event = max((event for event in events if event <= day), default=on)
        if event not in judged:
            results = judge_requirements(facts, on=event, catalogue=catalogue, deal=deal)
            gate = decide(catalogue, results, on=event, deal=deal, accepted_risks=accepted_risks)
            judged[event] = gate.verdict, frozenset(name for name, result in results.items() if result.state.is_met)
        return judged[event]

    _, met_today = judge(on)
    found = []
    for days in horizon_days:
        day = on + timedelta(days=days)
        verdict, met = judge(day)
        lost = tuple(name for name in catalogue.requirements if name in met_today and name not in met)
        found.append(Outlook(days=days, on=day, verdict=verdict, lost=lost))
    return tuple(found)
