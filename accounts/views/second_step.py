"""The second step shown once more for one act: a signature takes more than a browser that was left open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator

from accounts.views.gate import ActingRequest

FRESH = timedelta(minutes=5)
USED_KEY = "second_step_used_at"
# A recovery code lets a person in who lost their device; it is no signature.
SIGNS = {Authenticator.Type.TOTP.value: "app", Authenticator.Type.WEBAUTHN.value: "security key"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondStep:
    """What was shown, and when in seconds since 1970."""

    what: str
    at: float


def fresh_second_step(request: ActingRequest, *, at: datetime) -> SecondStep | None:
    """Return the second step that the person showed again within five minutes; None once it was used."""
    now, used = at.timestamp(), float(request.session.get(USED_KEY, 0))
    for shown in reversed(get_authentication_records(request, request.user)):
        what = SIGNS.get(str(shown.get("type")), "")
        again = shown.get("method") == "mfa" and shown.get("reauthenticated")
        if what and again and used < shown["at"] and 0 <= now - shown["at"] <= FRESH.total_seconds():
            return SecondStep(what=what, at=shown["at"])
    return None


def use(request: ActingRequest, step: SecondStep) -> None:
    """Let a second step count for no other act."""
    request.session[USED_KEY] = step.at
