"""R-SCOPE-AI: the scope names AI systems in production or offered and does not exclude them. Silence fails (G-5)."""

from __future__ import annotations

from scoring.bundle import Bundle
from scoring.rules.result import failed, passed
from scoring.scope import covers_ai, excluded_systems, excludes_all_ai, internal_only
from scoring.types import RuleResult

RULE = "R-SCOPE-AI"


def check(bundle: Bundle) -> RuleResult:
    names = tuple(system.name for system in bundle.deal.systems)
    for fact in bundle.facts:
        if excludes_all_ai(fact, names):
            return failed(RULE, f"“{fact.title}” leaves the AI systems out of its scope: “{fact.scope}”")
        if internal_only(fact, names):
            return failed(RULE, f"The scope of “{fact.title}” is an internal use only: “{fact.scope}”")
    if any(covers_ai(fact, names) for fact in bundle.facts):
        return passed(RULE)
    left_out = [name for fact in bundle.facts for name in excluded_systems(fact, names)]
    if left_out:
        return failed(RULE, f"“{bundle.subject.title}” leaves out {', '.join(dict.fromkeys(left_out))}.")
    said = f": “{bundle.subject.scope}”" if bundle.subject.scope else ""
    return failed(RULE, f"The scope of “{bundle.subject.title}” does not name the AI systems{said}.")
