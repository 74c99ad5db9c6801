"""Requirements that rest on others: their order, derived states, and what an unmet parent does to its children."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from scoring.catalogue import Catalogue, Requirement
from scoring.results import RequirementResult, SystemResult, worst
from scoring.types import Outcome, RuleResult, State

# It asks for a buyer's acceptance of what is open.
RISK_ACCEPTANCE = "MG-7"


def ordered(catalogue: Catalogue) -> list[Requirement]:
    """Return the requirements so that each comes after those it rests on."""
    done: dict[str, Requirement] = {}

    def visit(requirement: Requirement) -> None:
        if requirement.id in done:
            return
        for name in (*requirement.depends_on, *requirement.derived_from):
            visit(catalogue.requirements[name])
        done[requirement.id] = requirement

    for requirement in catalogue.requirements.values():
        visit(requirement)
    return list(done.values())


def with_parents(
    requirement: Requirement, result: RequirementResult, results: Mapping[str, RequirementResult], *, cap: float
) -> RequirementResult:
    """Return the result of a requirement that cannot be met while one it depends on is not."""
    unmet = tuple(name for name in requirement.depends_on if name in results and results[name].is_open)
    if not unmet:
        return result
    parents = [results[name] for name in unmet]
    by_system = {name: _resting(own, name, parents) for name, own in result.for_system.items()}
    result = replace(result, unmet_parents=unmet, for_system=by_system)
    if not result.state.is_met:
        return result
    state = worst(parent.state for parent in parents)
    return replace(
        result,
        state=state,
        problems=(_not_met(parents, state),),
        warnings=(),
        expires_on=None,
        credit=min(result.credit, cap),
    )


def _resting(own: SystemResult, system: str, parents: Sequence[RequirementResult]) -> SystemResult:
    """Return the state for one system: met only where every parent is met for that system."""
    if not own.state.is_met:
        return own
    views = {parent.requirement: parent.for_system.get(system, _whole(parent)) for parent in parents}
    unmet = [parent for parent in parents if views[parent.requirement].is_open]
    if not unmet:
        return own
    state = worst(views[parent.requirement].state for parent in unmet)
    return replace(own, state=state, problems=(_not_met(unmet, state),), warnings=(), expires_on=None)


def _whole(result: RequirementResult) -> SystemResult:
    return SystemResult(state=result.state, problems=result.problems, expires_on=result.expires_on)


def _not_met(parents: Sequence[RequirementResult], state: State) -> RuleResult:
    names = " and ".join(f"“{parent.title}” ({parent.requirement})" for parent in parents)
    sentence = f"It rests on {names}, which {'is' if len(parents) == 1 else 'are'} not met."
    outcome = Outcome.REVIEW if state is State.UNDER_REVIEW else Outcome.FAILED
    return RuleResult(rule="depends_on", outcome=outcome, sentence=sentence)


def derived(requirement: Requirement, results: Mapping[str, RequirementResult]) -> RequirementResult:
    """Return the state of a derived requirement: the worst of those it derives from.

    Its rules say which of their problems it is about; where none is, all are told, for nothing is shown then.
    """
    parents = [results[name] for name in requirement.derived_from if name in results]
    parents = [parent for parent in parents if parent.state is not State.NOT_APPLICABLE]
    state = worst(parent.state for parent in parents) if parents else State.MISSING
    state = State.MET if state.is_met else state  # the parent tells its own warnings
    days = [parent.expires_on for parent in parents if parent.expires_on]
    return RequirementResult(
        requirement=requirement.id,
        title=requirement.title,
        state=state,
        problems=tuple(dict.fromkeys(problem for parent in parents for problem in _problems(requirement, parent))),
        evidence=tuple(dict.fromkeys(name for parent in parents for name in parent.evidence)),
        by_system={"": state},
        credit=1.0 if state.is_met else 0.0,
        expires_on=min(days) if days and state.is_met else None,
    )


def _problems(requirement: Requirement, parent: RequirementResult) -> tuple[RuleResult, ...]:
    if not parent.is_open:
        return ()
    if not parent.problems:
        sentence = f"There is no proof of “{parent.title}” ({parent.requirement}) yet."
        return (RuleResult(rule="derived_from", outcome=Outcome.FAILED, sentence=sentence),)
    return tuple(problem for problem in parent.problems if problem.rule in requirement.rules) or parent.problems
