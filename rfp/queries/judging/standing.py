"""How a vendor stands for a tender on a day: its evidence judged for the systems it offers, and the risks accepted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from evidence import queries as library
from evidence.catalogs import mandate
from evidence.models import AISystem
from rfp.models import ApprovedNotApplicable, OfferedSystem, Participant
from rfp.queries.judging import risks
from rfp.queries.judging.seen import proofs_seen
from rfp.queries.standing import Standing
from scoring.judge import judge_requirements
from scoring.types import Deal, NotApplicable, SystemFact


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A system that the tender asks about and the vendor's own that stands for it; None while nobody has said which."""

    asked: str
    system: AISystem | None


def offered(participant: Participant) -> list[Offered]:
    """Return for each system of the tender which of the vendor's it is: the one chosen, else the one of that name.

    A tender that names none is about all that the vendor has in use.
    """
    rows = AISystem.objects.of(participant.organisation).filter(retired_on=None).prefetch_related("material_changes")
    registered = list(rows)
    asked: Sequence[str] = participant.tender.systems
    if not asked and not registered:
        # Judged for no system at all, evidence about any product would count.
        return [Offered(asked=f"the AI system of “{participant.tender.name}”", system=None)]
    if not asked:
        return [Offered(asked=row.name, system=row) for row in registered]
    chosen = {row.asked: row.system_id for row in OfferedSystem.objects.filter(participant=participant)}
    by_id = {row.pk: row for row in registered}
    by_name = {name.casefold(): row for row in registered for name in (*row.aliases, row.name)}
    return [
        Offered(asked=name, system=by_id.get(chosen[name]) if name in chosen else by_name.get(name.casefold()))
        for name in asked
    ]


def standing_of(participant: Participant, systems: Sequence[Offered], *, on: date, at: datetime) -> Standing:
    """Judge what the buyer may see of the vendor's evidence on a day.

    A system that nobody has said which it is of the vendor's is judged as one that no evidence names: a document about
    another product never counts for it.
    """
    catalogue = mandate.load()
    deal = _deal(participant, systems)
    found = proofs_seen(participant, at=at)
    facts = tuple(proof.fact for proof in found.values())
    return Standing(
        on=on,
        catalogue=catalogue,
        deal=deal,
        proofs=found,
        # Only what the buyer's own executives signed: a paper in the vendor's library accepts nothing.
        accepted_risks=tuple(risks.fact_of(risk) for risk in risks.counting(participant, on=on, deal=deal)),
        results=judge_requirements(facts, on=on, catalogue=catalogue, deal=deal),
    )


def _deal(participant: Participant, systems: Sequence[Offered]) -> Deal:
    known = {one.system.pk: one.system for one in systems if one.system is not None}
    deal = library.deal(participant.organisation, known.values(), participant.tender.add_ons)
    unknown = tuple(SystemFact(name=one.asked) for one in systems if one.system is None)
    approved = ApprovedNotApplicable.objects.filter(participant=participant, ended_at=None).exclude(requirement="")
    return replace(
        deal,
        systems=(*deal.systems, *unknown),
        not_applicable=tuple(NotApplicable(requirement=row.requirement, reason=row.reason) for row in approved),
    )
