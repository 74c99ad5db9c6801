"""The strict gate (DOMAIN 5.2): every applicable requirement is met, or an executive accepted each gap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from scoring import exceptions
from scoring.catalogue import Catalogue, Requirement
from scoring.results import RequirementResult
from scoring.types import Deal, ExceptionFact, State, Verdict


class CategoryState(StrEnum):
    PASSED = "passed"
    FAILED = "failed"
    UNDER_REVIEW = "under_review"
    NOT_ASSESSED = "not_assessed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """``open_requirements`` are those not met; ``accepted`` maps each that is covered to its risk acceptance."""

    verdict: Verdict
    categories: Mapping[str, CategoryState]
    open_requirements: tuple[str, ...]
    accepted: Mapping[str, str]

    @property
    def opens_a_stage(self) -> bool:
        return self.verdict in (Verdict.QUALIFIED, Verdict.ACCEPTED_WITH_RISK)


def decide(
    catalogue: Catalogue,
    results: Mapping[str, RequirementResult],
    *,
    on: date,
    deal: Deal,
    accepted_risks: Sequence[ExceptionFact] = (),
) -> Gate:
    """Return the verdict on a day. An acceptance changes the verdict, never the state of a requirement."""
    gating = [r for r in catalogue.requirements.values() if _gates(r) and r.id in results]
    states = {r.id: results[r.id].state for r in gating}
    categories = {
        category.id: _category_state([states[r.id] for r in gating if r.category == category.id])
        for category in catalogue.categories
    }
    open_requirements = tuple(
        name for name, state in states.items() if not state.is_met and state is not State.NOT_APPLICABLE
    )
    not_assessed = any(state is CategoryState.NOT_ASSESSED for state in categories.values())
    in_force = [
        risk
        for risk in accepted_risks
        if not exceptions.problem_of(risk, on=on, parameters=catalogue.parameters, deal=deal)
    ]
    accepted = {
        name: risk.id
        for name in open_requirements
        for risk in in_force
        if name in risk.requirements and _covers_systems(risk, results[name], deal)
    }
    if not open_requirements and not not_assessed:
        verdict = Verdict.QUALIFIED
    elif not not_assessed and all(name in accepted for name in open_requirements):
        verdict = Verdict.ACCEPTED_WITH_RISK
    elif not not_assessed and all(states[name] is State.UNDER_REVIEW or name in accepted for name in open_requirements):
        verdict = Verdict.UNDER_REVIEW
    else:
        verdict = Verdict.NOT_QUALIFIED
    return Gate(verdict=verdict, categories=categories, open_requirements=open_requirements, accepted=accepted)


def _gates(requirement: Requirement) -> bool:
    """The mandate's derived requirements repeat what others decide; the register and active add-ons gate."""
    return requirement.category != "mandate" or requirement.id == "MG-8"


def _category_state(states: Sequence[State]) -> CategoryState:
    applicable = [state for state in states if state is not State.NOT_APPLICABLE]
    if not applicable:
        return CategoryState.NOT_ASSESSED
    if all(state.is_met for state in applicable):
        return CategoryState.PASSED
    if all(state.is_met or state is State.UNDER_REVIEW for state in applicable):
        return CategoryState.UNDER_REVIEW
    return CategoryState.FAILED


def _covers_systems(risk: ExceptionFact, result: RequirementResult, deal: Deal) -> bool:
    """An acceptance covers the systems it names; one that names none covers all."""
    wanted = set(result.systems_open) or {system.name for system in deal.systems}
    return not risk.systems or wanted <= set(risk.systems)
