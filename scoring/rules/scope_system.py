"""R-SCOPE-SYSTEM: the AI system bought is inside the scope."""

from __future__ import annotations

import re
from collections.abc import Sequence

from scoring.bundle import Bundle
from scoring.dates import say
from scoring.phrases import clauses
from scoring.rules.result import failed, passed, review
from scoring.scope import Coverage, coverage, find
from scoring.types import EvidenceFact, RuleResult, SystemFact

RULE = "R-SCOPE-SYSTEM"
STARTS = re.compile(r"\b(?:from|as of|as from|starting|beginning|effective|by|in|for)\s+(?:\w+\s+){0,2}(20\d\d)\b")
NEARBY = 40  # characters between a year and the system that comes in with it


def check(bundle: Bundle) -> RuleResult:
    doubts: list[str] = []
    names, siblings = bundle.setting.names, bundle.setting.deal.siblings
    for system in bundle.systems:
        found = [(fact, coverage(fact, system.name, names, siblings)) for fact in bundle.facts]
        for fact, how in found:
            if how is Coverage.LEFT_OUT:
                return failed(RULE, f"“{fact.title}” leaves {system.name} out of its scope.")
        covering = [(fact, how) for fact, how in found if how is not Coverage.SILENT]
        if not covering:
            return failed(RULE, f"“{bundle.subject.title}” does not name {system.name}.")
        doubts += _doubts(system, covering, bundle)
    return review(RULE, doubts[0]) if doubts else passed(RULE)


def _doubts(system: SystemFact, covering: Sequence[tuple[EvidenceFact, Coverage]], bundle: Bundle) -> list[str]:
    for fact, how in covering:
        if how is Coverage.CONTRADICTED:
            return [f"“{fact.title}” is recorded to cover {system.name}, but its text leaves {system.name} out."]
    for fact, how in covering:
        if how is Coverage.NAMED and (year := _only_later(fact, system.name, bundle)):
            return [f"“{fact.title}” names {system.name} together with the year {year}: is it covered already?"]
    if any(how is Coverage.NAMED for _, how in covering):
        return []
    general = next((fact for fact, how in covering if how is Coverage.GENERAL), None)
    if general is None:
        return [f"“{covering[0][0].title}” speaks of AI without naming {system.name}: is it meant?"]
    anchor = bundle.setting.anchor(general)
    since = system.in_production_since
    if since and anchor and since > anchor:
        return [
            f"“{general.title}” of {say(anchor)} speaks of AI in general; {system.name} came into production on "
            f"{say(since)}, after it."
        ]
    return []


def _only_later(fact: EvidenceFact, name: str, bundle: Bundle) -> str:
    """Return the coming year from which alone a scope statement has a system in it, empty for none."""
    year = ""
    for part in clauses(fact.scope):
        found = find(name, bundle.setting.names, part)
        if found is None:
            continue
        near = part[max(0, found.start() - NEARBY) : found.end() + NEARBY]
        year = next((start for start in STARTS.findall(near) if int(start) > bundle.on.year), "")
        if not year:
            return ""
    return year
