"""How a rule says what it found."""

from __future__ import annotations

from functools import cache

from scoring.types import Outcome, RuleResult


@cache
def passed(rule: str) -> RuleResult:
    return RuleResult(rule=rule, outcome=Outcome.PASSED)


def failed(rule: str, sentence: str, *, silent: bool = False) -> RuleResult:
    return RuleResult(rule=rule, outcome=Outcome.FAILED, sentence=sentence, silent=silent)


def review(rule: str, sentence: str) -> RuleResult:
    return RuleResult(rule=rule, outcome=Outcome.REVIEW, sentence=sentence)


def warned(rule: str, sentence: str) -> RuleResult:
    return RuleResult(rule=rule, outcome=Outcome.FAILED, sentence=sentence, hard=False)


@cache
def quiet(rule: str) -> RuleResult:
    return RuleResult(rule=rule, outcome=Outcome.PASSED, hard=False)
