"""What people enter on the pages of questionnaires."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from evidence.forms import OnDay
from rfp.models import JobState, QuestionnaireState, Stage
from rfp.models.reminder import Audience
from rfp.queries import answers, board, inbox
from rfp.reporting import words

MOST_SELECTED = 500
NUMBER = re.compile(r"[0-9]{1,18}")
BANDS = (
    ("", "All answers"),
    *words.BANDS.items(),
    (answers.TO_APPROVE, "Waiting for approval"),
    (answers.APPROVED, "Approved"),
    (answers.UNANSWERED, "Not drafted"),
)


class JobFilter(forms.Form):
    state = forms.ChoiceField(required=False, choices=JobState.choices)


class InboxFilter(forms.Form):
    text = forms.CharField(required=False, max_length=200, label="Search", widget=forms.SearchInput)
    state = forms.ChoiceField(
        required=False,
        label="State",
        choices=[("", "Every state"), *QuestionnaireState.choices, (inbox.SENT, "Sent")],
    )
    verdict = forms.ChoiceField(
        required=False, label="Verdict", choices=[("", "Every verdict"), *words.VERDICTS.items()]
    )
    due = forms.ChoiceField(
        required=False, label="Due", choices=[("", "Any day"), ("overdue", "Overdue"), ("none", "No due date")]
    )
    order = forms.ChoiceField(
        required=False, label="Order", choices=[(name, label) for name, (label, _) in inbox.ORDERS.items()]
    )
    owner = forms.ChoiceField(required=False, label="Owner")
    cites = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any], *, people: Sequence[tuple[str, str]], me: int) -> None:
        super().__init__(data)
        mine = [(str(me), "Mine")]
        others = [(pk, name) for pk, name in people if pk != str(me)]
        self.fields["owner"].choices = [("", "Everyone"), *mine, *others, (inbox.NOBODY, "Nobody")]  # type: ignore[attr-defined]  # a ChoiceField


class AnswerFilter(forms.Form):
    text = forms.CharField(required=False, max_length=200, label="Search", widget=forms.SearchInput)
    band = forms.ChoiceField(required=False, label="Band", choices=BANDS)
    sheet = forms.ChoiceField(required=False, label="Sheet")
    code = forms.ChoiceField(required=False, label="Why blank")
    category = forms.ChoiceField(required=False, label="Category")
    cites = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Mapping[str, Any],
        *,
        sheets: Sequence[tuple[str, str]],
        codes: Sequence[tuple[str, str]],
        categories: Sequence[tuple[str, str]],
    ) -> None:
        super().__init__(data)
        self.fields["sheet"].choices = [("", "Every sheet"), *sheets]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["code"].choices = [("", "Any reason"), *codes]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["category"].choices = [("", "Every category"), *categories]  # type: ignore[attr-defined]  # a ChoiceField


class ApproveReady(forms.Form):
    seal = forms.CharField(max_length=100)


class ApproveSelected(forms.Form):
    """Answers ticked on the page, each as question and version."""

    def __init__(self, keys: Sequence[str]) -> None:
        super().__init__({})
        self._keys = keys

    def clean(self) -> dict[str, Any]:
        if not self._keys:
            raise forms.ValidationError("Tick the answers to approve first.")
        if len(self._keys) > MOST_SELECTED:
            raise forms.ValidationError(f"Approve at most {MOST_SELECTED} answers at once.")
        versions = {}
        for key in self._keys:
            question, _, version = key.partition(".")
            if not (NUMBER.fullmatch(question) and NUMBER.fullmatch(version)):
                raise forms.ValidationError("The page was changed on the way. Load it again.")
            versions[int(question)] = int(version)
        return {"versions": versions}


class BoardFilter(OnDay):
    """What the gap board shows."""

    category = forms.ChoiceField(required=False, label="Category")
    system = forms.ChoiceField(required=False, label="AI system")
    stage = forms.ChoiceField(required=False, label="Questionnaires", choices=[("", "All open"), *Stage.choices])
    state = forms.ChoiceField(required=False, label="State", choices=[("", "Every state"), *board.STATES])
    gaps = forms.BooleanField(required=False, label="Only gaps")
    field_order = ("on", "category", "state", "system", "stage", "gaps")

    def __init__(self, data: Mapping[str, Any], *, systems: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["category"].choices = [("", "Every category"), *board.category_choices()]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["system"].choices = [("", "Every AI system"), *systems]  # type: ignore[attr-defined]  # a ChoiceField


class BoardCell(forms.Form):
    """Which cell of the gap board to explain; ``system`` is 0 for the organisation as a whole."""

    ref = forms.RegexField(r"^[A-Z0-9-]{2,20}$")
    of = forms.IntegerField(min_value=0, max_value=2**53, required=False)


class SnoozeReminder(forms.Form):
    """Why the reminders of a document can wait, and until when."""

    reason = forms.CharField(max_length=500, label="Why it can wait")
    until = forms.DateField(label="Until", widget=forms.DateInput(attrs={"type": "date"}))


class ChooseAudience(forms.Form):
    audience = forms.ChoiceField(label="Who is reminded", choices=Audience.choices)


class TakeBack(forms.Form):
    """Why answers are taken back."""

    reason = forms.CharField(max_length=500, label="Why")


class OfRelease(forms.Form):
    """A sent version."""

    release = forms.IntegerField(min_value=1, max_value=2**53)


class PutRight(OfRelease):
    """How a sent version was put right."""

    note = forms.CharField(max_length=500, label="How it was put right")
