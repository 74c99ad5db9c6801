"""R-VERSION: a version identifier, a revision history and an approver are present."""

from __future__ import annotations

import re
from functools import lru_cache

from scoring.bundle import Bundle
from scoring.phrases import read
from scoring.rules.result import failed, passed
from scoring.types import EvidenceFact, RuleResult

RULE = "R-VERSION"
# An outside report of this kind is identified by its issuer, number and date.
REPORTS = frozenset({"bias_audit_report", "conformity_assessment", "iso_certificate", "soc2_type2_report"})
VERSION = re.compile(r"\b(?:version|revision|v)\.?\s*\d", re.I)
HISTORY = re.compile(
    r"\b(?:version|revision|change|document)s?\s+(?:history|control|log|record|number|identifier)|\bversion\b"
    r"|\brevisions?\b",
    re.I,
)
APPROVER = re.compile(r"\bapprov(?:er|ed|al)\b|\bsign(?:ed)?[- ]off\b", re.I)
EMPTY = re.compile(
    r"\b(?P<what>version history|revision history|approver|approved by|approval)\W+(?:none|n/?a|not |empty|missing"
    r"|tbd|pending|open)"
    r"|\bunversioned\b|\bunapproved\b",
    re.I,
)


def check(bundle: Bundle) -> RuleResult:
    problem = problem_of(bundle.subject)
    return failed(RULE, problem) if problem else passed(RULE)


@lru_cache(maxsize=4096)
def problem_of(fact: EvidenceFact) -> str:
    text = read(fact.document_text)
    left_out = "\n".join(text.left_out)
    empty = EMPTY.search(fact.document_text)
    if not fact.version and not VERSION.search(text.kept) and not (fact.independent and fact.kind in REPORTS):
        return f"“{fact.title}” carries no version."
    if HISTORY.search(left_out) or (empty and not APPROVER.search(empty[0])):
        return f"“{fact.title}” has no revision history."
    if APPROVER.search(left_out) or empty or (fact.approver is not None and not fact.approver.name):
        return f"“{fact.title}” names nobody who approved it."
    return ""
