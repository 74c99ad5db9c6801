"""G-6: the record of a buyer's executive risk acceptance is complete and in force."""

from __future__ import annotations

from scoring import exceptions
from scoring.bundle import Bundle
from scoring.rules.result import failed, passed
from scoring.types import RuleResult

RULE = "G-6"


def check(bundle: Bundle) -> RuleResult:
    problem = exceptions.problem_of(
        exceptions.from_evidence(bundle.subject),
        on=bundle.on,
        parameters=bundle.catalogue.parameters,
        deal=bundle.deal,
    )
    return failed(RULE, problem) if problem else passed(RULE)
