"""What runs out when: each proof with its end, what it carries, and the day by which its renewal has to start."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import Count, Max, Q

from accounts.models import Organisation
from evidence.models import AnswerState, Evidence
from evidence.proofs import Proof
from rfp.models import Snooze
from rfp.queries.board import systems_of
from rfp.queries.deals import open_deals, sectors_of
from rfp.queries.standing import Standing, standing_of
from scoring.forecast import ExpiryStatus, forecast
from scoring.results import AGE_RULES, RequirementResult
from scoring.verdict import gates

AHEAD = timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """A proof that ends. ``carries`` are the requirements it proves, or did until it lapsed.

    ``start_by`` is the earliest day by which the renewal for one of them has to start.
    """

    pk: int
    reference: str
    title: str
    kind_title: str
    issuer: str
    ends_on: date
    on: date
    carries: Sequence[str]
    accepts: Sequence[str]  # gaps that it covers as a risk acceptance of a buyer
    answers: int  # of the library of approved answers
    start_by: date | None
    status: ExpiryStatus
    quiet_until: date | None = None
    snooze: Snooze | None = None

    @property
    def days(self) -> int:
        return (self.ends_on - self.on).days

    @property
    def lapsed(self) -> bool:
        return self.days < 0

    @property
    def matters(self) -> bool:
        return bool(self.carries or self.accepts or self.answers)

    @property
    def starts_in(self) -> int | None:
        return None if self.start_by is None else (self.start_by - self.on).days


def endings(organisation: Organisation, *, on: date) -> list[Ending]:
    """Return what has lapsed and what ends within twelve months, the earliest first, with what keeps each quiet."""
    standing = standing_of(organisation, systems_of(organisation), sectors_of(open_deals(organisation)), on=on)
    snoozes = snoozes_of(organisation, on=on)
    return [replace(ending, snooze=snoozes.get(ending.pk)) for ending in endings_in(organisation, standing)]


def endings_in(organisation: Organisation, standing: Standing) -> list[Ending]:
    """Return what ends in a library that was judged.

    What lapsed stays until it is renewed, by a new revision or a later document of its series, or withdrawn.
    """
    held = {
        row.reference: row
        for row in Evidence.objects.of(organisation).annotate(
            in_use=Count("answers", filter=Q(answers__state=AnswerState.APPROVED), distinct=True),
            quiet_until=Max("snoozes__until"),
        )
    }
    accepted = standing.gate().accepted
    found = []
    for reference, proof in standing.proofs.items():
        ends_on = standing.counts_until(proof.fact)
        if ends_on is None or ends_on > standing.on + AHEAD or standing.is_replaced(proof.fact):
            continue
        row = held[reference]
        ending = _ending(row.pk, proof, ends_on, standing, accepted, row.in_use)
        found.append(replace(ending, quiet_until=row.quiet_until))
    return sorted(found, key=lambda ending: (ending.ends_on, ending.reference))


def snoozes_of(organisation: Organisation, *, on: date) -> dict[int, Snooze]:
    """Return by evidence what keeps its reminders quiet on a day."""
    rows = Snooze.objects.filter(evidence__organisation=organisation, until__gte=on).select_related("by")
    return {row.evidence_id: row for row in rows.order_by("at", "pk")}


def _ending(
    pk: int, proof: Proof, ends_on: date, standing: Standing, accepted: Mapping[str, str], answers: int
) -> Ending:
    carries = _carried(proof, lapsed=ends_on < standing.on, standing=standing)
    forecasts = [forecast(standing.catalogue.requirements[ref], ends_on, on=standing.on) for ref in carries]
    first = min(forecasts, key=lambda line: line.start_by, default=None)
    known = standing.catalogue.kinds.get(proof.fact.kind)
    return Ending(
        pk=pk,
        reference=proof.reference,
        title=proof.fact.title,
        kind_title=known.title if known else proof.fact.kind.replace("_", " "),
        issuer=proof.fact.issuer.name,
        ends_on=ends_on,
        on=standing.on,
        carries=carries,
        accepts=[ref for ref, risk in accepted.items() if risk == proof.reference],
        answers=answers,
        start_by=first.start_by if first else None,
        status=first.status if first else ExpiryStatus.OK,
    )


def _carried(proof: Proof, *, lapsed: bool, standing: Standing) -> list[str]:
    """Return the requirements that rest on a proof; of what lapsed, those that failed because of its age."""
    return [
        ref
        for ref, result in standing.results.items()
        if gates(standing.catalogue.requirements[ref]) and not standing.catalogue.requirements[ref].derived_from
        if (_failed_by_age(proof, result) if lapsed else _is_proven_by(proof, result))
    ]


def _is_proven_by(proof: Proof, result: RequirementResult) -> bool:
    return any(view.state.is_met and proof.reference in view.evidence for view in result.for_system.values())


def _failed_by_age(proof: Proof, result: RequirementResult) -> bool:
    return any(
        view.is_open and proof.reference in view.evidence and any(rule.rule in AGE_RULES for rule in view.problems)
        for view in result.for_system.values()
    )
