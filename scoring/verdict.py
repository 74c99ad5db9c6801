"""The strict gate (DOMAIN 5.2): every applicable requirement is met, or an executive accepted each gap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
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
    """``open_requirements`` are those not met; ``accepted`` maps each that is covered to its risk acceptance.

    ``lapsing`` are the acceptances in force that end within the warning period.
    """

    verdict: Verdict
    categories: Mapping[str, CategoryState]
    open_requirements: tuple[str, ...]
    accepted: Mapping[str, str]
    lapsing: tuple[str, ...] = ()

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
    gating = [r for r in catalogue.requirements.values() if gates(r) and r.id in results]
    categories = {
        category.id: _category_state([results[r.id].state for r in gating if r.category == category.id])
        for category in catalogue.categories
    }
    in_force = [risk for risk in accepted_risks if _is_in_force(risk, on, catalogue, deal)]
    open_requirements = tuple(r.id for r in gating if results[r.id].is_open)
    accepted = {
        name: risk.id
        for name in open_requirements
        for risk in in_force
        if name in risk.requirements and _covers_systems(risk, results[name], deal)
    }
    not_assessed = [name for name, state in categories.items() if state is CategoryState.NOT_ASSESSED]
    unaccepted = [name for name in not_assessed if not any(_names_all_of(risk, name, gating) for risk in in_force)]
    uncovered = [results[name].state for name in open_requirements if name not in accepted]
    if not open_requirements and not not_assessed:
        verdict = Verdict.QUALIFIED
    else:
        verdict = Verdict.NOT_QUALIFIED if unaccepted else _not_qualified(uncovered)
    soon = on + timedelta(days=catalogue.parameters.exception_warn_days)
    return Gate(
        verdict=verdict,
        categories=categories,
        open_requirements=open_requirements,
        accepted=accepted,
        lapsing=tuple(risk.id for risk in in_force if risk.expires_on and risk.expires_on <= soon),
    )


def _not_qualified(uncovered: Sequence[State]) -> Verdict:
    """Return the verdict of what is not qualified, given the states of what no acceptance covers."""
    if not uncovered:
        return Verdict.ACCEPTED_WITH_RISK
    if all(state is State.UNDER_REVIEW for state in uncovered):
        return Verdict.UNDER_REVIEW
    return Verdict.NOT_QUALIFIED


def gates(requirement: Requirement) -> bool:
    """Return whether a requirement decides the verdict.

    The mandate's derived requirements repeat what others decide; its register and the active add-ons do gate.
    """
    return requirement.category != "mandate" or requirement.kind == "primary"


def _category_state(states: Sequence[State]) -> CategoryState:
    applicable = [state for state in states if state is not State.NOT_APPLICABLE]
    if not applicable:
        return CategoryState.NOT_ASSESSED
    if all(state.is_met for state in applicable):
        return CategoryState.PASSED
    if all(state.is_met or state is State.UNDER_REVIEW for state in applicable):
        return CategoryState.UNDER_REVIEW
    return CategoryState.FAILED


def _is_in_force(risk: ExceptionFact, on: date, catalogue: Catalogue, deal: Deal) -> bool:
    """Return whether an acceptance counts; while a person has to decide whether it may, it does not."""
    problem = exceptions.problem_of(risk, on=on, parameters=catalogue.parameters, deal=deal)
    return not problem and not exceptions.doubt_of(risk)


def _covers_systems(risk: ExceptionFact, result: RequirementResult, deal: Deal) -> bool:
    """An acceptance covers the systems it names; one that names none covers all."""
    wanted = set(result.systems_open) or {system.name for system in deal.systems}
    return not risk.systems or wanted <= set(risk.systems)


def _names_all_of(risk: ExceptionFact, category: str, gating: Sequence[Requirement]) -> bool:
    """An acceptance of a category in which nothing applies names all that was left out of it."""
    return {r.id for r in gating if r.category == category} <= set(risk.requirements)
