"""Judge one artefact for the requirements it is claimed for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from scoring.about import systems_about
from scoring.applies import is_not_applicable
from scoring.bundle import Setting
from scoring.candidates import best, candidates, without_path
from scoring.catalogue import Catalogue, Requirement
from scoring.judging import judge_bundle
from scoring.results import ArtefactJudgement, Judgement
from scoring.types import ArtefactVerdict, Deal, EvidenceFact, Outcome, RuleResult, SystemFact


def judge_artefact(
    fact: EvidenceFact,
    claimed_for: Sequence[str],
    *,
    with_facts: Sequence[EvidenceFact],
    on: date,
    catalogue: Catalogue,
    deal: Deal,
) -> ArtefactJudgement:
    """Judge one artefact, with those given beside it, for the requirements it is claimed for.

    A requirement that another rests on counts as met unless it is claimed too: then both stand or fall together.
    """
    library = (fact, *(other for other in with_facts if other.id != fact.id))
    setting = Setting(on=on, catalogue=catalogue, deal=deal, library=library)
    known = [name for name in claimed_for if name in catalogue.requirements]
    judged = {name: _claim(fact, catalogue.requirements[name], setting) for name in known}
    failed = {name: judgement.failed for name, judgement in judged.items() if judgement.failed}
    reviews = {name: j.reviews for name, j in judged.items() if j.reviews and not j.failed}
    for name in _in_order([name for name, judgement in judged.items() if judgement.accepted], catalogue):
        _follow_parents(catalogue.requirements[name], claimed_for, failed, reviews)
    for name in claimed_for:
        if name not in judged:
            failed[name] = (_says("R-KIND", f"The mandate has no requirement {name}."),)
    satisfied = tuple(name for name in known if name not in failed and name not in reviews)
    warnings = [warning for name in satisfied for warning in judged[name].warnings]
    return ArtefactJudgement(
        evidence=fact.id,
        verdict=_verdict(satisfied, failed, reviews, warnings),
        satisfies=satisfied,
        failed=failed,
        reviews=tuple(dict.fromkeys(result for results in reviews.values() for result in results)),
        warnings=tuple(dict.fromkeys(warnings)),
    )


def _in_order(names: Sequence[str], catalogue: Catalogue) -> list[str]:
    """Return the names so that each comes after those it depends on, which the catalogue lists first."""
    order = list(catalogue.requirements)
    return sorted(names, key=order.index)


def _follow_parents(
    requirement: Requirement,
    claimed: Sequence[str],
    failed: dict[str, tuple[RuleResult, ...]],
    reviews: dict[str, tuple[RuleResult, ...]],
) -> None:
    """Let a claim share the fate of the claimed requirements that it rests on."""
    parents = [name for name in requirement.depends_on if name in claimed]
    if lost := [name for name in parents if name in failed]:
        sentence = f"“{requirement.title}” rests on {' and '.join(lost)}, which this does not prove."
        failed[requirement.id] = (_says("depends_on", sentence),)
    elif open_ := [name for name in parents if name in reviews]:
        sentence = f"“{requirement.title}” rests on {' and '.join(open_)}, on which a person has to decide."
        reviews[requirement.id] = (_says("depends_on", sentence, Outcome.REVIEW),)


def _verdict(
    satisfied: Sequence[str],
    failed: Mapping[str, object],
    reviews: Mapping[str, object],
    warnings: Sequence[RuleResult],
) -> ArtefactVerdict:
    if failed and satisfied:
        return ArtefactVerdict.PARTLY_ACCEPTED
    if reviews:
        return ArtefactVerdict.NEEDS_REVIEW
    if failed or not satisfied:
        return ArtefactVerdict.REJECTED
    return ArtefactVerdict.ACCEPTED_WITH_WARNINGS if warnings else ArtefactVerdict.ACCEPTED


def _claim(fact: EvidenceFact, requirement: Requirement, setting: Setting) -> Judgement:
    """Return the best judgement of a bundle with this artefact in it, for the worst of the systems it is about."""
    of_systems: tuple[SystemFact | None, ...] = (None,)
    if requirement.per_system and setting.deal.systems:
        about = systems_about(fact, setting)
        of_systems = tuple(s for s in about if not is_not_applicable(requirement, s, setting.deal)) or about
    choices = [
        best(c.judgement for c in candidates(requirement, setting, system) if fact in c.bundle.facts)
        for system in of_systems
    ]
    judged = [choice for choice in choices if choice is not None]
    if not judged:
        # Of no accepted kind, or a validation whose document is not there.
        return judge_bundle(without_path(requirement, fact, setting, of_systems[0]))
    return max(judged, key=lambda j: (not j.accepted, len(j.failed), len(j.reviews)))


def _says(rule: str, sentence: str, outcome: Outcome = Outcome.FAILED) -> RuleResult:
    return RuleResult(rule=rule, outcome=outcome, sentence=sentence)
