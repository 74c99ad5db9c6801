"""The evidence library judged for everything the vendor offers, on a day: what each document is worth."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.cache import cache

from accounts.models import Organisation
from evidence import queries
from evidence.catalogs import mandate
from evidence.models import AISystem, EvidenceRevision
from scoring.artefact import judge_artefact
from scoring.bundle import Setting
from scoring.catalogue import Catalogue
from scoring.types import RuleResult

KEPT_SECONDS = 24 * 60 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A rule that failed or waits for a person, with the requirements it stands in the way of."""

    rule: str
    sentence: str
    requirements: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """What a document is worth on a day, for all the AI systems in use."""

    verdict: str  # accepted, accepted_with_warnings, partly_accepted, rejected, needs_review
    counts_until: date | None
    satisfies: tuple[str, ...]
    failed: tuple[Remark, ...]
    reviews: tuple[Remark, ...]
    warnings: tuple[Remark, ...]


def judged(organisation: Organisation, *, on: date) -> Mapping[str, Worth]:
    """Return by reference what each confirmed document is worth on the day.

    Judging a library takes a second; the result is kept for as long as nothing it rests on changes.
    """
    catalogue = mandate.load()
    systems = list(AISystem.objects.of(organisation).filter(retired_on=None).prefetch_related("material_changes"))
    key = _key(organisation, catalogue, systems, on)
    kept: Mapping[str, Worth] | None = cache.get(key)
    if kept is None:
        kept = _judge(organisation, catalogue, systems, on)
        cache.set(key, kept, KEPT_SECONDS)
    return kept


def _key(organisation: Organisation, catalogue: Catalogue, systems: Sequence[AISystem], on: date) -> str:
    """Name everything the judgement rests on: revisions never change, so their ids and decisions stand for them."""
    revisions = (
        EvidenceRevision.objects.filter(evidence__organisation=organisation)
        .order_by("pk")
        .values_list("pk", "confirmed_at", "evidence__withdrawn_at")
    )
    rests_on = (
        organisation.pk,
        organisation.legal_entity or organisation.name,
        catalogue.digest,
        on.isoformat(),
        [repr(row) for row in revisions],
        [queries.deal(organisation, [system], (), registered=()) for system in systems],
    )
    return "judged-" + hashlib.sha256(repr(rests_on).encode()).hexdigest()


def _judge(
    organisation: Organisation, catalogue: Catalogue, systems: Sequence[AISystem], on: date
) -> Mapping[str, Worth]:
    deal = queries.deal(organisation, systems, (), registered=())
    facts = tuple(proof.fact for proof in queries.proofs(organisation))
    setting = Setting(library=facts, on=on, catalogue=catalogue, deal=deal)
    worth = {}
    for fact in facts:
        claims = [r.id for r in catalogue.requirements.values() if not r.sector and fact.kind in r.kinds]
        result = judge_artefact(fact, claims, with_facts=facts, on=on, catalogue=catalogue, deal=deal)
        worth[fact.id] = Worth(
            verdict=result.verdict,
            counts_until=setting.latest_good_day(fact),
            satisfies=result.satisfies,
            failed=_remarks(result.failed),
            reviews=_remarks({"": result.reviews}),
            warnings=_remarks({"": result.warnings}),
        )
    return worth


def _remarks(results: Mapping[str, Sequence[RuleResult]]) -> tuple[Remark, ...]:
    """Say each sentence once, with every requirement it was said of."""
    said: dict[tuple[str, str], list[str]] = {}
    for requirement, rules in results.items():
        for rule in rules:
            said.setdefault((rule.rule, rule.sentence), []).append(requirement)
    return tuple(
        Remark(rule=rule, sentence=sentence, requirements=tuple(name for name in names if name))
        for (rule, sentence), names in said.items()
    )
