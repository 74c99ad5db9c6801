"""R-AGE: not older than twelve calendar months at the day of evaluation, the last day included (G-3).

A missing date fails: what has no date cannot be shown to be recent (DOMAIN 5.6).
"""

from __future__ import annotations

from scoring.bundle import CERTIFICATE, Bundle
from scoring.dates import add_months, say
from scoring.rules.result import failed, passed
from scoring.types import EvidenceFact, RuleResult

RULE = "R-AGE"


def check(bundle: Bundle) -> RuleResult:
    for fact in bundle.facts:
        problem = problem_of(fact, bundle)
        if problem:
            return failed(RULE, problem)
    return passed(RULE)


def problem_of(fact: EvidenceFact, bundle: Bundle) -> str:
    anchor = bundle.anchor(fact)
    kind = bundle.catalogue.kinds.get(fact.kind)
    name = (kind.age_anchor if kind else "issued_on").removesuffix("_on").replace("_", " ")
    if anchor is None:
        return f"“{fact.title}” has no date ({name}), so its age cannot be shown."
    limit = add_months(anchor, bundle.catalogue.parameters.max_age_months)
    if bundle.on <= limit:
        return ""
    if fact.kind == CERTIFICATE:
        return (
            f"“{fact.title}” was last confirmed by an audit on {say(anchor)}; without a newer surveillance audit it "
            f"stopped counting after {say(limit)}."
        )
    return f"“{fact.title}” dates from {say(anchor)} ({name}); it stopped counting after {say(limit)}."
