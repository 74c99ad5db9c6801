"""R-SCOPE-AI: the scope names AI systems in production or offered and does not exclude them. Silence fails (G-5)."""

from __future__ import annotations

from scoring.bundle import Bundle
from scoring.rules.result import failed, passed
from scoring.scope import covers_ai, scope_of
from scoring.types import RuleResult

RULE = "R-SCOPE-AI"


def check(bundle: Bundle) -> RuleResult:
    names = bundle.setting.names
    for fact in bundle.facts:
        scope = scope_of(fact, names)
        if scope.leaves_out_ai:
            return failed(RULE, f"“{fact.title}” leaves the AI systems out of its scope{_quote(fact.scope)}")
        if scope.internal and not fact.ai_systems:
            return failed(RULE, f"The scope of “{fact.title}” is the vendor's own use only{_quote(fact.scope)}")
    if any(covers_ai(fact, names) for fact in bundle.facts):
        return passed(RULE)
    left_out = {name for fact in bundle.facts for name in scope_of(fact, names).left_out}
    if left_out:
        return failed(RULE, f"“{bundle.subject.title}” leaves out {', '.join(sorted(left_out))}.")
    return failed(RULE, f"The scope of “{bundle.subject.title}” does not name AI systems{_quote(bundle.subject.scope)}")


def _quote(scope: str) -> str:
    return f": “{scope}”" if scope else "."
