"""Signing, declining and revoking the acceptance of a risk: an executive's acts, each made once."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from accounts.models import Role, User
from accounts.queries import has_role
from evidence.catalogs import mandate
from rfp.actions.risks.record import (
    CannotBeAccepted,
    DecidedAlready,
    MayNotSign,
    because,
    decide,
    note,
    outcome,
    tell_requester,
)
from rfp.models import RiskAcceptance, RiskDecision
from rfp.queries.judging.risks import fact_of
from scoring import exceptions


@transaction.atomic
def sign(*, risk: RiskAcceptance, title: str, second_step: str, on: date, by: User, at: datetime) -> None:
    """Accept the risk in the name of the buyer.

    ``second_step`` names what the person showed just now beside their password.

    :raises MayNotSign: if they are no executive, asked for it themselves, or showed nothing
    :raises CannotBeAccepted: if it could not be in force from today
    :raises DecidedAlready: if somebody decided first
    """
    if not has_role(by, risk.organisation, Role.EXECUTIVE):
        raise MayNotSign("Only an executive of the buyer signs.")
    if by.pk == risk.requested_by_id:
        raise MayNotSign("Somebody else has to sign: you asked for it yourself.")
    if not second_step:
        raise MayNotSign("Show your second step first: a signature takes more than an open browser.")
    decided = {
        "decision": RiskDecision.SIGNED,
        "decided_by": by,
        "decided_name": str(by),
        "decided_title": title.strip(),
        "decided_at": at,
        "decided_on": on,
        "second_step": second_step,
    }
    signed = _as_decided(risk, decided)
    fact = fact_of(signed)
    problem = exceptions.problem_of(fact, on=on, parameters=mandate.load().parameters) or exceptions.doubt_of(fact)
    if problem:
        raise CannotBeAccepted(problem)
    decide(risk, decided)
    note(
        risk,
        "risk.decided",
        by,
        at,
        decision="signed",
        title=title.strip(),
        second_step=second_step,
        digest=risk.digest,
    )
    tell_requester(risk, f"{by} accepted the risk {risk.reference} of {risk.vendor}.", by, at)


@transaction.atomic
def decline(*, risk: RiskAcceptance, reason: str, on: date, by: User, at: datetime) -> None:
    """Refuse to accept the risk.

    :raises MayNotSign: if the person is no executive of the buyer
    :raises SayWhy: without a reason
    :raises DecidedAlready: if somebody decided first
    """
    if not has_role(by, risk.organisation, Role.EXECUTIVE):
        raise MayNotSign("Only an executive of the buyer declines.")
    because(reason)
    decide(risk, outcome(RiskDecision.DECLINED, reason, by, on, at))
    note(risk, "risk.decided", by, at, decision="declined", reason=reason.strip())
    tell_requester(risk, f"{by} declined {risk.reference} of {risk.vendor}: {reason.strip()}", by, at)


@transaction.atomic
def revoke(*, risk: RiskAcceptance, reason: str, on: date, by: User, at: datetime) -> None:
    """End an acceptance from today on; the first revocation stands.

    :raises MayNotSign: if the person is no executive of the buyer
    :raises SayWhy: without a reason
    :raises DecidedAlready: if it was never signed, or is revoked already
    """
    if not has_role(by, risk.organisation, Role.EXECUTIVE):
        raise MayNotSign("Only an executive of the buyer revokes.")
    because(reason)
    told = {"revoked_by": by, "revoked_name": str(by), "revoked_at": at, "revoked_on": on}
    in_force = RiskAcceptance.objects.filter(pk=risk.pk, decision=RiskDecision.SIGNED, revoked_at=None)
    if not in_force.update(**told, revoked_because=reason.strip()):
        raise DecidedAlready("It is not in force: there is nothing to revoke.")
    note(risk, "risk.revoked", by, at, reason=reason.strip())
    tell_requester(risk, f"{by} revoked {risk.reference} of {risk.vendor}: {reason.strip()}", by, at)


def _as_decided(risk: RiskAcceptance, decided: dict[str, object]) -> RiskAcceptance:
    fields = {field.attname: getattr(risk, field.attname) for field in RiskAcceptance._meta.concrete_fields}
    shown = RiskAcceptance(**fields)
    for name, value in decided.items():
        setattr(shown, name, value)
    return shown
