"""The gate and the readiness beside it, on results made by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from evidence.catalogs.mandate import load
from scoring.readiness import assess
from scoring.results import RequirementResult
from scoring.types import Deal, ExceptionFact, Independence, Issuer, Person, State, SystemFact, Verdict
from scoring.verdict import CategoryState, decide

ON = date(2026, 11, 23)
DEAL = Deal(contracting_entity="Example AB", systems=(SystemFact(name="Assist"),))
RISK = ExceptionFact(
    id="X",
    requirements=("BF-7",),
    residual_risk="medium",
    compensating_controls="Monthly review.",
    approver=Person(name="Klara Ott", title="Chief Risk Officer"),
    requester=Person(name="Jens Rau", title="Sourcing manager"),
    issuer=Issuer(name="Buyer", independence=Independence.BUYER_ISSUED),
    approved_on=date(2026, 9, 30),
    expires_on=date(2027, 3, 29),
)


def results(**states: State) -> dict[str, RequirementResult]:
    wanted = {name.replace("_", "-"): state for name, state in states.items()}
    return {
        requirement.id: RequirementResult(
            requirement=requirement.id,
            state=wanted.get(requirement.id, State.MET),
            by_system={},
            credit=0.0 if requirement.id in wanted else 1.0,
        )
        for requirement in load().requirements.values()
        if not requirement.sector
    }


@pytest.mark.parametrize(
    ("states", "risks", "verdict"),
    [
        ({}, (), Verdict.QUALIFIED),
        ({"BF_7": State.MET_WITH_WARNING}, (), Verdict.QUALIFIED),
        ({"BF_7": State.MISSING}, (), Verdict.NOT_QUALIFIED),
        ({"BF_7": State.MISSING}, (RISK,), Verdict.ACCEPTED_WITH_RISK),
        ({"BF_7": State.MISSING, "BF_6": State.FAILED}, (RISK,), Verdict.NOT_QUALIFIED),
        ({"BF_7": State.UNDER_REVIEW}, (), Verdict.UNDER_REVIEW),
        ({"BF_7": State.UNDER_REVIEW, "AT_8": State.EXPIRED}, (), Verdict.NOT_QUALIFIED),
        ({"BF_7": State.MISSING}, (replace(RISK, expires_on=date(2026, 11, 22)),), Verdict.NOT_QUALIFIED),
        ({"BF_7": State.MISSING}, (replace(RISK, expires_on=ON),), Verdict.ACCEPTED_WITH_RISK),
        ({"BF_7": State.MISSING}, (replace(RISK, requester=RISK.approver),), Verdict.NOT_QUALIFIED),
        ({"BF_7": State.MISSING}, (replace(RISK, approver=Person(name="A", title="Buyer")),), Verdict.NOT_QUALIFIED),
        ({"BF_7": State.MISSING}, (replace(RISK, expires_on=date(2027, 10, 1)),), Verdict.NOT_QUALIFIED),
        ({"BF_7": State.MISSING}, (replace(RISK, systems=("Other",)),), Verdict.NOT_QUALIFIED),
        ({"MG_8": State.MISSING}, (), Verdict.NOT_QUALIFIED),
    ],
)
def test_the_verdict(states: dict[str, State], risks: tuple[ExceptionFact, ...], verdict: Verdict) -> None:
    made = results(**states)
    for name in states:
        key = name.replace("_", "-")
        made[key] = replace(made[key], systems_open=("Assist",))
    assert decide(load(), made, on=ON, deal=DEAL, accepted_risks=risks).verdict is verdict


def test_a_category_in_which_nothing_applies_is_not_assessed_and_cannot_pass() -> None:
    made = {
        name: replace(result, state=State.NOT_APPLICABLE) if name.startswith("BF") else result
        for name, result in results().items()
    }
    gate = decide(load(), made, on=ON, deal=DEAL)
    assert gate.categories["bias_fairness"] is CategoryState.NOT_ASSESSED
    assert gate.verdict is Verdict.NOT_QUALIFIED
    assert assess(load(), made, gate_passed=False).by_category["bias_fairness"] is None


def test_readiness_follows_the_worked_example() -> None:
    made = results(AT_8=State.FAILED)
    made["AT-8"] = replace(made["AT-8"], credit=0.5 * 5 / 6)
    readiness = assess(load(), made, gate_passed=False)
    share = readiness.by_category["adversarial_testing"]
    assert share is not None
    assert int(share) == 92
    assert readiness.shown == 98


def test_readiness_stays_below_a_hundred_while_the_gate_fails() -> None:
    assert assess(load(), results(), gate_passed=True).shown == 100
    assert assess(load(), results(), gate_passed=False).shown == 99
