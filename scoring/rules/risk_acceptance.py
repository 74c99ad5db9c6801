"""G-6: the record of a buyer's executive risk acceptance is complete and in force."""

from __future__ import annotations

from scoring import exceptions
from scoring.bundle import Bundle
from scoring.rules.result import failed, passed, review
from scoring.types import RuleResult

RULE = "G-6"


def check(bundle: Bundle) -> RuleResult:
    item = exceptions.from_evidence(bundle.subject)
    setting = bundle.setting
    problem = exceptions.problem_of(item, on=bundle.on, parameters=setting.catalogue.parameters, deal=setting.deal)
    if problem:
        return failed(RULE, f"“{bundle.subject.title}” is not in force. {problem}")
    doubt = exceptions.doubt_of(item)
    return review(RULE, doubt) if doubt else passed(RULE)
