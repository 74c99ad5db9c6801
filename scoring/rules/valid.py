"""R-VALID: within the printed validity and in force: not suspended, withdrawn, revoked, superseded or a draft."""

from __future__ import annotations

from scoring.bundle import Bundle
from scoring.dates import say
from scoring.rules.result import failed, passed
from scoring.types import EvidenceFact, RuleResult

RULE = "R-VALID"
IN_FORCE = frozenset({"", "active", "valid", "final", "issued", "reinstated", "approved", "current"})


def check(bundle: Bundle) -> RuleResult:
    for fact in bundle.facts:
        problem = problem_of(fact, bundle)
        if problem:
            return failed(RULE, problem)
    return passed(RULE)


def problem_of(fact: EvidenceFact, bundle: Bundle) -> str:
    status = fact.status.casefold()
    reinstated = fact.dates.get("reinstated_on")
    if status not in IN_FORCE and not (status == "suspended" and reinstated and reinstated <= bundle.on):
        return f"“{fact.title}” is {status}."
    if reinstated and reinstated > bundle.on:
        return f"“{fact.title}” is suspended until {say(reinstated)}."
    until = fact.dates.get("valid_until")
    if until and bundle.on > until:
        return f"“{fact.title}” expired on {say(until)}."
    kind = bundle.catalogue.kinds.get(fact.kind)
    for name in ("valid_from", "issued_on", kind.age_anchor if kind else "issued_on"):
        start = fact.dates.get(name)
        if start and start > bundle.on:
            return f"“{fact.title}” is dated {say(start)}, which is in the future."
    return ""
