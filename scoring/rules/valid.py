"""R-VALID: within the printed validity and in force: not suspended, withdrawn, revoked, superseded or a draft."""

from __future__ import annotations

from datetime import date

from scoring.bundle import Bundle
from scoring.dates import say
from scoring.rules.result import failed, passed
from scoring.series import effective_on
from scoring.types import EvidenceFact, RuleResult

RULE = "R-VALID"
IN_FORCE = frozenset(
    {
        "",
        "active",
        "valid",
        "final",
        "issued",
        "reinstated",
        "approved",
        "current",
        "in force",
        "published",
        "signed",
        "maintained",
        "renewed",
        "certified",
        "effective",
    }
)
# What ends an artefact on a day; a suspension ends again with the reinstatement.
ENDED = {
    "withdrawn_on": "withdrawn",
    "revoked_on": "revoked",
    "superseded_on": "superseded",
    "cancelled_on": "cancelled",
}


def check(bundle: Bundle) -> RuleResult:
    for fact in bundle.facts:
        if problem := problem_of(fact, bundle):
            return failed(RULE, problem)
    newer = bundle.superseded_by
    if newer:
        day = say(effective_on(newer, bundle.setting))
        return failed(RULE, f"“{bundle.subject.title}” was replaced by “{newer.title}” of {day}.")
    return passed(RULE)


def problem_of(fact: EvidenceFact, bundle: Bundle) -> str:
    return _status(fact, bundle.on) or _dates(fact, bundle)


def _status(fact: EvidenceFact, on: date) -> str:
    status = fact.status.casefold()
    suspended, reinstated = fact.dates.get("suspended_on"), fact.dates.get("reinstated_on")
    if status == "suspended" or (suspended and suspended <= on):
        if reinstated and reinstated > on:
            return f"“{fact.title}” is suspended until {say(reinstated)}."
        if reinstated is None or (suspended and reinstated < suspended):
            return f"“{fact.title}” is suspended{f' since {say(suspended)}' if suspended else ''}."
    elif reinstated and reinstated > on:
        return f"“{fact.title}” is suspended until {say(reinstated)}."
    elif status not in IN_FORCE:
        return f"“{fact.title}” is not in force: its status is “{fact.status}”."
    for name, word in ENDED.items():
        day = fact.dates.get(name)
        if day and day <= on:
            return f"“{fact.title}” was {word} on {say(day)}."
    return ""


def _dates(fact: EvidenceFact, bundle: Bundle) -> str:
    until = fact.dates.get("valid_until")
    if until and bundle.on > until:
        return f"“{fact.title}” expired on {say(until)}."
    for name in ("valid_from", "issued_on", bundle.setting.anchor_name(fact.kind)):
        start = fact.dates.get(name)
        if start and start > bundle.on:
            return f"“{fact.title}” is dated {say(start)}, which is in the future."
    return ""
