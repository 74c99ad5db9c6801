"""R-COMPLETE: the full report rather than an extract or badge, and no sign of alteration."""

from __future__ import annotations

import re

from scoring.bundle import Bundle
from scoring.rules.result import failed, passed
from scoring.types import RuleResult

RULE = "R-COMPLETE"
EXTRACT = re.compile(
    r"\b(?:executive summary|summary only|extract|excerpt|redacted|badge|logo|screenshot|one[- ]page|cover page"
    r"|first page|press release|abridged|selected pages)\b",
    re.I,
)


def check(bundle: Bundle) -> RuleResult:
    for fact in bundle.facts:
        if fact.authentic is False:
            return failed(RULE, f"“{fact.title}” shows signs of alteration, or its issuer does not confirm it.")
        if fact.complete is False:
            return failed(RULE, f"“{fact.title}” is not the full document.")
        if fact.complete is None and EXTRACT.search(f"{fact.title}\n{fact.scope}"):
            return failed(RULE, f"“{fact.title}” is an extract or a badge rather than the full document.")
    return passed(RULE)
