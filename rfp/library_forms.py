"""What people enter on the pages of the answer library."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from evidence.actions.answer_rows import Wording
from evidence.models import AnswerState, Audience, Evidence, PairJudgement
from rfp.actions.release import Sending
from rfp.answering.scope import parts
from rfp.models import Way
from rfp.queries import answer_library

STATES = (
    ("", "All but retired"),
    (answer_library.WAITING, "Waits for approval"),
    (AnswerState.APPROVED, "Approved"),
    (AnswerState.DRAFT, "Draft"),
    (AnswerState.RETIRED, "Retired"),
)
NEEDS = (
    ("", "Anything"),
    ("due", "Review due within 30 days"),
    ("overdue", "Review overdue"),
    ("lapsed", "Its evidence has lapsed"),
    ("evidence", "No evidence linked"),
    ("use", "Never used"),
)
DAYS = [MinValueValidator(date(2000, 1, 1)), MaxValueValidator(date(2099, 12, 31))]


class AnswersFilter(forms.Form):
    text = forms.CharField(required=False, max_length=200, label="Search", widget=forms.SearchInput)
    state = forms.ChoiceField(required=False, label="State", choices=STATES)
    owner = forms.ChoiceField(required=False, label="Owner")
    product = forms.ChoiceField(required=False, label="AI system")
    audience = forms.ChoiceField(required=False, label="Audience", choices=[("", "Every audience"), *Audience.choices])
    needs = forms.ChoiceField(required=False, label="Needs", choices=NEEDS)
    order = forms.ChoiceField(
        required=False, label="Order", choices=[(name, label) for name, (label, _) in answer_library.ORDERS.items()]
    )

    def __init__(self, data: Mapping[str, Any], *, owners: Sequence[str], systems: Sequence[str]) -> None:
        super().__init__(data)
        self.fields["owner"].choices = [("", "Every owner"), *((name, name) for name in owners)]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["product"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            ("", "Every system"),
            (answer_library.EVERY_SYSTEM, "Those for all systems"),
            *((name, name) for name in systems),
        ]


class AnswerForm(forms.Form):
    """An answer as a person writes it. ``version`` is what they saw."""

    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    question = forms.CharField(label="Question", max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))
    answer = forms.CharField(
        label="Short answer", max_length=2000, help_text="Yes, No or a value, as it stands in the answer cell."
    )
    comment = forms.CharField(
        label="In words",
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="What stands beside the answer.",
    )
    systems = forms.MultipleChoiceField(
        label="Holds for these AI systems",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="None ticked: it holds for all of them.",
    )
    region = forms.CharField(
        label="Holds in these regions",
        required=False,
        max_length=200,
        help_text="Such as EU; UK. Empty: everywhere.",
    )
    audience = forms.ChoiceField(
        label="Who may be told", choices=Audience.choices, help_text="Internal never leaves in a file."
    )
    evidence = forms.ModelChoiceField(
        label="Rests on", queryset=Evidence.objects.none(), required=False, empty_label="Nothing in the library"
    )
    owner = forms.CharField(
        label="Owner", required=False, max_length=200, help_text="Without an owner it is never used."
    )
    reviewed_on = forms.DateField(
        label="Reviewed on",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        validators=DAYS,
        help_text="Without a review in the last 12 months it is not used.",
    )
    note = forms.CharField(label="Why", required=False, max_length=400, help_text="For whoever approves it.")

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        evidence: Any,
        systems: Sequence[str],
        today: date,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self.today = today
        self.fields["evidence"].queryset = evidence  # type: ignore[attr-defined]  # a ModelChoiceField
        named = [*systems, *(name for name in (initial or {}).get("systems", ()) if name not in systems)]
        self.fields["systems"].choices = [(name, name) for name in named]  # type: ignore[attr-defined]  # a MultipleChoiceField

    def clean_reviewed_on(self) -> date | None:
        day: date | None = self.cleaned_data["reviewed_on"]
        if day and day > self.today:
            raise forms.ValidationError("A review has taken place: the day cannot lie ahead.")
        return day

    def show_again(self, *, version: int) -> None:
        """Keep what was entered, to be saved over another version than the one that was seen."""
        self.data = {**self.cleaned_data, "evidence": self["evidence"].data, "version": version}

    def wording(self) -> Wording:
        data = self.cleaned_data
        return Wording(
            question=_lines(data["question"]),
            answer=data["answer"],
            comment=_lines(data["comment"]),
            owner=data["owner"],
            reviewed_on=data["reviewed_on"],
            product="; ".join(sorted(data["systems"])),
            region="; ".join(parts(data["region"])),
            audience=data["audience"],
            evidence=data["evidence"],
        )


def _lines(text: str) -> str:
    """Return a text with the line ends of this side: browsers send others."""
    return text.replace("\r\n", "\n")


def initial_of(wording: Wording) -> dict[str, Any]:
    """Return what a form shows of an answer."""
    return {
        "question": wording.question,
        "answer": wording.answer,
        "comment": wording.comment,
        "owner": wording.owner,
        "reviewed_on": wording.reviewed_on,
        "systems": list(parts(wording.product)),
        "region": wording.region,
        "audience": wording.audience,
        "evidence": wording.evidence.pk if wording.evidence else None,
    }


STEPS = ("approve", "send_back", "still_right", "retire", "undo")


class StepForm(forms.Form):
    """A step on an answer, in the version that was seen."""

    step = forms.ChoiceField(choices=[(name, name) for name in STEPS])
    version = forms.IntegerField(min_value=1)
    note = forms.CharField(required=False, max_length=400)


class SendForm(forms.Form):
    """To whom the final package went, when and how. ``files`` are those that were shown."""

    sent_to = forms.CharField(
        label="Sent to", max_length=300, help_text="Names, addresses or the portal that received it."
    )
    sent_on = forms.DateField(label="Sent on", widget=forms.DateInput(attrs={"type": "date"}), validators=DAYS)
    way = forms.ChoiceField(label="How", choices=Way.choices)
    note = forms.CharField(label="Note", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))

    def sending(self) -> Sending:
        data = self.cleaned_data
        return Sending(
            sent_to=data["sent_to"], sent_on=data["sent_on"], way=Way(data["way"]), note=_lines(data["note"])
        )


def numbers(texts: Sequence[str]) -> list[int]:
    """Return the ids among what a form sent."""
    return [int(text) for text in texts if text.isascii() and text.isdigit() and len(text) <= 18]


class PairForm(forms.Form):
    """What a person decided about two answers, each in the version that was shown."""

    DONE: ClassVar[Mapping[str, str]] = {
        "keep_first": "Merged: the first one stays, and what was answered from the other counts as its own.",
        "keep_second": "Merged: the second one stays, and what was answered from the other counts as its own.",
        PairJudgement.BOTH_RIGHT: "Remembered: both are right, until one of them changes.",
        PairJudgement.NOT_SAME: "Remembered: they do not ask the same, until one of them changes.",
    }
    pair = forms.CharField(max_length=90)
    what = forms.ChoiceField(choices=[(name, name) for name in DONE])
