"""What people enter on the pages of the evidence library."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

ORDERS = (
    ("", "What lapses first"),
    ("verdict", "What needs a hand first"),
    ("reference", "Reference"),
    ("kind", "Kind"),
    ("issuer", "Issuer"),
)


class OnDay(forms.Form):
    """The day the library is judged on; empty for today."""

    on = forms.DateField(
        required=False,
        label="Judged on",
        widget=forms.DateInput(attrs={"type": "date"}),
        validators=[MinValueValidator(date(2000, 1, 1)), MaxValueValidator(date(2099, 12, 31))],
    )


class EvidenceFilter(OnDay):
    text = forms.CharField(required=False, max_length=200, label="Search", widget=forms.SearchInput)
    kind = forms.ChoiceField(required=False, label="Kind")
    verdict = forms.ChoiceField(required=False, label="Verdict")
    lapses = forms.ChoiceField(
        required=False, label="Lapses", choices=[("", "Any time"), ("soon", "Within 90 days"), ("past", "Has lapsed")]
    )
    order = forms.ChoiceField(required=False, label="Order", choices=ORDERS)
    field_order = ("text", "kind", "verdict", "lapses", "order", "on")

    def __init__(
        self, data: Mapping[str, Any], *, kinds: Sequence[tuple[str, str]], verdicts: Sequence[tuple[str, str]]
    ) -> None:
        super().__init__(data)
        self.fields["kind"].choices = [("", "Every kind"), *kinds]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["verdict"].choices = [("", "Every verdict"), *verdicts]  # type: ignore[attr-defined]  # a ChoiceField
