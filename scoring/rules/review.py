"""R-REVIEW: reviewed within the review period, and not before the latest material change of the AI system."""

from __future__ import annotations

from scoring.bundle import Bundle
from scoring.dates import add_months, say
from scoring.rules.result import failed, passed
from scoring.types import RuleResult

RULE = "R-REVIEW"


def check(bundle: Bundle) -> RuleResult:
    fact = bundle.subject
    reviewed = fact.dates.get("last_review_on")
    if reviewed is None:
        return failed(RULE, f"“{fact.title}” shows no review date.")
    if reviewed > bundle.on:
        return failed(RULE, f"The review of “{fact.title}” is dated {say(reviewed)}, which is in the future.")
    limit = add_months(reviewed, bundle.setting.catalogue.parameters.review_months)
    if bundle.on > limit:
        return failed(RULE, f"“{fact.title}” was last reviewed on {say(reviewed)}; the review was due by {say(limit)}.")
    for system in bundle.systems:
        changed = system.changed_on(bundle.on)
        if changed and changed > reviewed:
            return failed(
                RULE,
                f"{system.name} changed on {say(changed)}, after the last review of “{fact.title}” on {say(reviewed)}.",
            )
    return passed(RULE)
