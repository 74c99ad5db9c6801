"""What people do at the entrance and with their own account, recorded for the organisations they belong to."""

from __future__ import annotations

from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as two_factor
from django.contrib import messages
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from accounts.actions.invitations import InvitationClosed, accept
from accounts.actions.people import record_about_person
from accounts.adapter import INVITATION_KEY, invited
from accounts.models import User


@receiver(account.user_signed_up)
def join(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Let the new person into the organisation that invited them."""
    invitation = invited(request)
    if invitation is None:
        return
    try:
        accept(invitation=invitation, user=user, at=timezone.now())
    except InvitationClosed as problem:
        messages.error(request, str(problem))
    request.session.pop(INVITATION_KEY, None)


@receiver(account.user_logged_in)
def signed_in(request: HttpRequest, user: User, **kwargs: Any) -> None:
    by = "single sign-on" if "sociallogin" in kwargs else "password"
    record_about_person(user=user, event="person.signed_in", at=timezone.now(), details={"by": by})


@receiver([account.password_changed, account.password_set])
def password_changed(user: User, **kwargs: Any) -> None:
    record_about_person(user=user, event="person.password_changed", at=timezone.now())


@receiver(account.password_reset)
def password_reset(user: User, **kwargs: Any) -> None:
    record_about_person(user=user, event="person.password_reset", at=timezone.now())


@receiver(account.email_changed)
def email_changed(user: User, to_email_address: Any, **kwargs: Any) -> None:
    details = {"email": to_email_address.email}
    record_about_person(user=user, event="person.address_changed", at=timezone.now(), details=details)


@receiver(two_factor.authenticator_added)
def second_step_added(user: User, authenticator: Any, **kwargs: Any) -> None:
    _second_step("person.second_step_added", user, authenticator)


@receiver(two_factor.authenticator_removed)
def second_step_removed(user: User, authenticator: Any, **kwargs: Any) -> None:
    _second_step("person.second_step_removed", user, authenticator)


@receiver(two_factor.authenticator_reset)
def recovery_codes_renewed(user: User, authenticator: Any, **kwargs: Any) -> None:
    _second_step("person.recovery_codes_renewed", user, authenticator)


def _second_step(event: str, user: User, authenticator: Any) -> None:
    record_about_person(user=user, event=event, at=timezone.now(), details={"kind": authenticator.type})
