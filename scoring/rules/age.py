"""R-AGE: not older than twelve calendar months at the day of evaluation, the last day included (G-3).

A missing date fails: what has no date cannot be shown to be recent (DOMAIN 5.6).
"""

from __future__ import annotations

from scoring.bundle import CERTIFICATE, Bundle
from scoring.dates import add_months, say
from scoring.rules.result import failed, passed
from scoring.types import EvidenceFact, RuleResult

RULE = "R-AGE"
# How the day that age counts from is called.
ANCHORS = {
    "issued_on": "was issued on",
    "approved_on": "was approved on",
    "signed_on": "was signed on",
    "testing_ended_on": "rests on tests that ended on",
    "retested_on": "rests on a retest of",
    "exercised_on": "is about an exercise of",
    "period_end": "covers a period that ended on",
    "last_audit_decision_on": "was last confirmed by an audit on",
}
UNDATED = {
    "issued_on": "the day it was issued",
    "approved_on": "the day it was approved",
    "signed_on": "the day it was signed",
    "testing_ended_on": "the day on which testing ended",
    "retested_on": "the day of the retest",
    "exercised_on": "the day of the exercise",
    "period_end": "the end of its period",
    "last_audit_decision_on": "the day it was issued or last confirmed by an audit",
}


def check(bundle: Bundle) -> RuleResult:
    for fact in bundle.facts:
        if problem := problem_of(fact, bundle):
            return failed(RULE, problem)
    return passed(RULE)


def problem_of(fact: EvidenceFact, bundle: Bundle) -> str:
    name = bundle.setting.anchor_name(fact.kind)
    anchor = bundle.setting.anchor(fact)
    months = bundle.setting.catalogue.parameters.max_age_months
    if anchor is None:
        what = UNDATED.get(name, "a date")
        return f"“{fact.title}” does not show {what}, so nobody can tell how old it is."
    limit = add_months(anchor, months)
    if bundle.on <= limit:
        return ""
    if fact.kind == CERTIFICATE:
        return _certificate(fact, bundle)
    said = ANCHORS.get(name, "dates from")
    return f"“{fact.title}” {said} {say(anchor)}, more than {months} months before {say(bundle.on)}."


def _certificate(fact: EvidenceFact, bundle: Bundle) -> str:
    issued, anchor = fact.dates.get("issued_on"), bundle.setting.anchor(fact)
    months = bundle.setting.catalogue.parameters.max_age_months
    before = f"more than {months} months before {say(bundle.on)}"
    if issued and anchor and anchor > issued:
        return (
            f"“{fact.title}” was issued on {say(issued)}; the latest surveillance audit that passed was on "
            f"{say(anchor)}, {before}."
        )
    if issued is None:
        return f"“{fact.title}” was last confirmed by an audit {before}; no newer surveillance audit is shown."
    return (
        f"“{fact.title}” was issued on {say(issued)}, {before}, and no surveillance audit that passed is shown since."
    )
