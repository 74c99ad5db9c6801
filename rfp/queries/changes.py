"""What happened to evidence that answers rely on: it was withdrawn, it lapsed, or a new revision proves less."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from django.utils import timezone

from accounts.models import Organisation
from evidence import queries as library
from evidence.catalogs import mandate
from evidence.models import EvidenceRevision
from rfp.queries.board import systems_of
from rfp.queries.standing import Standing, standing_of
from rfp.reporting import words
from scoring.judge import judge_requirements
from scoring.results import RequirementResult
from scoring.types import EvidenceFact

# What may differ between revisions without changing what they prove beside their age.
ASIDE = frozenset({"title", "dates", "number", "document_text", "version", "revision_history"})


class Happened(StrEnum):
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    NARROWED = "narrowed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What happened to a document, when, and since which revision; ``before`` is 0 where every revision is concerned.

    ``sentence`` says it so that a buyer may read it; ``lost`` names what it no longer proves.
    """

    evidence: int
    reference: str
    title: str
    happened: Happened
    since: date
    before: int
    sentence: str
    lost: Sequence[str] = ()


def changes_of(organisation: Organisation, *, on: date, only: int | None = None) -> list[Change]:
    """Return what happened to the documents of a library, the latest first; ``only`` looks at one of them."""
    revisions = _revisions(organisation, only)
    # Every add-on counts: what a revision lost matters to whoever asks next.
    sectors = sorted({requirement.sector for requirement in mandate.load().requirements.values()} - {""})
    standing = standing_of(organisation, systems_of(organisation), sectors, on=on)
    pairs = [rows[1] for rows in revisions.values() if _is_revised(rows)]
    earlier = library.facts_of(pairs) if pairs else {}
    found = [_change(rows, earlier, standing) for rows in revisions.values()]
    return sorted(
        (change for change in found if change), key=lambda change: (-change.since.toordinal(), change.reference)
    )


def _revisions(organisation: Organisation, only: int | None) -> dict[int, list[EvidenceRevision]]:
    """Return by evidence the revisions that a person confirmed, the latest first."""
    rows = (
        EvidenceRevision.objects.filter(evidence__organisation=organisation, confirmed_at__isnull=False)
        .select_related("evidence", "file")
        .order_by("evidence__reference", "-number")
    )
    if only is not None:
        rows = rows.filter(evidence=only)
    found: dict[int, list[EvidenceRevision]] = {}
    for row in rows:
        found.setdefault(row.evidence_id, []).append(row)
    return found


def _change(rows: Sequence[EvidenceRevision], earlier: Mapping[int, EvidenceFact], standing: Standing) -> Change | None:
    latest = rows[0]
    evidence = latest.evidence
    if evidence.withdrawn_at is not None:
        since = timezone.localdate(evidence.withdrawn_at)
        sentence = f"“{latest.title}” ({evidence.reference}) was withdrawn on {words.day(since)}."
        return _made(latest, Happened.WITHDRAWN, since, 0, sentence)
    proof = standing.proofs.get(evidence.reference)
    if proof is None:
        return None
    until = standing.counts_until(proof.fact)
    if until is not None and until < standing.on and not standing.is_replaced(proof.fact):
        sentence = f"“{latest.title}” ({evidence.reference}) counted until {words.day(until)} and has lapsed since."
        return _made(latest, Happened.LAPSED, until + timedelta(days=1), 0, sentence)
    return _narrowed(latest, earlier[rows[1].pk], proof.fact, standing) if _is_revised(rows) else None


def _narrowed(latest: EvidenceRevision, earlier: EvidenceFact, fact: EvidenceFact, standing: Standing) -> Change | None:
    """Compare the latest revision with the one before it, as the judge sees both today."""
    then = judge_requirements(
        [earlier if other.id == fact.id else other for other in standing.facts],
        on=standing.on,
        catalogue=standing.catalogue,
        deal=standing.deal,
    )
    dropped = [name for name in earlier.ai_systems if fact.ai_systems and name not in fact.ai_systems]
    lost = list(_lost(then, standing.results, fact.id))
    if not dropped and not lost:
        return None
    since = timezone.localdate(latest.confirmed_at)
    said = f"The revision of “{latest.title}” ({latest.evidence.reference}) of {words.day(since)}"
    parts = [f"no longer covers {words.listed(dropped)}"] if dropped else []
    parts += [f"no longer proves {words.listed(lost)}"] if lost else []
    return replace(
        _made(latest, Happened.NARROWED, since, latest.number, f"{said} {' and '.join(parts)}."), lost=tuple(lost)
    )


def _is_revised(rows: Sequence[EvidenceRevision]) -> bool:
    """Return whether the latest revision says something else than the one before it about what it proves."""
    if len(rows) == 1 or rows[0].evidence.withdrawn_at is not None:
        return False
    one, other = rows[0].facts, rows[1].facts
    return any(one.get(name) != other.get(name) for name in (one.keys() | other.keys()) - ASIDE)


def _lost(then: Mapping[str, RequirementResult], now: Mapping[str, RequirementResult], reference: str) -> Iterable[str]:
    """Yield the requirements, each with its AI system, that the earlier revision proved and nothing proves now."""
    for ref, result in then.items():
        for system, view in result.for_system.items():
            today = now[ref].for_system.get(system)
            if view.state.is_met and reference in view.evidence and today is not None and today.is_open:
                yield f"{ref} for {system}" if system else ref


def _made(latest: EvidenceRevision, happened: Happened, since: date, before: int, sentence: str) -> Change:
    return Change(
        evidence=latest.evidence_id,
        reference=latest.evidence.reference,
        title=latest.title,
        happened=happened,
        since=since,
        before=before,
        sentence=sentence,
    )
