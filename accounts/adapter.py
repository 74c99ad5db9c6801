"""How django-allauth behaves here: accounts open by invitation only, and single sign-on opens none by itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import qrcode
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core import ratelimit
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils import timezone

from accounts.models import Invitation, User
from accounts.queries import open_invitation

INVITATION_KEY = "invitation"


def invited(request: HttpRequest) -> Invitation | None:
    """Return the invitation whose link this browser opened and began to accept, while it is open."""
    return open_invitation(request.session.get(INVITATION_KEY), at=timezone.now())


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {  # noqa: RUF012  # the base class declares it as a plain attribute
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "This account is closed. Ask an administrator.",
        "email_password_mismatch": (
            "The address and the password do not belong together. The password is checked letter for letter."
        ),
        "too_many_login_attempts": "Too many tries failed. Wait a quarter of an hour.",
        "incorrect_code": "That is not the code. Use the latest one.",
        "incorrect_password": "That is not your password.",
        "enter_current_password": "That is not your current password.",
        "duplicate_email": "That is your address already.",
        "rate_limited": "Too many requests. Wait a minute.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return invited(request) is not None

    def is_email_verified(self, request: HttpRequest, email: str) -> bool:
        """Return whether the link that brought the person here was sent to that address."""
        invitation = invited(request)
        return invitation is not None and invitation.email == email.lower()

    def save_user(
        self, request: HttpRequest, user: AbstractBaseUser, form: Any, commit: bool = True
    ) -> AbstractBaseUser:
        cast(User, user).full_name = form.cleaned_data.get("full_name", "")
        return super().save_user(request, user, form, commit=commit)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Close an address to one place after some failures, long before it is closed to all places.

        :raises ValidationError: if too many tries failed; a right guess is told nothing either
        """
        if not self._count(request, credentials, dry_run=True):
            raise self.validation_error("too_many_login_attempts")
        super().pre_authenticate(request, **credentials)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        self._count(request, credentials, dry_run=False)

    def _count(self, request: HttpRequest, credentials: Mapping[str, Any], *, dry_run: bool) -> bool:
        key = f"{credentials.get('email', '').lower()}\n{self.get_client_ip(request)}"
        return ratelimit.consume(request, action="login_failed_from_one_place", key=key, dry_run=dry_run)


class TwoFactorAdapter(DefaultMFAAdapter):
    error_messages = {  # noqa: RUF012  # the base class declares it as a plain attribute
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "That is not the code. Each works once; wait for the next one.",
        "unverified_email": "Confirm your address first.",
        "cannot_generate_recovery_codes": "Set up an app or a key first.",
    }

    def build_totp_svg(self, url: str) -> str:
        """Draw the code as one path: the policy of the pages takes no picture out of a data address."""
        code = qrcode.QRCode(border=0)
        code.add_data(url)
        rows = code.get_matrix()
        path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
        box = f"-4 -4 {len(rows) + 8} {len(rows) + 8}"
        return f'<svg class="qr" viewBox="{box}" aria-hidden="true"><path d="{path}"/></svg>'


class SingleSignOnAdapter(DefaultSocialAccountAdapter):
    """An address counts only where both sides vouch for it: the company's server and the account or invitation here."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """:raises ImmediateHttpResponse: if a person would link a sign-on of somebody else to their account"""
        if sociallogin.state.get("process") != "connect" or not request.user.is_authenticated:
            return
        if request.user.email.lower() not in _vouched(sociallogin):
            messages.error(request, f"That sign-on does not vouch for {request.user.email}, so it was not linked.")
            raise ImmediateHttpResponse(redirect("socialaccount_connections"))

    def authenticate_by_email(self, sociallogin: SocialLogin) -> tuple[Any, str] | None:
        match = super().authenticate_by_email(sociallogin)
        if match is None:
            return None
        user, email = match
        known = EmailAddress.objects.filter(user_id=user.pk, email__iexact=email, verified=True).exists()
        return match if known else None

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        invitation = invited(request)
        return invitation is not None and invitation.email in _vouched(sociallogin)

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> User:
        user: User = super().populate_user(request, sociallogin, data)
        given = " ".join(filter(None, (data.get("first_name"), data.get("last_name"))))
        user.full_name = (data.get("name") or given or "")[:200]
        user.email = user.email.lower()
        return user


def _vouched(sociallogin: SocialLogin) -> set[str]:
    return {address.email.lower() for address in sociallogin.email_addresses if address.verified}
