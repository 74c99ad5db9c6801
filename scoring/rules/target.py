"""R-TARGET: the tested target equals production, or its differences are listed and immaterial."""

from __future__ import annotations

import re

from scoring.bundle import Bundle
from scoring.rules.result import failed, passed
from scoring.types import RuleResult

RULE = "R-TARGET"
UNLIKE = re.compile(
    r"\b(?:older|earlier|previous|different|smaller|base|public|generic|vanilla)\s+(?:model|build|version|release)"
    r"|\b(?:demo|sandbox|prototype|proof of concept|poc|development|dev|test|staging|lab|research|playground)\b"
    r"|without\s+(?:the\s+)?(?:guardrails?|system prompt|tools?|retrieval|filters?)"
    r"|guardrails?\s+(?:were\s+)?(?:off|disabled|removed)|not\s+(?:the\s+)?production|simulat|mock",
    re.I,
)
LIKE = re.compile(r"\bproduction\b|\blive\b|same (?:model|build)|identical", re.I)


def check(bundle: Bundle) -> RuleResult:
    fact = bundle.of_kind("red_team_report") or bundle.subject
    said = fact.target or _from_text(fact.document_text)
    if not said:
        return failed(RULE, f"“{fact.title}” does not say which model and configuration were tested.")
    unlike = UNLIKE.search(said)
    if unlike and not re.search(r"immaterial|same (?:model|build)|identical|mirror", said, re.I):
        return failed(RULE, f"“{fact.title}” tested “{said}”, which is not shown to equal production.")
    if not LIKE.search(said):
        return failed(RULE, f"“{fact.title}” tested “{said}”, which is not shown to equal production.")
    return passed(RULE)


def _from_text(text: str) -> str:
    sentences = re.split(r"(?<=[.!?])\s+|\n", text)
    return next(
        (s for s in sentences if re.search(r"\b(?:target|mirror|production|tested against|environment)\b", s, re.I)), ""
    )
