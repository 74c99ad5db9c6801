"""Every way in which the artefacts at hand can prove one requirement for one system, each judged."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

from scoring.about import systems_about
from scoring.bundle import Bundle, Setting, are_linked
from scoring.catalogue import EvidencePath, Requirement
from scoring.judging import judge_bundle
from scoring.results import Judgement
from scoring.rules import RULES
from scoring.series import can_supersede, formal_rules, is_newer, newest_first, series_of
from scoring.types import EvidenceFact, Outcome, State, SystemFact

NO_PATH = EvidencePath(id="-", needs=())


@dataclass(frozen=True, slots=True)
class Candidate:
    bundle: Bundle
    judgement: Judgement


def candidates(requirement: Requirement, setting: Setting, system: SystemFact | None) -> list[Candidate]:
    """Return the judged bundles of what speaks of the system, those of the newest subjects first.

    The newest of a series is judged first: what it fails says whether the older is replaced by it (G-11).
    """
    kinds = {path.needs[0] for path in requirement.paths}
    newest: dict[Hashable, EvidenceFact] = {}
    found: list[Candidate] = []
    for subject in newest_first((fact for fact in setting.library if fact.kind in kinds), setting):
        if system is not None and system not in systems_about(subject, setting):
            continue
        series = series_of(subject, setting.deal.contracting_entity)
        newer = newest.get(series) if series is not None else None
        if newer is not None and not is_newer(newer, subject, setting):
            newer = None
        judged = [Candidate(b, judge_bundle(b)) for b in bundles(requirement, subject, setting, system, newer)]
        found += judged
        if series is not None and series not in newest and can_supersede(subject, setting) and _is_usable(judged):
            newest[series] = subject
    return found


def _is_usable(judged: Sequence[Candidate]) -> bool:
    """Return whether an artefact replaces older ones: it has no formal defect, or it shows something bad (G-11)."""
    choice = min(judged, key=lambda candidate: _rank(candidate.judgement))
    formal = formal_rules(choice.bundle.subject)
    if any(result.rule not in formal for result in choice.judgement.failed):
        return True
    return not any(RULES[rule](choice.bundle).outcome is Outcome.FAILED for rule in formal)


def bundles(
    requirement: Requirement,
    subject: EvidenceFact,
    setting: Setting,
    system: SystemFact | None,
    superseded_by: EvidenceFact | None,
) -> Iterator[Bundle]:
    """Yield every way a path can be filled around a subject; with missing companions it is yielded incomplete.

    A companion has to be linked to the subject, so there are few, and a path has at most three kinds.
    """
    for path in requirement.paths:
        if subject.kind != path.needs[0]:
            continue
        choices: list[Sequence[EvidenceFact | None]] = [
            companions(subject, kind, setting.library) or [None] for kind in path.needs[1:]
        ]
        for chosen in product(*choices):
            yield Bundle(
                requirement=requirement,
                path=path,
                facts=(subject, *(fact for fact in chosen if fact is not None)),
                setting=setting,
                system=system,
                superseded_by=superseded_by,
            )


def companions(subject: EvidenceFact, kind: str, library: Iterable[EvidenceFact]) -> list[EvidenceFact]:
    """Return the artefacts of a kind that are linked to the subject, in either direction."""
    return [fact for fact in library if fact.kind == kind and fact is not subject and are_linked(fact, subject)]


def best(judgements: Iterable[Judgement]) -> Judgement | None:
    """Return the strongest judgement: accepted, then by what fails, then the one that lasts longest."""
    return min(judgements, key=_rank, default=None)


def _rank(judgement: Judgement) -> tuple[object, ...]:
    return (
        not judgement.accepted,
        judgement.state is State.MISSING,  # a paper made for something else explains less than a failed one
        len(judgement.failed),
        len(judgement.reviews),
        len(judgement.warnings),
        -(judgement.expires_on or date.max).toordinal(),
        judgement.path,
        judgement.evidence,
    )


def rests_on(candidate: Candidate, proven_by: Collection[str]) -> bool:
    """Return whether a bundle uses the artefacts that prove its parent, or one linked to them (depends_on)."""
    facts = candidate.bundle.facts
    if any(fact.id in proven_by for fact in facts):
        return True
    proof = [fact for fact in candidate.bundle.setting.library if fact.id in proven_by]
    return any(are_linked(fact, other) for fact in facts for other in proof)


def without_path(requirement: Requirement, fact: EvidenceFact, setting: Setting, system: SystemFact | None) -> Bundle:
    """Return the bundle of an artefact that fills no path: of another kind, or a validation without its document."""
    return Bundle(requirement=requirement, path=NO_PATH, facts=(fact,), setting=setting, system=system)
