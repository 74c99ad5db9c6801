"""R-CONTENT: every element the requirement must contain is found in the artefacts."""

from __future__ import annotations

from scoring.bundle import Bundle
from scoring.content import missing_elements
from scoring.rules.result import failed, passed
from scoring.types import RuleResult

RULE = "R-CONTENT"


def check(bundle: Bundle) -> RuleResult:
    missing = missing_elements(bundle)
    if not missing:
        return passed(RULE)
    return failed(RULE, f"“{bundle.subject.title}” does not show: {', '.join(missing)}.")
