"""Judge evidence: bundles against rules, artefacts against what they claim, requirements on a day.

A requirement is met when one evidence path is complete and every hard rule passes, everything it depends on is met,
and, where each AI system is assessed, for every system of the deal (DOMAIN 5.2; the worst system decides).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import product

from scoring.bundle import Bundle, last_good_day, same_standard
from scoring.catalogue import Catalogue, EvidencePath, Requirement
from scoring.conflict import conflict_of
from scoring.dates import add_months
from scoring.results import ArtefactJudgement, Judgement, RequirementResult, worst
from scoring.rules import RULES
from scoring.rules.exercise import RULE as EXERCISE
from scoring.types import (
    ArtefactVerdict,
    Deal,
    EvidenceFact,
    Outcome,
    RuleResult,
    State,
    SystemFact,
)

__all__ = ["ArtefactJudgement", "Judgement", "RequirementResult", "judge_artefact", "judge_requirements"]

# What holds for every artefact, whether or not a requirement lists it: a draft or withdrawn paper proves nothing.
ALWAYS = ("R-KIND", "R-VALID")
NO_PATH = EvidencePath(id="-", needs=())
LARGEST_CHOICE = 400  # bundles tried for one path: far above any real library, and a bound all the same


def judge_bundle(bundle: Bundle) -> Judgement:
    """Apply every rule of the requirement to a bundle."""
    wanted = [rule for rule in bundle.requirement.rules if rule in RULES]
    rules = [*(rule for rule in ALWAYS if rule not in wanted), *wanted]
    results = [RULES[rule](bundle) for rule in rules]
    kind_failed = any(r.rule == "R-KIND" and r.outcome is Outcome.FAILED for r in results)
    if kind_failed and bundle.path is NO_PATH:
        # Of no accepted kind: the other rules speak of things it was never meant to show.
        results = [r for r in results if r.rule in ("R-KIND", "R-INDEP", "R-VALID", "R-AGE")]
    else:
        contradiction = conflict_of(bundle)
        if contradiction:
            results.append(RuleResult(rule="G-12", outcome=Outcome.REVIEW, sentence=contradiction))
        for fact in bundle.facts:
            if fact.needs_review:
                results.append(RuleResult(rule="G-12", outcome=Outcome.REVIEW, sentence=fact.needs_review))
    return Judgement(
        requirement=bundle.requirement.id,
        path=bundle.path.id,
        system=bundle.system.name if bundle.system else "",
        evidence=tuple(fact.id for fact in bundle.facts),
        results=tuple(results),
        expires_on=_expires_on(bundle),
        independent=not any(r.rule == "R-INDEP" and r.outcome is not Outcome.PASSED for r in results),
    )


def _expires_on(bundle: Bundle) -> date | None:
    """Return the last day the path counts: the earliest among artefacts that carry an age rule (DOMAIN 5.4)."""
    days: list[date | None] = []
    rules = bundle.requirement.rules
    for fact in bundle.facts:
        if EXERCISE in rules and fact.kind == "exercise_report" and (held := fact.dates.get("exercised_on")):
            days.append(add_months(held, bundle.catalogue.parameters.exercise_months))
        elif "R-AGE" in rules:
            days.append(last_good_day(fact, bundle))
        elif "R-REVIEW" in rules and (reviewed := fact.dates.get("last_review_on")):
            days.append(add_months(reviewed, bundle.catalogue.parameters.review_months))
        days.append(fact.dates.get("valid_until"))
    known = [day for day in days if day is not None]
    return min(known) if known else None


def bundles(
    requirement: Requirement,
    facts: Sequence[EvidenceFact],
    *,
    on: date,
    catalogue: Catalogue,
    deal: Deal,
    system: SystemFact | None,
) -> Iterator[Bundle]:
    """Yield every way the artefacts can fill a path; a path with missing companions is yielded incomplete."""
    library = tuple(facts)
    for path in requirement.paths:
        subjects = [fact for fact in facts if fact.kind == path.needs[0]]
        for subject in subjects:
            choices: list[list[EvidenceFact | None]] = [
                [*_companions(subject, kind, facts)] or [None] for kind in path.needs[1:]
            ]
            for number, chosen in enumerate(product(*choices)):
                if number >= LARGEST_CHOICE:
                    break
                companions = tuple(fact for fact in chosen if fact is not None)
                yield Bundle(
                    requirement=requirement,
                    path=path,
                    facts=(subject, *companions),
                    on=on,
                    catalogue=catalogue,
                    deal=deal,
                    system=system,
                    library=library,
                )


def _companions(subject: EvidenceFact, kind: str, facts: Iterable[EvidenceFact]) -> list[EvidenceFact]:
    """Return the artefacts of a kind that are linked to the subject, in either direction."""
    return [
        fact
        for fact in facts
        if fact.kind == kind and fact is not subject and (fact.id in subject.links or subject.id in fact.links)
    ]


def best(judgements: Iterable[Judgement]) -> Judgement | None:
    """Return the strongest judgement: accepted, then by rules passed, then the one that lasts longest."""
    ranked = sorted(
        judgements,
        key=lambda j: (
            not j.accepted,
            len(j.failed),
            len(j.reviews),
            len(j.warnings),
            -(j.expires_on or date.min).toordinal(),
            j.path,
            j.evidence,
        ),
    )
    return ranked[0] if ranked else None


def judge_artefact(
    fact: EvidenceFact,
    claimed_for: Sequence[str],
    *,
    with_facts: Sequence[EvidenceFact],
    on: date,
    catalogue: Catalogue,
    deal: Deal,
) -> ArtefactJudgement:
    """Judge one artefact, with those it is linked to, for the requirements it is claimed for."""
    pool = (fact, *(other for other in with_facts if other.id != fact.id))
    satisfied: list[str] = []
    failed: dict[str, tuple[RuleResult, ...]] = {}
    reviews: list[RuleResult] = []
    warnings: list[RuleResult] = []
    for name in claimed_for:
        requirement = catalogue.requirements.get(name)
        if requirement is None:
            failed[name] = (RuleResult(rule="R-KIND", outcome=Outcome.FAILED, sentence=f"There is no {name}."),)
            continue
        judgement = _claim(fact, requirement, pool, on=on, catalogue=catalogue, deal=deal)
        if judgement.accepted:
            satisfied.append(name)
            warnings += judgement.warnings
        elif judgement.failed:
            failed[name] = judgement.failed
        else:
            reviews += judgement.reviews
    # A claim on a parent that fails takes its children with it when both are claimed.
    for name in list(satisfied):
        parents = [p for p in catalogue.requirements[name].depends_on if p in claimed_for and p not in satisfied]
        if parents:
            satisfied.remove(name)
            failed[name] = (
                RuleResult(rule="R-KIND", outcome=Outcome.FAILED, sentence=f"{name} needs {', '.join(parents)} first."),
            )
    if satisfied and not failed and not reviews:
        verdict = ArtefactVerdict.ACCEPTED_WITH_WARNINGS if warnings else ArtefactVerdict.ACCEPTED
    elif reviews and not failed:
        verdict = ArtefactVerdict.NEEDS_REVIEW
    elif satisfied:
        verdict = ArtefactVerdict.PARTLY_ACCEPTED
    else:
        verdict = ArtefactVerdict.REJECTED
    return ArtefactJudgement(
        evidence=fact.id,
        verdict=verdict,
        satisfies=tuple(satisfied),
        failed=failed,
        reviews=tuple(dict.fromkeys(reviews)),
        warnings=tuple(dict.fromkeys(warnings)),
    )


def _claim(
    fact: EvidenceFact,
    requirement: Requirement,
    pool: Sequence[EvidenceFact],
    *,
    on: date,
    catalogue: Catalogue,
    deal: Deal,
) -> Judgement:
    """Return the best judgement of a bundle with this artefact in it, over the systems it is about."""
    systems = _systems_of(fact, requirement, pool, deal)
    found: list[Judgement] = []
    per_system: list[Judgement] = []
    for system in systems:
        of_system = [
            judge_bundle(bundle)
            for bundle in bundles(requirement, pool, on=on, catalogue=catalogue, deal=deal, system=system)
            if fact in bundle.facts
        ]
        choice = best(of_system)
        if choice is not None:
            per_system.append(choice)
        found += of_system
    if not per_system:
        # Of no accepted kind, or a validation whose document is not there.
        return judge_bundle(
            Bundle(
                requirement=requirement,
                path=NO_PATH,
                facts=(fact,),
                on=on,
                catalogue=catalogue,
                deal=deal,
                system=systems[0] if systems else None,
                library=tuple(pool),
            )
        )
    return max(per_system, key=lambda j: (not j.accepted, len(j.failed), len(j.reviews)))


ORGANISATION_WIDE = frozenset({"iso_certificate", "iso_surveillance_report", "soc2_type2_report"})


def _systems_of(
    fact: EvidenceFact, requirement: Requirement, pool: Sequence[EvidenceFact], deal: Deal
) -> tuple[SystemFact | None, ...]:
    """Return the systems an artefact is judged for: all for one about the organisation, else those it names."""
    if not requirement.per_system or not deal.systems:
        return (None,)
    if fact.kind in ORGANISATION_WIDE:
        return deal.systems
    named = {
        name
        for other in (fact, *(o for o in pool if o.id in fact.links or fact.id in o.links))
        for name in other.ai_systems
    }
    about = tuple(system for system in deal.systems if system.name in (set(fact.ai_systems) or named))
    return about or deal.systems


def judge_requirements(
    facts: Sequence[EvidenceFact], *, on: date, catalogue: Catalogue, deal: Deal
) -> dict[str, RequirementResult]:
    """Return the state of every requirement that applies to the deal, in the catalogue's order."""
    results: dict[str, RequirementResult] = {}
    for requirement in ordered(catalogue):
        if requirement.sector and requirement.sector not in deal.sectors:
            continue
        if requirement.derived_from and not requirement.paths:
            results[requirement.id] = _derived(requirement, results)
        else:
            results[requirement.id] = _with_parents(
                requirement, _primary(requirement, facts, on=on, catalogue=catalogue, deal=deal), results
            )
    return {name: results[name] for name in catalogue.requirements if name in results}


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


def _primary(
    requirement: Requirement, facts: Sequence[EvidenceFact], *, on: date, catalogue: Catalogue, deal: Deal
) -> RequirementResult:
    systems: tuple[SystemFact | None, ...] = deal.systems if requirement.per_system and deal.systems else (None,)
    states: dict[str, State] = {}
    chosen: list[Judgement] = []
    credits_: list[float] = []
    open_systems: list[str] = []
    cap = catalogue.parameters.readiness_partial_cap
    for system in systems:
        name = system.name if system else ""
        if is_not_applicable(requirement, system, deal):
            states[name] = State.NOT_APPLICABLE
            continue
        judged = [
            judge_bundle(bundle)
            for bundle in bundles(requirement, facts, on=on, catalogue=catalogue, deal=deal, system=system)
        ]
        # An artefact about another system says nothing about this one.
        judged = [j for j in judged if not _about_others(j, facts, system)]
        judged = [j for j in judged if not _other_scheme(j, requirement, facts)]
        choice = best(judged)
        if choice is None:
            states[name] = State.MISSING
            open_systems.append(name)
            credits_.append(0.0)
            continue
        chosen.append(choice)
        states[name] = choice.state
        if choice.accepted:
            credits_.append(1.0)
        else:
            open_systems.append(name)
            credits_.append(max(cap * j.share_passed * (1.0 if j.independent else 0.5) for j in judged))
    applicable = [state for state in states.values() if state is not State.NOT_APPLICABLE]
    state = worst(applicable) if applicable else State.NOT_APPLICABLE
    expiries = [j.expires_on for j in chosen if j.accepted and j.expires_on]
    return RequirementResult(
        requirement=requirement.id,
        title=requirement.title,
        state=state,
        problems=tuple(dict.fromkeys(r for j in chosen for r in (*j.failed, *j.reviews))),
        warnings=tuple(dict.fromkeys(w for j in chosen if j.accepted for w in j.warnings)),
        evidence=tuple(dict.fromkeys(name for j in chosen if j.accepted or not state.is_met for name in j.evidence)),
        by_system=states,
        systems_open=tuple(name for name in open_systems if name),
        credit=min(credits_) if credits_ else 0.0,
        expires_on=min(expiries) if expiries and state.is_met else None,
        approved_not_applicable=state is State.NOT_APPLICABLE
        and all(is_approved_not_applicable(requirement, system, deal) for system in systems),
    )


def _about_others(judgement: Judgement, facts: Sequence[EvidenceFact], system: SystemFact | None) -> bool:
    if system is None or judgement.accepted:
        return False
    subject = next(fact for fact in facts if fact.id == judgement.evidence[0])
    return bool(subject.ai_systems) and system.name not in subject.ai_systems and subject.kind not in ORGANISATION_WIDE


def _other_scheme(judgement: Judgement, requirement: Requirement, facts: Sequence[EvidenceFact]) -> bool:
    """A certificate to another standard is no failed proof of this one: it is none."""
    for name in judgement.evidence:
        fact = next(fact for fact in facts if fact.id == name)
        wanted = requirement.schemes.get(fact.kind)
        if wanted and fact.scheme and not same_standard(fact.scheme, wanted):
            return True
    return False


def is_not_applicable(requirement: Requirement, system: SystemFact | None, deal: Deal) -> bool:
    """Return whether the requirement does not apply: by the system's nature, or by the buyer's approval (G-13)."""
    if not requirement.may_be_not_applicable:
        return False
    if system is not None and not system.takes_prompts and "takes no prompt" in requirement.not_applicable_condition:
        return True
    if system is not None and system.uses_tools is False and "tool-calling" in requirement.not_applicable_condition:
        return True
    return is_approved_not_applicable(requirement, system, deal)


def is_approved_not_applicable(requirement: Requirement, system: SystemFact | None, deal: Deal) -> bool:
    name = system.name if system else ""
    return requirement.may_be_not_applicable and any(
        item.requirement == requirement.id and item.system in ("", name) for item in deal.not_applicable
    )


def _with_parents(
    requirement: Requirement, result: RequirementResult, results: Mapping[str, RequirementResult]
) -> RequirementResult:
    """A requirement cannot be met while one it depends on is not (path semantics, depends_on)."""
    unmet = tuple(
        name
        for name in requirement.depends_on
        if name in results and not results[name].state.is_met and results[name].state is not State.NOT_APPLICABLE
    )
    if not unmet or not result.state.is_met:
        return replace(result, unmet_parents=unmet)
    states = [results[name].state for name in unmet]
    state = State.UNDER_REVIEW if all(s is State.UNDER_REVIEW for s in states) else worst(states)
    sentence = f"It rests on {', '.join(unmet)}, which {'is' if len(unmet) == 1 else 'are'} not met."
    problem = RuleResult(rule="depends_on", outcome=Outcome.FAILED, sentence=sentence)
    return replace(
        result, state=state, problems=(problem,), unmet_parents=unmet, expires_on=None, credit=min(result.credit, 0.5)
    )


def _derived(requirement: Requirement, results: Mapping[str, RequirementResult]) -> RequirementResult:
    """A derived requirement is as good as the worst it derives from, on the rules it names."""
    parents = [results[name] for name in requirement.derived_from if name in results]
    rules = {rule for rule in requirement.rules if rule.startswith("R-")}
    states = []
    problems: list[RuleResult] = []
    for parent in parents:
        if parent.state is State.NOT_APPLICABLE:
            continue
        touching = [r for r in parent.problems if r.rule in rules or not rules]
        if parent.state.is_met or (rules and parent.problems and not touching):
            states.append(State.MET)
        else:
            states.append(parent.state)
            problems += touching or list(parent.problems)
            if not parent.problems:
                problems.append(
                    RuleResult(
                        rule="derived_from", outcome=Outcome.FAILED, sentence=f"{parent.requirement} has no proof."
                    )
                )
    state = worst(states) if states else State.MISSING
    expiries = [parent.expires_on for parent in parents if parent.expires_on]
    return RequirementResult(
        requirement=requirement.id,
        title=requirement.title,
        state=state,
        problems=tuple(dict.fromkeys(problems)),
        evidence=tuple(dict.fromkeys(name for parent in parents for name in parent.evidence)),
        by_system={"": state},
        credit=1.0 if state.is_met else 0.0,
        expires_on=min(expiries) if expiries and state.is_met else None,
    )
