"""R-VERSION: a version identifier, a revision history and an approver are present."""

from __future__ import annotations

import re

from scoring.bundle import Bundle
from scoring.rules.result import failed, passed
from scoring.types import RuleResult

RULE = "R-VERSION"
NO_HISTORY = re.compile(
    r"\bno (?:version|revision) (?:history|control)|without (?:a )?(?:version|revision)|unversioned", re.I
)


def check(bundle: Bundle) -> RuleResult:
    fact = bundle.subject
    if fact.independent and not fact.version:
        # An outside report is identified by its issuer, number and date.
        return passed(RULE)
    if not fact.version:
        return failed(RULE, f"“{fact.title}” carries no version.")
    if NO_HISTORY.search(fact.document_text):
        return failed(RULE, f"“{fact.title}” has no revision history.")
    return passed(RULE)
