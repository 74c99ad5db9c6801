"""The state of one requirement on a day: the best bundle for each AI system, and the worst system decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from scoring.about import is_about_others
from scoring.applies import is_approved, is_not_applicable
from scoring.bundle import Setting, same_standard
from scoring.candidates import Candidate, best, candidates, rests_on
from scoring.catalogue import Requirement
from scoring.results import Judgement, RequirementResult, SystemResult, worst
from scoring.types import Outcome, RuleResult, State, SystemFact


@dataclass(frozen=True, slots=True)
class _SystemView:
    """What was found for one system (empty name: for the organisation)."""

    name: str
    state: State
    judged: tuple[Judgement, ...] = ()

    @property
    def choice(self) -> Judgement | None:
        return best(self.judged)

    @property
    def accepted(self) -> tuple[Judgement, ...]:
        return tuple(judgement for judgement in self.judged if judgement.accepted)

    @property
    def expires_on(self) -> date | None:
        """Return the last day of the path that lasts longest, None for one that does not end."""
        days = [judgement.expires_on for judgement in self.accepted]
        return max((day for day in days if day), default=None) if all(days) else None

    @property
    def result(self) -> SystemResult:
        choice = self.choice
        if choice is None:
            return SystemResult(state=self.state)
        return SystemResult(
            state=self.state,
            problems=tuple(dict.fromkeys((*choice.failed, *choice.reviews))),
            warnings=tuple(dict.fromkeys(choice.warnings)) if choice.accepted else (),
            evidence=choice.evidence,
            expires_on=self.expires_on,
        )

    def credit(self, cap: float) -> float:
        """Return the share of the proof that is there (DOMAIN 5.3), which never decides."""
        if self.accepted:
            return 1.0
        return max((cap * j.share_passed * (1.0 if j.independent else 0.5) for j in self.judged), default=0.0)


def state_of(requirement: Requirement, setting: Setting, results: Mapping[str, RequirementResult]) -> RequirementResult:
    """Return the state of a requirement, given those it depends on."""
    systems: Sequence[SystemFact | None] = (setting.deal.systems if requirement.per_system else ()) or (None,)
    parents = [results[name] for name in requirement.depends_on if name in results]
    views = [_view(requirement, setting, system, parents) for system in systems]
    applicable = [view for view in views if view.state is not State.NOT_APPLICABLE]
    state = worst(view.state for view in applicable) if applicable else State.NOT_APPLICABLE
    choices = [view.choice for view in applicable]
    chosen = [choice for choice in choices if choice is not None]
    days = [view.expires_on for view in applicable if view.expires_on]
    cap = setting.catalogue.parameters.readiness_partial_cap
    return RequirementResult(
        requirement=requirement.id,
        title=requirement.title,
        state=state,
        problems=tuple(dict.fromkeys(result for j in chosen for result in (*j.failed, *j.reviews))),
        warnings=tuple(dict.fromkeys(result for j in chosen if j.accepted for result in j.warnings)),
        evidence=tuple(dict.fromkeys(name for j in chosen for name in j.evidence)),
        proven_by=tuple(dict.fromkeys(name for view in applicable for j in view.accepted for name in j.evidence)),
        by_system={view.name: view.state for view in views},
        for_system={view.name: view.result for view in views},
        systems_open=tuple(view.name for view in applicable if view.name and not view.state.is_met),
        credit=min((view.credit(cap) for view in applicable), default=0.0),
        expires_on=min(days) if days and state.is_met else None,
        approved_not_applicable=not applicable
        and all(is_approved(requirement, system, setting.deal) for system in systems),
    )


def _view(
    requirement: Requirement, setting: Setting, system: SystemFact | None, parents: Sequence[RequirementResult]
) -> _SystemView:
    name = system.name if system else ""
    if is_not_applicable(requirement, system, setting.deal):
        return _SystemView(name, State.NOT_APPLICABLE)
    found = [c for c in candidates(requirement, setting, system) if _says_something(c, requirement)]
    for parent in parents:
        if parent.state.is_met and parent.proven_by:
            found = [_resting_on(candidate, parent) for candidate in found]
    judged = tuple(candidate.judgement for candidate in found)
    choice = best(judged)
    return _SystemView(name, choice.state if choice else State.MISSING, judged)


def _says_something(candidate: Candidate, requirement: Requirement) -> bool:
    """Return whether a bundle is proof at all, good or bad.

    A certificate to another standard, a report on other systems and what a newer one replaced are no failed proof.
    """
    bundle = candidate.bundle
    if bundle.superseded_by is not None or is_about_others(bundle.subject, bundle.setting):
        return False
    schemes = ((fact.scheme, requirement.schemes.get(fact.kind, "")) for fact in bundle.facts)
    return all(same_standard(scheme, wanted) for scheme, wanted in schemes)


def _resting_on(candidate: Candidate, parent: RequirementResult) -> Candidate:
    """Object to proof that has nothing to do with what proves the requirement it depends on."""
    if rests_on(candidate, parent.proven_by):
        return candidate
    sentence = (
        f"“{candidate.bundle.subject.title}” is not linked to what proves “{parent.title}” ({parent.requirement})."
    )
    result = RuleResult(rule="R-LINK", outcome=Outcome.FAILED, sentence=sentence)
    judgement = candidate.judgement
    return Candidate(candidate.bundle, replace(judgement, results=(*judgement.results, result)))
