"""What each document of a library is worth for the checklist: read off the judged requirements that it took part in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from scoring.catalogue import Catalogue
from scoring.results import RequirementResult
from scoring.types import EvidenceFact, Outcome, RuleResult, State

NOT_USED = "not_used"


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """``satisfies`` names requirements that are met; ``problems`` are what the others failed on or wait for."""

    verdict: str  # accepted, accepted_with_warnings, partly_accepted, rejected, needs_review, not_used
    satisfies: tuple[str, ...]
    problems: tuple[RuleResult, ...]


def worth_of(fact: EvidenceFact, results: Mapping[str, RequirementResult], catalogue: Catalogue) -> Worth:
    """Return what a document is worth; one that no requirement was judged by is not used.

    A document that counts somewhere is not blamed for what is wrong with another beside it.
    """
    took_part = [
        result
        for name, result in results.items()
        # A derived requirement repeats those it derives from; what is missing was not failed by what is there.
        if not catalogue.requirements[name].derived_from
        and result.state is not State.MISSING
        and fact.id in (*result.evidence, *result.proven_by)
    ]
    met = tuple(result for result in took_part if result.state.is_met)
    counts = any(fact.id in result.proven_by for result in took_part)
    problems = _once(_about(fact, result.problems, alone=not counts) for result in took_part if result.is_open)
    warnings = _once(_about(fact, result.warnings, alone=result.evidence == (fact.id,)) for result in met)
    return Worth(
        verdict=_verdict(counts, problems, warnings) if took_part else NOT_USED,
        satisfies=tuple(result.requirement for result in met),
        problems=problems,
    )


def _about(fact: EvidenceFact, said: Sequence[RuleResult], *, alone: bool) -> tuple[RuleResult, ...]:
    """Return the sentences that name the document; all of them where none does and it stands ALONE."""
    named = tuple(result for result in said if f"“{fact.title}”" in result.sentence)
    return named or (tuple(said) if alone else ())


def _once(groups: Iterable[Sequence[RuleResult]]) -> tuple[RuleResult, ...]:
    return tuple(dict.fromkeys(result for group in groups for result in group))


def _verdict(counts: bool, problems: Sequence[RuleResult], warnings: Sequence[RuleResult]) -> str:
    if any(problem.outcome is Outcome.FAILED for problem in problems):
        return "partly_accepted" if counts else "rejected"
    if problems:
        return "needs_review"
    return "accepted_with_warnings" if warnings else "accepted"
