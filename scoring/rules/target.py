"""R-TARGET: the tested target equals production, or its differences are listed and immaterial."""

from __future__ import annotations

import re

from scoring.bundle import Bundle
from scoring.phrases import WRAPPED
from scoring.rules.result import failed, passed
from scoring.types import RuleResult

RULE = "R-TARGET"
# Another model, or one without what protects it, is another target wherever it ran.
OTHER_TARGET = re.compile(
    r"\b(?:older|earlier|previous|prior|different|smaller|base|public|generic|vanilla|another|next|newer|upcoming"
    r"|retired)"
    r"\s+(?:\w+\s+)?(?:model|build|version|release|checkpoint)\b"
    r"|\bwithout\s+(?:(?:the|its|any|production|live)\s+)*(?:guardrails?|system prompts?|tools?|retrieval|filters?"
    r"|safety|moderation|plugins?|agents?|assistant|orchestrat\w+|memory"
    r"|connectors?|index)"
    r"|\b(?:raw|bare|plain|stripped[- ]down|half-size|distilled|quanti[sz]ed)\s+(?:\w+\s+)?model\b|\bnever (?:went"
    r"|gone|been|was) (?:\w+ )?"
    r"(?:live|production|deployed|released)"
    r"|\b(?:guardrails?|filters?|moderation|tools?|retrieval|connectors?)\s+(?:\w+\s+)?(?:(?:was|were|is|are"
    r"|had been|being)\s+)?(?:off"
    r"|disabled|removed|switched off"
    r"|turned off|bypassed|mocked|stubbed|not (?:enabled|active|connected|included))"
    r"|\b(?:disabled|removed|mocked|stubbed)\s+(?:guardrails?|filters?|tools?|retrieval)"
    r"|\bno\s+(?:system prompts?|guardrails?|tools?|retrieval|filters?|moderation|connectors?)\b"
    r"|\bproduction (?:runs|uses|ran|used|has|is (?:on|at))\b|\bthan (?:in |the )?production\b"
    r"|\bnot\s+(?:\w+\s+)?(?:the\s+)?(?:production|identical|representative|equal|the same|equivalent|comparable"
    r"|live)"
    r"|\bdiffer(?:s|ed|ing)?\b|\bmock(?:ed|-up)?\b|\bunknown\b|\bunspecified\b|\bnot (?:stated|specified|known"
    r"|disclosed)\b|\bvendor demo\b",
    re.I,
)
OTHER_PLACE = re.compile(
    r"\b(?:demo|sandbox|prototype|proof[- ]of[- ]concept|poc|development|dev|test(?:ing)?|qa|uat|staging|lab"
    r"|laboratory|research"
    r"|playground|notebook|local|trial|pilot|simulat\w+|pre-?prod(?:uction)?|non-?prod(?:uction)?)\b",
    re.I,
)
# An account set aside for the testers is a place inside production.
ACCOUNTS = re.compile(
    r"\b(?:test(?:ing|er)?|demo|trial|pilot|sandbox|synthetic)\s+(?:tenants?|accounts?|users?|customers?|data"
    r"|credentials?|workspaces?"
    r"|organi[sz]ations?|windows?|periods?|subscriptions?|patients?|records?)\b|\b(?:reserved|set aside|created"
    r"|used) for (?:the )?test\w*",
    re.I,
)
EQUALS = re.compile(
    r"\bmirror|\bidentical\b|\bsame\b|\bequal(?:s|led)?\b|\bequivalent\b|\breplica\b|\bcop(?:y|ied)\b|\bclone"
    r"|\bparity\b|\bmatch(?:es|ed|ing)?\b"
    r"|\bproduction[- ](?:representative|equivalent|identical|like|configuration|configured|build|parity|grade)\b"
    r"|\brepresentative of production\b|\bconfigured as in production\b",
    re.I,
)
PRODUCTION = re.compile(r"(?<!pre-)(?<!pre)(?<!non-)(?<!non)\bproduction\b|\blive\b|\bin (?:service|operation)\b", re.I)
IMMATERIAL = re.compile(r"\bimmaterial\b|\bnot material\b|\bno material difference|\bno difference", re.I)
ABOUT_TARGET = re.compile(
    r"\b(?:target|mirror|production|tested against|environment|replica|build|configuration)\b", re.I
)


def check(bundle: Bundle) -> RuleResult:
    fact = bundle.of_kind("red_team_report") or bundle.subject
    said = fact.target or _from_text(fact.document_text)
    if not said:
        return failed(RULE, f"“{fact.title}” does not say which model and configuration were tested.")
    if not equals_production(said):
        return failed(RULE, f"“{fact.title}” tested “{said.rstrip('.')}”, which is not shown to equal production.")
    return passed(RULE)


def equals_production(said: str) -> bool:
    if IMMATERIAL.search(said):
        return EQUALS.search(said) is not None or PRODUCTION.search(said) is not None
    if OTHER_TARGET.search(said):
        return False
    if OTHER_PLACE.search(ACCOUNTS.sub(" ", said)):
        return EQUALS.search(said) is not None
    return PRODUCTION.search(said) is not None or EQUALS.search(said) is not None


def _from_text(text: str) -> str:
    sentences = re.split(r"(?<=[.!?])\s+|\n", WRAPPED.sub(" ", text))
    return " ".join(sentence for sentence in sentences if ABOUT_TARGET.search(sentence))
