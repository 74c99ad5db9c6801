"""What a buyer's people enter about tenders."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from accounts.models import Organisation, User
from rfp.actions.tenders.define import Definition
from rfp.models import PriceFormula, Stage, Tender
from rfp.queries.deal_choices import people_of, sector_choices
from rfp.workbook.guard import LIMITS

MOST_SYSTEMS = 40
SCALE = [(number, str(number)) for number in range(1, 6)]
LARGEST_WEIGHT = 10_000


def weight_field(**options: Any) -> forms.DecimalField:
    return forms.DecimalField(min_value=0, max_value=LARGEST_WEIGHT, max_digits=9, decimal_places=4, **options)


class DefinitionForm(forms.Form):
    """What a tender is about, until when, and how its price counts."""

    name = forms.CharField(max_length=200, label="Name")
    reference = forms.CharField(max_length=60, required=False, label="Your reference")
    due_at = forms.DateTimeField(
        required=False,
        label="Answers are due",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    owner = forms.ModelChoiceField(User.objects.none(), required=False, label="Owner", empty_label="You")
    stage = forms.ChoiceField(label="Proof is needed for", choices=Stage.choices)
    systems = forms.CharField(
        required=False,
        label="AI systems in question",
        help_text="One a line, by the names that vendors use. Empty: everything a vendor offers.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
    )
    add_ons = forms.MultipleChoiceField(
        required=False, label="Rules you are under", widget=forms.CheckboxSelectMultiple, choices=sector_choices
    )
    impact = forms.TypedChoiceField(label="Impact if it goes wrong, 1 to 5", choices=SCALE, coerce=int, initial=3)
    likelihood = forms.TypedChoiceField(label="Likelihood, 1 to 5", choices=SCALE, coerce=int, initial=3)
    blind = forms.BooleanField(
        required=False,
        label="Hide vendors' names from evaluators",
        help_text="They see Vendor A, Vendor B, and neither file names nor what documents say of their authors.",
    )
    price_formula = forms.ChoiceField(label="How the price is scored", choices=PriceFormula.choices)
    price_weight = weight_field(
        required=False, label="Weight of the price", help_text="Beside the weights of the criteria."
    )
    price_envelope = forms.DecimalField(
        required=False,
        label="Envelope",
        min_value=0,
        max_digits=16,
        decimal_places=2,
        help_text="The most you can pay.",
    )
    currency = forms.RegexField(r"^[A-Za-z]{3}$", label="Currency", initial="EUR")
    reason = forms.CharField(
        required=False, max_length=1000, label="Why it changes", widget=forms.Textarea(attrs={"rows": 2})
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, organisation: Organisation, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["owner"].queryset = people_of(organisation)  # type: ignore[attr-defined]  # a model field

    @classmethod
    def of(cls, tender: Tender) -> DefinitionForm:
        """Return the form as the tender is defined."""
        names = [name for name in cls.base_fields if name not in ("reason", "systems", "owner", "due_at")]
        initial = {name: getattr(tender, name) for name in names}
        initial["systems"] = "\n".join(tender.systems)
        initial["owner"] = tender.owner_id
        initial["due_at"] = timezone.localtime(tender.due_at) if tender.due_at else None
        return cls(organisation=tender.organisation, initial=initial)

    def clean_systems(self) -> list[str]:
        """:raises ValidationError: if there are too many names, or one is too long"""
        names = [line.strip() for line in self.cleaned_data["systems"].splitlines() if line.strip()]
        if len(names) > MOST_SYSTEMS or any(len(name) > 200 for name in names):
            raise forms.ValidationError(f"Name at most {MOST_SYSTEMS} systems, with at most 200 characters each.")
        return names

    @property
    def definition(self) -> Definition:
        data = {name: value for name, value in self.cleaned_data.items() if name not in ("reason", "version")}
        data["stage"], data["price_formula"] = Stage(data["stage"]), PriceFormula(data["price_formula"])
        data["price_weight"] = data["price_weight"] or 0
        return Definition(**data)


class FormUpload(forms.Form):
    """The buyer's workbook, and where its questions are if that is not found."""

    workbook = forms.FileField(
        label="Your workbook",
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xlsm,.ods,.csv,.docx"}),
    )
    layout = forms.FileField(required=False, label="Layout file, where the questions are not found by themselves")
    version = forms.IntegerField(widget=forms.HiddenInput)

    @property
    def content(self) -> bytes:
        """Return the bytes of the workbook; of one that is too large only enough to know that it is."""
        file: UploadedFile[Any] = self.cleaned_data["workbook"]
        return bytes(file.read(LIMITS.upload + 1))

    @property
    def layout_text(self) -> str:
        file = self.cleaned_data["layout"]
        return file.read(1_000_000).decode("utf-8", errors="replace") if file else ""


class Version(forms.Form):
    """The version of the tender that a person saw."""

    version = forms.IntegerField()


class VendorName(forms.Form):
    name = forms.CharField(max_length=200, label="Vendor")
