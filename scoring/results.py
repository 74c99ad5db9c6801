"""What judging gives: a bundle judged, an artefact judged for its claims, and the state of a requirement on a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from scoring.types import ArtefactVerdict, Outcome, RuleResult, State

# Rules that time alone can break: proof that fails only these has expired, it has not failed.
AGE_RULES = frozenset({"R-AGE", "R-EXERCISE", "R-VALID", "R-REVIEW"})

FROM_BEST_TO_WORST = (
    State.NOT_APPLICABLE,
    State.MET,
    State.MET_WITH_WARNING,
    State.UNDER_REVIEW,
    State.MISSING,
    State.EXPIRED,
    State.FAILED,
)


def worst(states: Iterable[State]) -> State:
    return max(states, key=FROM_BEST_TO_WORST.index)


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """One bundle of artefacts judged for one requirement and system."""

    requirement: str
    path: str
    system: str
    evidence: tuple[str, ...]
    results: tuple[RuleResult, ...]
    expires_on: date | None
    independent: bool

    @cached_property
    def failed(self) -> tuple[RuleResult, ...]:
        return tuple(r for r in self.results if r.hard and r.outcome is Outcome.FAILED)

    @cached_property
    def reviews(self) -> tuple[RuleResult, ...]:
        return tuple(r for r in self.results if r.hard and r.outcome is Outcome.REVIEW)

    @cached_property
    def warnings(self) -> tuple[RuleResult, ...]:
        return tuple(r for r in self.results if not r.hard and r.outcome is Outcome.FAILED)

    @cached_property
    def accepted(self) -> bool:
        return not self.failed and not self.reviews

    @cached_property
    def share_passed(self) -> float:
        hard = [r for r in self.results if r.hard]
        return sum(1 for r in hard if r.outcome is Outcome.PASSED) / len(hard) if hard else 0.0

    @cached_property
    def state(self) -> State:
        if self.failed and all(r.silent for r in self.failed):
            return State.MISSING
        if self.failed:
            return State.EXPIRED if all(r.rule in AGE_RULES for r in self.failed) else State.FAILED
        if self.reviews:
            return State.UNDER_REVIEW
        return State.MET_WITH_WARNING if self.warnings else State.MET


@dataclass(frozen=True, slots=True, kw_only=True)
class ArtefactJudgement:
    """What an artefact is worth for the requirements it is claimed for."""

    evidence: str
    verdict: ArtefactVerdict
    satisfies: tuple[str, ...]
    failed: Mapping[str, tuple[RuleResult, ...]]  # requirement -> failed hard rules
    reviews: tuple[RuleResult, ...]
    warnings: tuple[RuleResult, ...]

    @property
    def failed_rules(self) -> tuple[str, ...]:
        return tuple(sorted({result.rule for results in self.failed.values() for result in results}))


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemResult:
    """The state of a requirement for one AI system of the deal, or for the organisation, and why."""

    state: State
    problems: tuple[RuleResult, ...] = ()
    warnings: tuple[RuleResult, ...] = ()
    evidence: tuple[str, ...] = ()
    expires_on: date | None = None

    @property
    def is_open(self) -> bool:
        return not self.state.is_met and self.state is not State.NOT_APPLICABLE


@dataclass(frozen=True, slots=True, kw_only=True)
class RequirementResult:
    """The state of a requirement on a day, why, and until when."""

    requirement: str
    title: str = ""
    state: State
    problems: tuple[RuleResult, ...] = ()
    warnings: tuple[RuleResult, ...] = ()
    evidence: tuple[str, ...] = ()  # what was judged best, accepted or not
    proven_by: tuple[str, ...] = ()  # everything in an accepted bundle
    by_system: Mapping[str, State]
    for_system: Mapping[str, SystemResult] = field(default_factory=dict)  # by name; empty name: the organisation
    systems_open: tuple[str, ...] = ()
    credit: float = 0.0
    expires_on: date | None = None
    unmet_parents: tuple[str, ...] = ()
    # Not applicable because the buyer said so, rather than by the nature of the system.
    approved_not_applicable: bool = False

    @property
    def is_open(self) -> bool:
        """Return whether proof is still wanted."""
        return not self.state.is_met and self.state is not State.NOT_APPLICABLE
