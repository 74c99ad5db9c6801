"""R-SCOPE-AI: the scope names AI systems in production or offered and does not exclude them. Silence fails (G-5)."""

from __future__ import annotations

from scoring.bundle import Bundle
from scoring.rules.result import failed, passed
from scoring.scope import covers_ai, scope_of
from scoring.types import EvidenceFact, RuleResult

RULE = "R-SCOPE-AI"


def check(bundle: Bundle) -> RuleResult:
    names, siblings = bundle.setting.names, bundle.setting.deal.siblings
    proof = _proof(bundle)
    for fact in bundle.facts:
        scope = scope_of(fact, names, siblings)
        if scope.leaves_out_ai:
            return failed(RULE, f"“{fact.title}” leaves the AI systems out of its scope{_quote(fact.scope)}")
        if scope.internal and not fact.ai_systems:
            return failed(RULE, f"The scope of “{fact.title}” is the vendor's own use only{_quote(fact.scope)}")
    for fact in bundle.facts:
        scope = scope_of(fact, names, siblings)
        if names and set(names) <= scope.left_out - scope.named and not fact.ai_systems:
            return failed(RULE, f"“{fact.title}” leaves out {', '.join(sorted(scope.left_out))}.")
    if any(covers_ai(fact, names, siblings) for fact in proof):
        return passed(RULE)
    left_out = {name for fact in proof for name in scope_of(fact, names, siblings).left_out}
    if left_out:
        return failed(RULE, f"“{proof[0].title}” leaves out {', '.join(sorted(left_out))}.")
    return failed(RULE, f"The scope of “{proof[0].title}” does not name AI systems{_quote(proof[0].scope)}")


def _proof(bundle: Bundle) -> tuple[EvidenceFact, ...]:
    """Return the artefacts whose scope counts: a contract that stands beside a report promises, it shows nothing."""
    kinds = bundle.setting.catalogue.kinds
    proof = tuple(fact for fact in bundle.facts if fact.kind not in kinds or kinds[fact.kind].can_satisfy)
    return proof or bundle.facts


def _quote(scope: str) -> str:
    return f": “{scope}”" if scope else "."
