"""R-OPINION: no adverse or disclaimed opinion, no open major nonconformity, no qualification touching the AI."""

from __future__ import annotations

from scoring.bundle import Bundle
from scoring.rules.result import failed, passed
from scoring.types import EvidenceFact, RuleResult

RULE = "R-OPINION"
BAD = {"adverse": "adverse", "disclaimed": "disclaimed", "disclaimer": "disclaimed"}
NEGATIVE_RESULTS = frozenset({"failed", "not passed", "major nonconformity open", "suspended", "withdrawn"})


def check(bundle: Bundle) -> RuleResult:
    for fact in bundle.facts:
        opinion = fact.opinion.casefold()
        if opinion in BAD:
            return failed(RULE, f"The opinion of “{fact.title}” is {BAD[opinion]}.")
        if opinion == "qualified" and touches_ai(fact, bundle):
            criteria = ", ".join(fact.qualified_criteria) or "criteria it does not name"
            return failed(
                RULE, f"The opinion of “{fact.title}” is qualified on {criteria}, which touches the AI system."
            )
        if fact.open_nonconformities:
            return failed(RULE, f"“{fact.title}” has {fact.open_nonconformities} open major nonconformities.")
        if fact.result.casefold() in NEGATIVE_RESULTS:
            return failed(RULE, f"“{fact.title}” ended with the result “{fact.result}”.")
    return passed(RULE)


def touches_ai(fact: EvidenceFact, bundle: Bundle) -> bool:
    """Return whether a qualification touches the AI system; one that does not say where is taken to."""
    if not fact.qualified_criteria:
        return True
    said = " ".join(fact.qualified_criteria).casefold()
    names = [system.name.casefold() for system in bundle.deal.systems]
    words = ("ai", "model", "inference", "processing integrity", "processing_integrity", "machine learning")
    return any(name in said for name in names) or any(f" {word}" in f" {said}" for word in words)
