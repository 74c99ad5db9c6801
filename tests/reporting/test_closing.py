"""What closes a gap fits the rule that failed."""

from __future__ import annotations

import pytest

from evidence.catalogs import mandate
from rfp.reporting.closing import CORRECTIONS, VALIDATE, closing
from scoring.catalogue import LeadTime, Requirement
from scoring.types import Independence, Outcome, RuleResult

WORK = "Commission the assessment."


def requirement(independence: Independence = Independence.THIRD_PARTY_VALIDATED) -> Requirement:
    return Requirement(
        id="XX-3",
        category="lifecycle",
        title="Assessment",
        kind="primary",
        statement="",
        deliverable="",
        severity="high",
        weight=1,
        per_system=True,
        independence=independence,
        remediation=WORK,
        lead_time=LeadTime(least=1, typical=2, most=3),
        depends_on=("XX-1", "XX-2"),
    )


def problem(rule: str, sentence: str = "", *, silent: bool = False) -> RuleResult:
    return RuleResult(rule=rule, outcome=Outcome.FAILED, sentence=sentence, silent=silent)


SCOPE = problem("R-SCOPE-SYSTEM", "“Report” does not name Helper.")
PARENT = problem("depends_on", "It rests on “First” (XX-1), which is not met.")


@pytest.mark.parametrize(
    ("problems", "said"),
    [
        ([], WORK),
        ([problem("R-KIND")], WORK),
        ([problem("R-CONTENT", silent=True)], WORK),
        ([problem("R-KIND"), problem("R-AGE")], WORK),
        ([problem("R-LINK")], VALIDATE),
        ([problem("R-INDEP"), problem("R-LINK")], VALIDATE),
        ([problem("R-AGE")], f"Renew it: {WORK}"),
        ([problem("R-EXERCISE")], f"Renew it: {WORK}"),
        ([problem("R-VALID"), problem("R-REVIEW")], f"Renew it: {WORK}"),
        ([SCOPE], f"Extend the scope to Helper: {WORK}"),
        ([problem("R-SCOPE-AI", "No AI system is named.")], f"Extend the scope to Helper and Ranker: {WORK}"),
        ([SCOPE, problem("R-AGE")], f"Renew it. Extend the scope to Helper: {WORK}"),
        ([problem("R-RETEST")], CORRECTIONS["R-RETEST"]),
        ([problem("R-VERSION"), problem("R-ASSESSOR")], f"{CORRECTIONS['R-ASSESSOR']} {CORRECTIONS['R-VERSION']}"),
        ([problem("R-LINK"), problem("R-AGE")], f"Renew it: {WORK} {VALIDATE}"),
        ([PARENT], "Close XX-1 first."),
        ([problem("depends_on", "What it rests on is open.")], "Close XX-1 and XX-2 first."),
        ([PARENT, problem("R-AGE")], f"Close XX-1 first. Renew it: {WORK}"),
    ],
)
def test_what_closes_a_gap(problems: list[RuleResult], said: str) -> None:
    assert closing(requirement(), problems, systems=("Helper", "Ranker")) == said


def test_a_letter_closes_nothing_where_only_a_third_party_may_issue() -> None:
    assert closing(requirement(Independence.THIRD_PARTY_ISSUED), [problem("R-INDEP")]) == WORK


def test_without_systems_the_scope_is_that_of_the_deal() -> None:
    assert closing(requirement(), [SCOPE]) == f"Extend the scope to the AI systems of the deal: {WORK}"


def test_every_correction_is_of_a_rule_of_the_catalogue() -> None:
    assert CORRECTIONS.keys() <= mandate.load().rules.keys()
