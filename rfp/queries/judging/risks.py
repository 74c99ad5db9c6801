"""The register of risks that a buyer's executives accept: what is in force, until when, and what waits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from accounts.models import Organisation
from evidence.catalogs import mandate
from rfp.models import Participant, RiskAcceptance, RiskDecision
from scoring import exceptions
from scoring.types import Deal, ExceptionFact, Independence, Issuer, Person


class RiskState(StrEnum):
    """What an acceptance is worth on a day; only the first two count."""

    IN_FORCE = "risk_in_force"
    LAPSES_SOON = "risk_lapses_soon"
    WAITS = "risk_waits"
    NOT_COUNTING = "risk_not_counting"  # signed, and something else stands in its way
    LAPSED = "risk_lapsed"
    REVOKED = "risk_revoked"
    DECLINED = "risk_declined"
    WITHDRAWN = "risk_withdrawn"


COUNTING = (RiskState.IN_FORCE, RiskState.LAPSES_SOON)
# What wants a hand comes first, then what counts, by when it ends; what is over stays at the end.
ORDER = (
    RiskState.LAPSES_SOON,
    RiskState.WAITS,
    RiskState.NOT_COUNTING,
    RiskState.IN_FORCE,
    RiskState.LAPSED,
    RiskState.REVOKED,
    RiskState.DECLINED,
    RiskState.WITHDRAWN,
)
_DECIDED = {
    RiskDecision.OPEN: RiskState.WAITS,
    RiskDecision.DECLINED: RiskState.DECLINED,
    RiskDecision.WITHDRAWN: RiskState.WITHDRAWN,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """An acceptance on a day. ``problem`` says why it does not count, empty while it does or waits."""

    risk: RiskAcceptance
    state: RiskState
    problem: str
    on: date
    renewed_by: RiskAcceptance | None = None

    @property
    def days_left(self) -> int:
        return (self.risk.expires_on - self.on).days

    @property
    def counts(self) -> bool:
        return self.state in COUNTING

    @property
    def is_over(self) -> bool:
        return self.state in (RiskState.LAPSED, RiskState.REVOKED, RiskState.DECLINED, RiskState.WITHDRAWN)


def fact_of(risk: RiskAcceptance) -> ExceptionFact:
    """Return the acceptance as the judge reads it; one that nobody signed has no approval.

    Which vendor it is about is told by its row, so the judge need not compare names that may have changed since.
    """
    signed = risk.decision == RiskDecision.SIGNED
    return ExceptionFact(
        id=risk.reference,
        requirements=tuple(risk.requirements),
        systems=tuple(risk.systems),
        reason=risk.reason,
        residual_risk=risk.residual_risk,
        compensating_controls=risk.compensating_controls,
        approver=Person(name=risk.decided_name, title=risk.decided_title) if signed else None,
        requester=Person(name=risk.requested_name),
        issuer=Issuer(name=str(risk.organisation), independence=Independence.BUYER_ISSUED),
        approved_on=risk.decided_on if signed else None,
        expires_on=risk.expires_on,
        revoked_on=risk.revoked_on,
    )


def standing_of(risk: RiskAcceptance, *, on: date, deal: Deal | None = None) -> Standing:
    """Return where an acceptance stands on a day, by the judge's own rules."""
    parameters = mandate.load().parameters
    state, problem = _DECIDED.get(RiskDecision(risk.decision)), risk.decided_because
    if state is None:
        fact = fact_of(risk)
        problem = exceptions.problem_of(fact, on=on, parameters=parameters, deal=deal) or exceptions.doubt_of(fact)
        state = _signed(risk, problem, on, warn_days=parameters.exception_warn_days)
    renewed = [row for row in risk.renewals.all() if row.decision in (RiskDecision.OPEN, RiskDecision.SIGNED)]
    return Standing(risk=risk, state=state, problem=problem, on=on, renewed_by=renewed[0] if renewed else None)


def _signed(risk: RiskAcceptance, problem: str, on: date, *, warn_days: int) -> RiskState:
    if risk.revoked_on and risk.revoked_on <= on:
        return RiskState.REVOKED
    if on > risk.expires_on:
        return RiskState.LAPSED
    if problem:
        return RiskState.NOT_COUNTING
    return RiskState.LAPSES_SOON if risk.expires_on <= on + timedelta(days=warn_days) else RiskState.IN_FORCE


def register(organisation: Organisation, *, on: date) -> list[Standing]:
    """Return every acceptance of the buyer, what wants a hand first."""
    rows = RiskAcceptance.objects.of(organisation).select_related("organisation").prefetch_related("renewals")
    found = [standing_of(row, on=on) for row in rows]
    return sorted(found, key=lambda one: (ORDER.index(one.state), one.risk.expires_on, one.risk.number))


def risk_of(organisation: Organisation, pk: int) -> RiskAcceptance | None:
    rows = RiskAcceptance.objects.of(organisation).select_related("organisation", "renews")
    return rows.prefetch_related("renewals").filter(pk=pk).first()


def counting(participant: Participant, *, on: date, deal: Deal) -> list[RiskAcceptance]:
    """Return what is signed for a vendor at the stage of its tender and counts on a day, by number."""
    rows = RiskAcceptance.objects.filter(participant=participant, stage=participant.tender.stage)
    rows = rows.select_related("organisation").prefetch_related("renewals").order_by("number")
    return [row for row in rows if standing_of(row, on=on, deal=deal).counts]


def with_children(names: Sequence[str]) -> list[str]:
    """Return requirements together with all that rest on them, in the catalogue's order.

    An acceptance never covers by itself what rests on the requirement it names.
    """
    catalogue = mandate.load()
    wanted = set(names)
    grown = True
    while grown:
        resting = {r.id for r in catalogue.requirements.values() if wanted & {*r.depends_on} and r.id not in wanted}
        wanted |= resting
        grown = bool(resting)
    return [name for name in catalogue.requirements if name in wanted]
