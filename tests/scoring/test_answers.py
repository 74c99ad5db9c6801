"""The answer policy: a table of its cases, and the promise that nothing unproven sounds compliant."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.answers import Blank, Decision, Polarity, Value, decide
from scoring.results import RequirementResult
from scoring.types import Outcome, RuleResult, State

DIRECT, INVERTED, NEUTRAL = Polarity.DIRECT, Polarity.INVERTED, Polarity.NEUTRAL
MET, WARNED, EXPIRED, FAILED = State.MET, State.MET_WITH_WARNING, State.EXPIRED, State.FAILED
MISSING, REVIEW, NA = State.MISSING, State.UNDER_REVIEW, State.NOT_APPLICABLE


def result(name: str, state: State, *, approved: bool = True) -> RequirementResult:
    said = {
        FAILED: (RuleResult(rule="R-INDEP", outcome=Outcome.FAILED, sentence=f"{name} is self-issued."),),
        EXPIRED: (RuleResult(rule="R-AGE", outcome=Outcome.FAILED, sentence=f"{name} is too old."),),
        REVIEW: (RuleResult(rule="G-12", outcome=Outcome.REVIEW, sentence=f"{name} is contradicted."),),
    }
    return RequirementResult(
        requirement=name,
        title=f"Title of {name}",
        state=state,
        problems=said.get(state, ()),
        warnings=(RuleResult(rule="W-EXPIRING", outcome=Outcome.FAILED, sentence="Soon.", hard=False),)
        if state is WARNED
        else (),
        evidence=() if state in (MISSING, NA) else (f"E-{name}",),
        by_system={},
        expires_on=date(2027, 3, 1) if state.is_met else None,
        approved_not_applicable=approved and state is NA,
    )


def asked(*states: State, polarity: Polarity = DIRECT, partial: bool = False, approved: bool = True) -> Decision:
    made = {f"Q-{n}": result(f"Q-{n}", state, approved=approved) for n, state in enumerate(states, start=1)}
    return decide(tuple(made), made, polarity, partial_offered=partial)


@pytest.mark.parametrize(
    ("states", "polarity", "value", "blank"),
    [
        ((MET,), DIRECT, Value.YES, Blank.NONE),
        ((MET, WARNED), DIRECT, Value.YES, Blank.NONE),
        ((MET,), INVERTED, Value.NO, Blank.NONE),
        ((MET,), NEUTRAL, Value.NEEDS_INFORMATION, Blank.NOT_YES_OR_NO),
        ((FAILED,), DIRECT, Value.NO, Blank.NONE),
        ((EXPIRED,), DIRECT, Value.NO, Blank.NONE),
        ((FAILED,), INVERTED, Value.YES, Blank.NONE),
        ((FAILED,), NEUTRAL, Value.NEEDS_INFORMATION, Blank.NOT_YES_OR_NO),
        ((MET, EXPIRED), DIRECT, Value.NO, Blank.NONE),
        ((MISSING, FAILED), DIRECT, Value.NO, Blank.NONE),
        ((REVIEW, EXPIRED), INVERTED, Value.YES, Blank.NONE),
        ((MISSING,), DIRECT, Value.NEEDS_INFORMATION, Blank.MISSING),
        ((MISSING,), INVERTED, Value.NEEDS_INFORMATION, Blank.MISSING),
        ((MET, MISSING), DIRECT, Value.NEEDS_INFORMATION, Blank.MISSING),
        ((REVIEW, MET), DIRECT, Value.NEEDS_INFORMATION, Blank.UNDER_REVIEW),
        ((REVIEW, MISSING), DIRECT, Value.NEEDS_INFORMATION, Blank.MISSING),
        ((NA,), DIRECT, Value.NOT_APPLICABLE, Blank.NONE),
        ((NA, NA), INVERTED, Value.NOT_APPLICABLE, Blank.NONE),
        ((NA, MET), DIRECT, Value.NEEDS_INFORMATION, Blank.PARTLY_NOT_APPLICABLE),
        ((), DIRECT, Value.NEEDS_INFORMATION, Blank.NO_REQUIREMENT),
    ],
)
def test_the_answer(states: tuple[State, ...], polarity: Polarity, value: Value, blank: Blank) -> None:
    decision = asked(*states, polarity=polarity)
    assert (decision.value, decision.blank_code) == (value, blank)
    assert decision.because


@pytest.mark.parametrize(
    ("states", "polarity", "value"),
    [
        ((MET, FAILED), DIRECT, Value.PARTIAL),
        ((MET, EXPIRED, WARNED), DIRECT, Value.PARTIAL),
        ((MET, MET), DIRECT, Value.YES),
        ((FAILED, FAILED), DIRECT, Value.NO),
        ((MET, MISSING), DIRECT, Value.NEEDS_INFORMATION),
        ((MET, FAILED, MISSING), DIRECT, Value.NO),
        ((MET, FAILED, REVIEW), DIRECT, Value.NO),
        ((MET, FAILED, NA), DIRECT, Value.NO),
        ((MET, FAILED), INVERTED, Value.YES),
    ],
)
def test_partial_is_for_a_form_that_offers_it_and_a_gap_that_is_known(
    states: tuple[State, ...], polarity: Polarity, value: Value
) -> None:
    assert asked(*states, polarity=polarity, partial=True).value is value


def test_not_applicable_needs_the_buyers_approval() -> None:
    decision = asked(NA, approved=False)
    assert (decision.value, decision.blank_code) == (Value.NEEDS_INFORMATION, Blank.NOT_APPLICABLE_UNAPPROVED)
    assert "the buyer has not approved" in decision.because[0].sentence


def test_a_requirement_that_was_not_judged_keeps_the_answer_open() -> None:
    states = {"Q-1": result("Q-1", MET)}
    decision = decide(("Q-1", "SX-HI-1"), states, DIRECT, partial_offered=True)
    assert (decision.value, decision.blank_code) == (Value.NEEDS_INFORMATION, Blank.NOT_JUDGED)
    assert [reason.requirement for reason in decision.because] == ["SX-HI-1"]


def test_a_gap_beside_a_requirement_that_was_not_judged_is_no_and_never_partial() -> None:
    states = {"Q-1": result("Q-1", MET), "Q-2": result("Q-2", FAILED)}
    assert decide(("Q-1", "Q-2", "SX-HI-1"), states, DIRECT, partial_offered=True).value is Value.NO


def test_an_answer_cites_its_evidence_and_says_why() -> None:
    yes = asked(MET, WARNED)
    assert yes.cites == ("E-Q-1", "E-Q-2")
    assert [reason.sentence for reason in yes.because] == [
        "“Title of Q-1” (Q-1) is proven by accepted evidence until 1 March 2027.",
        "“Title of Q-2” (Q-2) is proven by accepted evidence until 1 March 2027.",
        "Soon.",
    ]
    no = asked(MET, FAILED)
    assert no.cites == ("E-Q-2",)
    assert [(reason.rule, reason.sentence) for reason in no.because] == [("R-INDEP", "Q-2 is self-issued.")]
    assert [reason.sentence for reason in asked(MISSING).because] == ["There is no proof of “Title of Q-1” (Q-1) yet."]


STATES = st.lists(st.sampled_from(list(State)), max_size=5)


@given(STATES, st.sampled_from(list(Polarity)), st.booleans(), st.booleans())
def test_no_answer_sounds_compliant_unless_everything_asked_is_met(
    states: list[State], polarity: Polarity, partial: bool, approved: bool
) -> None:
    decision = asked(*states, polarity=polarity, partial=partial, approved=approved)
    compliant = {DIRECT: Value.YES, INVERTED: Value.NO}.get(polarity)
    if decision.value is compliant:
        assert states
        assert all(state.is_met for state in states)
    if decision.value is Value.PARTIAL:
        assert partial
        assert any(state.is_met for state in states)
        assert {state for state in states if not state.is_met} <= {FAILED, EXPIRED}
    if decision.value is Value.NOT_APPLICABLE:
        assert approved
        assert set(states) == {NA}
    assert (decision.value is Value.NEEDS_INFORMATION) == (decision.blank_code is not Blank.NONE)
    assert decision.because


@given(STATES.filter(bool), st.booleans())
def test_a_yes_or_no_is_the_opposite_when_the_question_is_turned_round(states: list[State], partial: bool) -> None:
    swapped = {Value.YES: Value.NO, Value.NO: Value.YES, Value.PARTIAL: Value.YES}
    direct = asked(*states, partial=partial).value
    assert asked(*states, polarity=INVERTED, partial=partial).value is swapped.get(direct, direct)
