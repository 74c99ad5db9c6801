"""The only days on which a verdict can change without new evidence (DOMAIN 5.4)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from scoring.catalogue import Parameters
from scoring.dates import add_months
from scoring.types import Deal, EvidenceFact, ExceptionFact

DAY = timedelta(days=1)


def event_days(
    facts: Sequence[EvidenceFact],
    *,
    on: date,
    parameters: Parameters,
    deal: Deal,
    accepted_risks: Sequence[ExceptionFact] = (),
) -> tuple[date, ...]:
    """Return the days after ON on which an artefact, an acceptance or a change of a system begins or ends.

    Every date of an artefact may begin something on its day and end something after it, or after the months that the
    rules count from it; a day too many costs a little time, a day too few a wrong forecast.
    """
    windows = {parameters.max_age_months, parameters.review_months, parameters.exercise_months}
    days: set[date] = set()
    for fact in facts:
        for day in fact.dates.values():
            days |= {day, day + DAY, *(add_months(day, months) + DAY for months in windows)}
    for risk in accepted_risks:
        days |= {day for day in (risk.approved_on, risk.revoked_on) if day}
        if risk.expires_on:
            days.add(risk.expires_on + DAY)
    for system in deal.systems:
        days |= set(system.material_changes)
    return tuple(sorted(day for day in days if day > on))
