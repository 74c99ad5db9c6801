"""What every step on an acceptance of risk shares: it is decided once, noted, and told to who has to know."""

from __future__ import annotations

from datetime import date, datetime

from django.urls import reverse

from accounts import audit
from accounts.actions.notifications import notify
from accounts.models import User
from rfp.models import RiskAcceptance, RiskDecision


class CannotBeAccepted(Exception):
    """Nobody could sign it as it is asked for; the text says why and what to do."""


class MayNotSign(Exception):
    """The person is not the one who may sign; the text says why."""


class DecidedAlready(Exception):
    """Somebody decided first."""


class SayWhy(Exception):
    """A decision that others have to understand came without a reason."""


def because(reason: str) -> None:
    if not reason.strip():
        raise SayWhy("Say why: whoever reads the register next year has to understand it.")


def outcome(decision: RiskDecision, reason: str, by: User, on: date, at: datetime) -> dict[str, object]:
    return {
        "decision": decision,
        "decided_by": by,
        "decided_name": str(by),
        "decided_at": at,
        "decided_on": on,
        "decided_because": reason.strip(),
    }


def decide(risk: RiskAcceptance, decided: dict[str, object]) -> None:
    waiting = RiskAcceptance.objects.filter(pk=risk.pk, decision=RiskDecision.OPEN, digest=risk.digest)
    if not waiting.update(**decided):
        raise DecidedAlready(f"{risk.reference} is decided already. Open it again to see how.")


def tell_requester(risk: RiskAcceptance, text: str, by: User, at: datetime) -> None:
    if risk.requested_by is not None and risk.requested_by != by:
        tell(risk, risk.requested_by, text, at)


def tell(risk: RiskAcceptance, person: User, text: str, at: datetime) -> None:
    url = reverse("risk", args=[risk.pk])
    notify(organisation=risk.organisation, user=person, kind="risk", text=text, url=url, at=at)


def note(risk: RiskAcceptance, event: str, by: User, at: datetime, **details: object) -> None:
    audit.record(
        organisation=risk.organisation,
        event=event,
        target=risk,
        by=by,
        at=at,
        details={"reference": risk.reference, **details},
    )
