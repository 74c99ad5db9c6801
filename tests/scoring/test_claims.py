"""What proof says of an answer, case by case; the traps that such tools fall into have tests of their own."""

from __future__ import annotations

import pytest

from scoring.answers import Polarity
from scoring.claims import Claim, judge_claim
from scoring.results import RequirementResult
from scoring.tender.offers import Standing
from scoring.types import Outcome, RuleResult, State


def states(*, rule: str = "R-AGE", approved: bool = False, **given: State) -> dict[str, RequirementResult]:
    """Return results by requirement; AT_5 stands for AT-5. What failed failed the rule."""
    found = {}
    for key, state in given.items():
        name = key.replace("_", "-")
        problems = (
            (RuleResult(rule=rule, outcome=Outcome.FAILED, sentence="It fails."),) if state is State.FAILED else ()
        )
        found[name] = RequirementResult(
            requirement=name,
            title=name,
            state=state,
            problems=problems,
            evidence=("DOC-1",) if state is not State.MISSING else (),
            by_system={},
            approved_not_applicable=approved,
        )
    return found


def claim(value: str, *requirements: str, text: str = "", **more: object) -> Claim:
    return Claim(value=value, text=text or value.title(), requirements=requirements, **more)  # type: ignore[arg-type]  # by name


MET, FAILED, MISSING = State.MET, State.FAILED, State.MISSING


@pytest.mark.parametrize(
    ("said", "found", "expected"),
    [
        (claim("yes", "AT-5"), states(AT_5=MET), Standing.SUPPORTED),
        (claim("yes", "AT-5"), states(AT_5=State.MET_WITH_WARNING), Standing.SUPPORTED),
        (claim("yes", "AT-5"), states(AT_5=FAILED), Standing.UNSUPPORTED),
        (claim("yes", "AT-5"), states(AT_5=State.EXPIRED), Standing.UNSUPPORTED),
        (claim("yes", "LR-2"), states(LR_2=FAILED, rule="R-SCOPE-SYSTEM"), Standing.CONTRADICTED),
        (claim("yes", "AT-8"), states(AT_8=FAILED, rule="R-RETEST"), Standing.CONTRADICTED),
        (claim("yes", "AT-5"), states(AT_5=MISSING), Standing.NOT_SHOWN),
        (claim("yes", "AT-5"), states(AT_5=State.UNDER_REVIEW), Standing.UNKNOWN),
        (claim("yes", "SX-DO-1"), states(), Standing.UNKNOWN),
        # Partial compliance is non-compliance.
        (claim("yes", "AT-5", "AT-8"), states(AT_5=MET, AT_8=FAILED), Standing.UNSUPPORTED),
        (claim("partial", "AT-5", "AT-8"), states(AT_5=MET, AT_8=FAILED), Standing.PARTIAL),
        (claim("partial", "AT-5"), states(AT_5=MET), Standing.PARTIAL),
        (claim("partial", "AT-5"), states(AT_5=FAILED), Standing.UNSUPPORTED),
        (claim("partial", "AT-5"), states(AT_5=MISSING), Standing.NOT_SHOWN),
        (claim("no", "AT-5"), states(AT_5=MET), Standing.NO),
        (claim("no", "AT-5"), states(AT_5=MISSING), Standing.NO),
        (claim("planned", "AT-5"), states(AT_5=MET), Standing.NO),
        # Words instead of yes or no: what is asked for is proven or it is not.
        (claim("", "AT-5", text="See the report."), states(AT_5=MET), Standing.SUPPORTED),
        (claim("", "AT-5", text="See the report."), states(AT_5=MISSING), Standing.NOT_SHOWN),
        # "Is it correct that you have not ...?": the compliant answer is no.
        (claim("no", "AT-5", polarity=Polarity.INVERTED), states(AT_5=MET), Standing.SUPPORTED),
        (claim("yes", "AT-5", polarity=Polarity.INVERTED), states(AT_5=MET), Standing.NO),
        (claim("no", "AT-5", polarity=Polarity.INVERTED), states(AT_5=FAILED), Standing.UNSUPPORTED),
        (claim("yes", "RA-1", false_premise="Nobody certifies it."), states(RA_1=MET), Standing.UNKNOWN),
        (claim("yes"), states(), Standing.STATED),
        (claim("no"), states(), Standing.STATED),
    ],
)
def test_judge_claim(said: Claim, found: dict[str, RequirementResult], expected: Standing) -> None:
    judged = judge_claim(said, found)
    assert judged.standing is expected
    assert all(reason.sentence for reason in judged.because)
    assert judged.because


@pytest.mark.parametrize("found", [states(AT_5=MET), states(AT_5=MISSING), states()])
@pytest.mark.parametrize("requirements", [("AT-5",), ()])
def test_silence_is_not_rewarded(requirements: tuple[str, ...], found: dict[str, RequirementResult]) -> None:
    said = Claim(value="", text="  \n", requirements=requirements)
    assert judge_claim(said, found).standing is Standing.UNANSWERED
    assert judge_claim(said, found, does_not_apply=True).standing is Standing.UNANSWERED


@pytest.mark.parametrize(
    ("said", "found", "waived", "expected"),
    [
        (claim("not_applicable", "AT-6"), states(AT_6=MISSING), False, Standing.NA_CLAIMED),
        (claim("not_applicable", "AT-6"), states(AT_6=MET), False, Standing.NA_CLAIMED),
        # By nature it may not apply; until the buyer has said so it is a claim.
        (claim("not_applicable", "AT-6"), states(AT_6=State.NOT_APPLICABLE), False, Standing.NA_CLAIMED),
        (
            claim("not_applicable", "AT-6"),
            states(AT_6=State.NOT_APPLICABLE, approved=True),
            False,
            Standing.NA_APPROVED,
        ),
        # Approved for one of two requirements is not approved.
        (
            claim("not_applicable", "AT-6", "AT-5"),
            states(AT_6=State.NOT_APPLICABLE, AT_5=MISSING, approved=True),
            False,
            Standing.NA_CLAIMED,
        ),
        (claim("not_applicable", "AT-6"), states(), True, Standing.NA_CLAIMED),
        (claim("not_applicable"), states(), False, Standing.NA_CLAIMED),
        (claim("not_applicable"), states(), True, Standing.NA_APPROVED),
    ],
)
def test_not_applicable_is_not_rewarded_until_the_buyer_approves(
    said: Claim, found: dict[str, RequirementResult], waived: bool, expected: Standing
) -> None:
    assert judge_claim(said, found, does_not_apply=waived).standing is expected


FROM_WORST = (MISSING, State.UNDER_REVIEW, MET)
WORTH = {Standing.NOT_SHOWN: 0, Standing.UNSUPPORTED: 0, Standing.UNKNOWN: 0, Standing.SUPPORTED: 1}


@pytest.mark.parametrize("better", FROM_WORST)
@pytest.mark.parametrize("worse", (*FROM_WORST, FAILED))
def test_better_evidence_never_lowers_a_claim(better: State, worse: State) -> None:
    order = {FAILED: 0, MISSING: 0, State.UNDER_REVIEW: 1, MET: 2}
    if order[worse] > order[better]:
        return
    low = judge_claim(claim("yes", "AT-5"), states(AT_5=worse)).standing
    high = judge_claim(claim("yes", "AT-5"), states(AT_5=better)).standing
    assert WORTH[low] <= WORTH[high]
