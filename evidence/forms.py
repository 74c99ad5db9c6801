"""What people enter on the pages of the evidence library."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.validators import FileExtensionValidator, MaxValueValidator, MinValueValidator

from evidence.ingest.limits import QUOTE, WIDTHS
from evidence.models import Audience, CheckResult

SCREENSHOT = 5_000_000  # bytes
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


class CheckForm(forms.Form):
    """What a person saw when they looked outside the document."""

    place = forms.CharField(max_length=200, label="Where you looked", help_text="The register, or who you asked.")
    address = forms.CharField(
        max_length=500, required=False, label="Address there", help_text="Kept as text; nothing is fetched."
    )
    checked_on = forms.DateField(label="When", widget=forms.DateInput(attrs={"type": "date"}))
    result = forms.ChoiceField(label="Result", choices=CheckResult.choices, widget=forms.RadioSelect)
    note = forms.CharField(required=False, max_length=2000, label="Note", widget=forms.Textarea(attrs={"rows": 3}))
    screenshot = forms.FileField(
        required=False, label="Screenshot", validators=[FileExtensionValidator(["png", "jpg", "jpeg", "pdf"])]
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_checked_on(self) -> date:
        day: date = self.cleaned_data["checked_on"]
        if not date(2000, 1, 1) <= day <= self.today:
            raise forms.ValidationError("A check was done today or before.")
        return day

    def clean_screenshot(self) -> Any:
        file = self.cleaned_data["screenshot"]
        if file is not None and file.size > SCREENSHOT:
            raise forms.ValidationError(f"A screenshot has {SCREENSHOT // 1_000_000} MB at most.")
        return file


class AudienceForm(forms.Form):
    """To whom answers may name and quote a document, and what the person saw it to be."""

    audience = forms.ChoiceField(label="Who may be told of it", choices=Audience.choices)
    seen = forms.ChoiceField(choices=Audience.choices, widget=forms.HiddenInput)


class WithdrawForm(forms.Form):
    reason = forms.CharField(max_length=500, label="Reason")
    effective_on = forms.DateField(
        label="From",
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text="The day from which nothing should have rested on it.",
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_effective_on(self) -> date:
        day: date = self.cleaned_data["effective_on"]
        if not date(2000, 1, 1) <= day <= self.today:
            raise forms.ValidationError("It is withdrawn from today on, or from a day before.")
        return day


class EvidenceFilter(OnDay):
    text = forms.CharField(required=False, max_length=200, label="Search", widget=forms.SearchInput)
    kind = forms.ChoiceField(required=False, label="Kind")
    verdict = forms.ChoiceField(required=False, label="Verdict")
    lapses = forms.ChoiceField(
        required=False, label="Lapses", choices=[("", "Any time"), ("soon", "Within 90 days"), ("past", "Has lapsed")]
    )
    second = forms.ChoiceField(
        required=False, label="Second person", choices=[("", "Verified or not"), ("waits", "Not verified yet")]
    )
    order = forms.ChoiceField(required=False, label="Order", choices=ORDERS)
    field_order = ("text", "kind", "verdict", "lapses", "second", "order", "on")

    def __init__(
        self, data: Mapping[str, Any], *, kinds: Sequence[tuple[str, str]], verdicts: Sequence[tuple[str, str]]
    ) -> None:
        super().__init__(data)
        self.fields["kind"].choices = [("", "Every kind"), *kinds]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["verdict"].choices = [("", "Every verdict"), *verdicts]  # type: ignore[attr-defined]  # a ChoiceField
