"""What people enter on the pages about themselves and about the record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, UsernameField

from accounts import throttle


class SignIn(AuthenticationForm):
    """Addresses are stored in small letters; people type them as they like."""

    username = UsernameField(
        label="E-mail address",
        widget=forms.EmailInput(attrs={"autofocus": True, "autocomplete": "username", "inputmode": "email"}),
    )
    error_messages = {  # noqa: RUF012  # the base class declares it as a plain attribute
        "invalid_login": "The address and the password do not belong together. Both are checked letter for letter.",
        "inactive": "This account is closed. Ask an administrator.",
    }

    def clean_username(self) -> str:
        return str(self.cleaned_data["username"]).lower()

    def clean(self) -> dict[str, Any]:
        address = str(self.cleaned_data.get("username", ""))
        place = str(self.request.META.get("REMOTE_ADDR", "")) if self.request else ""
        if throttle.is_closed(address, place):
            # Said before the password is looked at: a right guess is told nothing either.
            raise forms.ValidationError("Too many tries failed for this address. Wait a quarter of an hour.")
        try:
            return super().clean()
        except forms.ValidationError:
            throttle.count_failure(address, place)
            raise


class ChooseOrganisation(forms.Form):
    organisation = forms.IntegerField(min_value=1)


class AuditFilter(forms.Form):
    """Which events to show. Choices are what the organisation's record holds."""

    event = forms.ChoiceField(required=False, label="What")
    person = forms.ChoiceField(required=False, label="Who")
    since = forms.DateField(required=False, label="From", widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(required=False, label="To", widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(
        self, data: Mapping[str, Any], *, events: Sequence[tuple[str, str]], people: Sequence[tuple[str, str]]
    ) -> None:
        super().__init__(data)
        self.fields["event"].choices = [("", "Everything"), *events]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["person"].choices = [("", "Everyone"), *people]  # type: ignore[attr-defined]  # a ChoiceField
