"""R-SCOPE-SYSTEM: the AI system bought is inside the scope."""

from __future__ import annotations

from scoring.bundle import Bundle
from scoring.rules.result import failed, passed
from scoring.scope import covers_system, excluded_systems, excludes_all_ai
from scoring.types import RuleResult

RULE = "R-SCOPE-SYSTEM"


def check(bundle: Bundle) -> RuleResult:
    systems = (bundle.system,) if bundle.system else bundle.deal.systems
    names = tuple(system.name for system in bundle.deal.systems)
    for system in systems:
        for fact in bundle.facts:
            if system.name in excluded_systems(fact, names) or excludes_all_ai(fact, names):
                return failed(RULE, f"“{fact.title}” leaves {system.name} out of its scope.")
        if not any(covers_system(fact, system.name, names) for fact in bundle.facts):
            return failed(RULE, f"“{bundle.subject.title}” does not name {system.name}.")
    return passed(RULE)
