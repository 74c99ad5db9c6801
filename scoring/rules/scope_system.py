"""R-SCOPE-SYSTEM: the AI system bought is inside the scope."""

from __future__ import annotations

from collections.abc import Sequence

from scoring.bundle import Bundle
from scoring.dates import say
from scoring.rules.result import failed, passed, review
from scoring.scope import Coverage, coverage
from scoring.types import EvidenceFact, RuleResult, SystemFact

RULE = "R-SCOPE-SYSTEM"


def check(bundle: Bundle) -> RuleResult:
    doubts: list[str] = []
    for system in bundle.systems:
        found = [(fact, coverage(fact, system.name, bundle.setting.names)) for fact in bundle.facts]
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
