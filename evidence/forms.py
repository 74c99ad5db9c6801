"""What people enter on the pages of the evidence library."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from evidence.ingest.limits import QUOTE, WIDTHS

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


class PageWanted(forms.Form):
    """How a page is to be drawn: what to mark on it, and how wide."""

    quote = forms.CharField(required=False, max_length=QUOTE, strip=True)
    width = forms.ChoiceField(required=False, choices=[(str(width), width) for width in WIDTHS])

    def look(self) -> tuple[int, str]:
        """Return the width and the quote; what cannot be read is left at what is usual."""
        read = self.cleaned_data if self.is_valid() or self.cleaned_data else {}
        return int(read.get("width") or WIDTHS[1]), read.get("quote", "")


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
