"""What people enter about deals: the files and who asks, and what is to be made again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from accounts.models import Organisation, User
from evidence.models import AISystem
from rfp.actions.deal import Deal
from rfp.models import Questionnaire, Stage
from rfp.queries.deal_choices import buyers_of, people_of, regions_of, sector_choices, systems_of
from rfp.workbook.guard import LIMITS

MOST_FILES = 20
LONGEST_ID = 18  # digits
ONCE = r"^[A-Za-z0-9_-]{8,64}$"


class AskForDraft(forms.Form):
    on = forms.DateField(required=False)
    token = forms.RegexField(ONCE)


class AskForFiles(forms.Form):
    final = forms.BooleanField(required=False)
    token = forms.RegexField(ONCE)


class SystemsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # Django takes no arguments there
    """AI systems by id. A number beyond every id is no choice; the database would fail on it."""

    def clean(self, value: Any) -> Any:
        """:raises ValidationError: if one is none of those offered"""
        for chosen in value or ():
            if len(str(chosen)) > LONGEST_ID:
                raise forms.ValidationError(
                    self.error_messages["invalid_choice"], code="invalid_choice", params={"value": chosen}
                )
        return super().clean(value)


class DealForm(forms.Form):
    """Who asks, about which AI systems, until when and under which conditions."""

    buyer = forms.CharField(
        max_length=200, label="Buyer", widget=forms.TextInput(attrs={"list": "buyers", "autocomplete": "off"})
    )
    due_on = forms.DateField(required=False, label="Due", widget=forms.DateInput(attrs={"type": "date"}))
    stage = forms.ChoiceField(label="Stage", choices=Stage.choices)
    region = forms.CharField(
        max_length=80,
        required=False,
        label="Where the buyer is",
        help_text="Such as EU. Answers kept for other regions are then left out.",
        widget=forms.TextInput(attrs={"list": "regions", "autocomplete": "off"}),
    )
    owner = forms.ModelChoiceField(User.objects.none(), required=False, label="Owner", empty_label="Nobody yet")
    systems = SystemsField(
        AISystem.objects.none(),
        label="AI systems asked about",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick at least one AI system: answers are proven for each of them."},
    )
    sectors = forms.MultipleChoiceField(
        required=False, label="The buyer's rules", widget=forms.CheckboxSelectMultiple, choices=sector_choices
    )
    nda_signed = forms.BooleanField(required=False, label="The buyer signed an NDA")
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, organisation: Organisation, questionnaire: Questionnaire | None = None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.organisation = organisation
        self.fields["systems"].queryset = systems_of(organisation, questionnaire)  # type: ignore[attr-defined]  # a model field
        self.fields["owner"].queryset = people_of(organisation)  # type: ignore[attr-defined]  # a model field

    @classmethod
    def of(cls, questionnaire: Questionnaire) -> DealForm:
        """Return the form as the deal stands."""
        names = ("buyer", "due_on", "stage", "region", "sectors", "nda_signed", "version")
        initial = {name: getattr(questionnaire, name) for name in names}
        initial |= {"owner": questionnaire.owner_id, "systems": [system.pk for system in questionnaire.systems.all()]}
        return cls(organisation=questionnaire.organisation, questionnaire=questionnaire, initial=initial)

    @property
    def buyers(self) -> list[str]:
        """Return who asked before, to be picked from."""
        return buyers_of(self.organisation)

    @property
    def regions(self) -> list[str]:
        """Return the regions that answers of the library hold in, to be picked from."""
        return regions_of(self.organisation)

    @property
    def deal(self) -> Deal:
        data = self.cleaned_data
        return Deal(
            buyer=data["buyer"],
            systems=list(data["systems"]),
            stage=Stage(data["stage"]),
            sectors=data["sectors"],
            due_on=data["due_on"],
            nda_signed=data["nda_signed"],
            region=data["region"],
            owner=data["owner"],
        )


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One or more files."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        files = data or [None]  # nothing chosen is refused as a single field refuses it
        if len(files) > MOST_FILES:
            raise forms.ValidationError(f"Upload at most {MOST_FILES} files at once.")
        return [super(FilesField, self).clean(file, initial) for file in files]


class UploadForm(DealForm):
    """The files of a deal; what is entered holds for each of them."""

    workbooks = FilesField(
        label="Files", allow_empty_file=True, widget=SeveralFiles(attrs={"accept": ".xlsx,.xlsm,.csv,.ods,.docx"})
    )

    def content_of(self, file: UploadedFile[Any]) -> bytes:
        """Return the bytes of a file; of one that is too large only enough to know that it is."""
        return bytes(file.read(LIMITS.upload + 1))
