"""R-VERSION: a version identifier, a revision history and an approver are present."""

from __future__ import annotations

import re

from scoring.bundle import Bundle
from scoring.rules.result import failed, passed
from scoring.types import RuleResult

RULE = "R-VERSION"
NO_HISTORY = re.compile(
    r"\b(?:no|without(?: an?)?|lacks(?: an?)?|missing) (?:\w+ )?(?:version|revision|change|document) (?:history"
    r"|control|log|record)"
    r"|\b(?:version|revision) history\W+(?:none|n/?a|not |empty|missing|tbd)|\bunversioned\b|\bundated draft\b",
    re.I,
)
NO_APPROVER = re.compile(
    r"\b(?:approver|approved by|approval)\W+(?:none|n/?a|not |pending|missing|tbd|open)|\b(?:no"
    r"|without(?: an?)?) (?:named )?approv"
    r"|\bnot (?:yet )?(?:been )?approved\b|\bunapproved\b",
    re.I,
)


def check(bundle: Bundle) -> RuleResult:
    fact = bundle.subject
    if not fact.version:
        if fact.independent:
            # An outside report is identified by its issuer, number and date.
            return passed(RULE)
        return failed(RULE, f"“{fact.title}” carries no version.")
    if NO_HISTORY.search(fact.document_text):
        return failed(RULE, f"“{fact.title}” has no revision history.")
    if NO_APPROVER.search(fact.document_text) or (fact.approver is not None and not fact.approver.name):
        return failed(RULE, f"“{fact.title}” names nobody who approved version {fact.version}.")
    return passed(RULE)
