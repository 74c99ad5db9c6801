"""Asking a buyer's executives to accept a risk, and taking the request back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from accounts.models import Organisation, Role, User
from accounts.queries import people_with
from evidence.catalogs import mandate
from rfp.actions.risks.record import CannotBeAccepted, because, decide, note, outcome, tell
from rfp.models import Participant, RiskAcceptance, RiskDecision
from rfp.queries.judging.risks import fact_of
from rfp.reporting import words
from scoring import exceptions


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskEntry:
    """What is asked for; ``systems`` empty for all AI systems of the tender."""

    requirements: Sequence[str]
    systems: Sequence[str] = ()
    reason: str
    residual_risk: str
    compensating_controls: str
    expires_on: date
    review_on: date
    renews: RiskAcceptance | None = None


@transaction.atomic
def ask(*, participant: Participant, entry: RiskEntry, on: date, by: User, at: datetime) -> RiskAcceptance:
    """Ask the buyer's executives to accept a risk; the same request that still waits is that one.

    :raises CannotBeAccepted: if no executive could sign it
    """
    organisation = participant.tender.organisation
    # Holding the organisation orders those who ask at once: no number is given twice.
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    highest = RiskAcceptance.objects.of(organisation).aggregate(most=Max("number"))["most"] or 0
    risk = RiskAcceptance(
        organisation=organisation,
        number=highest + 1,
        participant=participant,
        vendor=participant.name,
        stage=participant.tender.stage,
        requirements=_in_order(entry.requirements),
        systems=list(entry.systems),
        reason=entry.reason.strip(),
        residual_risk=entry.residual_risk.strip(),
        compensating_controls=entry.compensating_controls.strip(),
        expires_on=entry.expires_on,
        review_on=entry.review_on,
        renews=entry.renews,
        requested_by=by,
        requested_name=str(by),
        requested_at=at,
    )
    _check(risk, on)
    risk.digest = digest(risk)
    same = RiskAcceptance.objects.of(organisation).filter(digest=risk.digest, decision=RiskDecision.OPEN).first()
    if same is not None:
        return same
    risk.save()
    note(risk, "risk.requested", by, at, vendor=risk.vendor, requirements=risk.requirements, digest=risk.digest)
    said = f"{by} asks to accept a risk of {risk.vendor}: {words.ranged(risk.requirements)}, until "
    for executive in people_with(organisation, Role.EXECUTIVE):
        if executive != by:
            tell(risk, executive, f"{said}{words.day(risk.expires_on)}.", at)
    return risk


@transaction.atomic
def withdraw(*, risk: RiskAcceptance, reason: str, on: date, by: User, at: datetime) -> None:
    """Take a request back before anybody decided.

    :raises SayWhy: without a reason
    :raises DecidedAlready: if somebody decided first
    """
    because(reason)
    decide(risk, outcome(RiskDecision.WITHDRAWN, reason, by, on, at))
    note(risk, "risk.decided", by, at, decision="withdrawn", reason=reason.strip())


def digest(risk: RiskAcceptance) -> str:
    """Return the SHA-256 over canonical JSON of what is asked for."""
    content = {
        "organisation": risk.organisation_id,
        "participant": risk.participant_id,
        "vendor": risk.vendor,
        "stage": risk.stage,
        "requirements": risk.requirements,
        "systems": risk.systems,
        "reason": risk.reason,
        "residual_risk": risk.residual_risk,
        "compensating_controls": risk.compensating_controls,
        "expires_on": risk.expires_on.isoformat(),
        "review_on": risk.review_on.isoformat(),
        "renews": risk.renews_id,
        "requested_by": risk.requested_by_id,
    }
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _in_order(names: Sequence[str]) -> list[str]:
    known = mandate.load().requirements
    unknown = [name for name in names if name not in known]
    if unknown:
        raise CannotBeAccepted(f"The catalogue has no requirement {words.listed(unknown)}.")
    return [name for name in known if name in names]


def _check(risk: RiskAcceptance, on: date) -> None:
    if not on <= risk.review_on <= risk.expires_on:
        raise CannotBeAccepted("The review has to lie between today and the day the acceptance ends.")
    problem = exceptions.problem_of_request(fact_of(risk), on=on, parameters=mandate.load().parameters)
    if problem:
        raise CannotBeAccepted(problem)
