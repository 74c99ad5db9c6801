"""What people say about a file of answers that they bring in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from evidence.models import Audience
from rfp.actions.library_import import Bringing
from rfp.workbook.guard import LIMITS

KINDS = (
    ("list", "A list of answers: columns Question and Answer, and more where there are any"),
    ("questionnaire", "A questionnaire that was answered and sent before"),
)
WRITERS = (
    ("self", "I wrote some of them: another person approves them"),
    ("others", "Others wrote them: importing them is my approval"),
)


class ImportForm(forms.Form):
    # A list has columns for these.
    FOR_QUESTIONNAIRES = ("owner", "reviewed_on", "systems", "audience")

    file = forms.FileField(
        label="File",
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xlsm,.csv,.ods,.docx"}),
        help_text="xlsx, xlsm, ods, csv or docx, up to 20 MB.",
    )
    kind = forms.ChoiceField(label="What it is", choices=KINDS, widget=forms.RadioSelect)
    owner = forms.CharField(
        label="Owner of the answers",
        required=False,
        max_length=200,
        help_text="Without an owner an answer is never used.",
    )
    reviewed_on = forms.DateField(
        label="Reviewed on",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text="The day on which these answers were checked.",
    )
    systems = forms.MultipleChoiceField(
        label="The AI systems it was about",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="The answers are given for these only. None ticked: for all of them.",
    )
    audience = forms.ChoiceField(label="Who may be told", choices=Audience.choices, initial=Audience.PUBLIC)
    writer = forms.ChoiceField(label="Who wrote the answers", choices=WRITERS, widget=forms.RadioSelect)

    def __init__(self, *args: Any, today: date, may_approve: bool, systems: Sequence[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today
        self.fields["systems"].choices = [(name, name) for name in systems]  # type: ignore[attr-defined]  # a MultipleChoiceField
        if not may_approve:
            del self.fields["writer"]

    def clean(self) -> None:
        if self.cleaned_data.get("kind") != "questionnaire":
            return
        if not self.cleaned_data.get("owner"):
            self.add_error("owner", "Name who owns these answers: without an owner they are never used.")
        reviewed_on = self.cleaned_data.get("reviewed_on")
        if "reviewed_on" not in self.errors and not (reviewed_on and date(2000, 1, 1) <= reviewed_on <= self.today):
            self.add_error("reviewed_on", "Give the day of the review; it cannot lie ahead.")

    def content(self) -> bytes:
        """Return the bytes of the file; of one that is too large only enough to know that it is."""
        return bytes(self.cleaned_data["file"].read(LIMITS.upload + 1))

    def said(self) -> Bringing:
        data = self.cleaned_data
        return Bringing(
            name=data["file"].name,
            answered=data["kind"] == "questionnaire",
            owner=data["owner"],
            reviewed_on=data["reviewed_on"],
            product="; ".join(sorted(data["systems"])),
            audience=data["audience"],
            approves=data.get("writer") == "others",
        )
