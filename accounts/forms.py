"""What people enter on the pages about themselves and about the record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, cast
from zoneinfo import available_timezones

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from accounts.models import Role


class ChooseOrganisation(forms.Form):
    organisation = forms.IntegerField(min_value=1)


# The zones of places, not their old names and abbreviations.
REGIONS = ("Africa/", "America/", "Antarctica/", "Arctic/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/")
ZONES = frozenset(name for name in available_timezones() if name == "UTC" or name.startswith((*REGIONS, "Pacific/")))


class OwnName(forms.Form):
    full_name = forms.CharField(
        label="Your name", max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )


class Roles(forms.Form):
    """The roles of a person: those that the organisation can give, and those they hold already."""

    roles = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, error_messages={"required": "Choose one."})

    def __init__(self, *args: Any, offered: Sequence[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.MultipleChoiceField, self.fields["roles"])
        field.choices = [(role.value, role.label) for role in offered]

    def chosen(self) -> list[Role]:
        return [Role(value) for value in self.cleaned_data["roles"]]


class Invite(Roles):
    email = forms.EmailField(label="E-mail address", max_length=254)


class OrganisationSettings(forms.Form):
    name = forms.CharField(max_length=200)
    legal_entity = forms.CharField(
        label="Legal entity", max_length=200, help_text="The entity that signs contracts, as certificates name it."
    )
    time_zone = forms.ChoiceField(label="Time zone", help_text="Evidence is judged on the dates of this zone.")
    requires_two_factor = forms.BooleanField(
        label="Members need a second step at sign-in",
        required=False,
        help_text="Who has none is asked to set one up before they see anything of the organisation.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zones = cast(forms.ChoiceField, self.fields["time_zone"])
        zones.choices = [(name, name.replace("_", " ")) for name in sorted(ZONES)]


# The first and the last day of all have no day beside them to count to.
DAYS = [MinValueValidator(date(2000, 1, 1)), MaxValueValidator(date(2099, 12, 31))]


class AuditFilter(forms.Form):
    """Which events to show. Choices are what the organisation's record holds."""

    event = forms.ChoiceField(required=False, label="What")
    person = forms.ChoiceField(required=False, label="Who")
    about = forms.ChoiceField(required=False, label="About")
    about_id = forms.CharField(required=False, label="Its number", max_length=80)
    since = forms.DateField(
        required=False, label="From", widget=forms.DateInput(attrs={"type": "date"}), validators=DAYS
    )
    until = forms.DateField(required=False, label="To", widget=forms.DateInput(attrs={"type": "date"}), validators=DAYS)

    def __init__(self, data: Mapping[str, Any], **choices: Sequence[tuple[str, str]]) -> None:
        """Take the choices of ``event``, ``person`` and ``about``."""
        super().__init__(data)
        every = {"event": "Everything", "person": "Everyone", "about": "Anything"}
        for name, word in every.items():
            cast(forms.ChoiceField, self.fields[name]).choices = [("", word), *choices[name]]
