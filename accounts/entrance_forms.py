"""The forms of signing in and of the own account: allauth's, with our words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.core import context
from allauth.mfa.base import forms as two_factor
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms

from accounts.adapter import invited

CHOOSE = "At least 12 characters, and none of the common ones. A sentence is good."


class Plain(forms.Form):
    """A label above each field says what it is for; the first field is ready to type in."""

    LABELS: ClassVar[Mapping[str, str]] = {}
    HELP: ClassVar[Mapping[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.LABELS.get(name, field.label)
            field.help_text = self.HELP.get(name, "")
        for first in self.visible_fields()[:1]:
            first.field.widget.attrs["autofocus"] = True


class SignIn(Plain, account.LoginForm):
    LABELS: ClassVar[Mapping[str, str]] = {"login": "E-mail address"}


class SignUp(Plain, account.SignupForm):  # type: ignore[misc]  # both clean, allauth's with a narrower promise
    """A new account for the address that was invited, and for no other."""

    LABELS: ClassVar[Mapping[str, str]] = {"password1": "Password", "email": "E-mail address"}
    HELP: ClassVar[Mapping[str, str]] = {"password1": CHOOSE}
    full_name = forms.CharField(
        label="Your name", max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    field_order = ["full_name", "email", "password1"]  # noqa: RUF012  # the base class declares it as a plain attribute

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if invitation := invited(context.request):
            self.initial["email"] = invitation.email
        self.fields["email"].widget.attrs.update(readonly=True, autocomplete="username")

    def clean_email(self) -> str:
        value = str(super().clean_email())
        invitation = invited(context.request)
        if invitation is None or invitation.email != value:
            raise forms.ValidationError("The account is for the address that was invited.")
        return value

    def signup(self, request: Any, user: Any) -> None:
        """Nothing more to store: the name is stored with the account."""


class AddEmail(Plain, account.AddEmailForm):
    LABELS: ClassVar[Mapping[str, str]] = {"email": "New address"}


class ChangePassword(Plain, account.ChangePasswordForm):
    LABELS: ClassVar[Mapping[str, str]] = {
        "oldpassword": "Current password",
        "password1": "New password",
        "password2": "New password again",
    }
    HELP: ClassVar[Mapping[str, str]] = {"password1": CHOOSE}


class SetPassword(Plain, account.SetPasswordForm):
    LABELS: ClassVar[Mapping[str, str]] = {"password2": "Password again"}
    HELP: ClassVar[Mapping[str, str]] = {"password1": CHOOSE}


class ResetPassword(Plain, account.ResetPasswordForm):
    LABELS: ClassVar[Mapping[str, str]] = {"email": "E-mail address"}


class ResetPasswordKey(Plain, account.ResetPasswordKeyForm):
    LABELS: ClassVar[Mapping[str, str]] = {"password1": "New password", "password2": "New password again"}
    HELP: ClassVar[Mapping[str, str]] = {"password1": CHOOSE}


class Reauthenticate(Plain, account.ReauthenticateForm):
    pass


class ConfirmEmailCode(Plain, account.ConfirmEmailVerificationCodeForm):
    LABELS: ClassVar[Mapping[str, str]] = {"code": "Code from the mail"}


class ConfirmResetCode(Plain, account.ConfirmPasswordResetCodeForm):
    LABELS: ClassVar[Mapping[str, str]] = {"code": "Code from the mail"}


class SecondStep(Plain, two_factor.AuthenticateForm):
    LABELS: ClassVar[Mapping[str, str]] = {"code": "Code"}


class SecondStepAgain(Plain, two_factor.ReauthenticateForm):
    LABELS: ClassVar[Mapping[str, str]] = {"code": "Code"}


class ActivateApp(Plain, ActivateTOTPForm):
    LABELS: ClassVar[Mapping[str, str]] = {"code": "Code that the app shows"}


class AddKey(Plain, AddWebAuthnForm):
    LABELS: ClassVar[Mapping[str, str]] = {"name": "Name of the key"}


class RenameKey(Plain, EditWebAuthnForm):
    LABELS: ClassVar[Mapping[str, str]] = {"name": "Name of the key"}
