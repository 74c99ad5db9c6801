"""R-CONTENT: every element the requirement must contain is found in the artefacts."""

from __future__ import annotations

from scoring.bundle import Bundle
from scoring.content import denies_subject, missing_elements
from scoring.rules.result import failed, passed
from scoring.types import RuleResult

RULE = "R-CONTENT"


def check(bundle: Bundle) -> RuleResult:
    missing = missing_elements(bundle)
    if not missing:
        return passed(RULE)
    # A bias audit that does not speak of drift does not say that nobody watches it.
    made_for_it = bundle.subject.kind == bundle.requirement.paths[0].needs[0]
    sentence = f"“{bundle.subject.title}” does not show: {', '.join(missing)}."
    return failed(RULE, sentence, silent=not made_for_it and not denies_subject(bundle))
