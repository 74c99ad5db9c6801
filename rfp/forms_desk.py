"""What people enter at the review desk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from accounts.models import User
from evidence.models import Audience
from rfp.actions.deciding import Decided
from rfp.answering.by_hand import Entry, Offer, entry_from
from rfp.mapping.types import NO_CATEGORY, Polarity
from rfp.models import Response
from rfp.queries.desk import SHOWS, DeskCounts, DeskSought
from rfp.queries.desk_question import Begun, DeskQuestion
from rfp.queries.requirements import requirement_choices
from rfp.workbook.model import SlotKind

LONGEST_CELL = 32_000  # characters; a spreadsheet's cell holds few more
FEW_OPTIONS = 7  # up to which all are in sight


class DeskFilter(forms.Form):
    """Which questions are listed; a value that does not exist asks for all."""

    show = forms.ChoiceField(required=False, choices=[("", "All"), *SHOWS.items()], widget=forms.HiddenInput)
    sheet = forms.ChoiceField(required=False, label="Sheet")
    text = forms.CharField(required=False, max_length=200, label="Search", widget=forms.SearchInput)

    def __init__(self, data: Mapping[str, Any], *, counts: DeskCounts | None = None) -> None:
        super().__init__(data, auto_id="desk_%s")
        self.fields["text"].widget.attrs["data-key"] = "/"
        if counts is None:
            self.fields["sheet"] = forms.CharField(required=False, max_length=255)
        else:
            choices = [("", "Every sheet"), *((name, f"{name} ({count})") for name, count in counts.sheets)]
            self.fields["sheet"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField
        self.is_valid()  # a field with a bad value does not filter

    @property
    def wanted(self) -> DeskSought:
        return DeskSought(**{name: self.cleaned_data.get(name) or "" for name in ("show", "sheet", "text")})


class Versioned(forms.Form):
    """The version of the answer that a person saw."""

    version = forms.IntegerField(min_value=1, max_value=2**31, widget=forms.HiddenInput)


class ApproveOne(Versioned):
    take_back = forms.BooleanField(required=False)


class AnswerEntry(Versioned):
    """An answer in the fields that the cells of the question take."""

    choice = forms.ChoiceField(required=False, label="Answer")
    text = forms.CharField(required=False, max_length=LONGEST_CELL, label="Answer", strip=True)
    on = forms.DateField(required=False, label="Answer", widget=forms.DateInput(attrs={"type": "date"}))
    comment = forms.CharField(required=False, max_length=LONGEST_CELL, label="Comment beside the answer")
    documents = forms.CharField(required=False, max_length=LONGEST_CELL, label="Documents named")
    override = forms.CharField(required=False, max_length=2000, label="Why it is said without proof")
    stays_blank = forms.BooleanField(required=False, widget=forms.HiddenInput)  # the press of its own button

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        offered: Offer,
        response: Response,
        begin_with: Begun | None = None,
    ) -> None:
        """Begin with an answer given elsewhere where there is one; else with the answer that stands."""
        initial = _entered(response, offered) if begin_with is None else _taken(begin_with, response, offered)
        super().__init__(data, initial=initial, auto_id="entry_%s")
        fields = self.fields
        for name in ("comment", "documents", "override"):
            fields[name].widget = forms.Textarea(attrs={"rows": 2})
        fields["comment"].widget.attrs["rows"] = 4
        if offered.kind in (SlotKind.CHOICE, SlotKind.TICK):
            choices = [*((label, label) for label in offered.options), ("", "Leave the cell blank")]
            fields["choice"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField
            few = len(offered.options) <= FEW_OPTIONS
            fields["choice"].widget = (forms.RadioSelect if few else forms.Select)(choices=choices)
            del fields["text"], fields["on"]
        elif offered.kind is SlotKind.DATE:
            del fields["choice"], fields["text"]
        else:
            if offered.kind is SlotKind.NUMBER:
                fields["text"] = forms.RegexField(
                    r"^-?\d{1,15}(\.\d{1,10})?$",
                    required=False,
                    label="Answer (a number)",
                    error_messages={"invalid": "The cell takes a number, such as 12 or 99.5."},
                )
            else:
                fields["text"].widget = forms.Textarea(attrs={"rows": 5})
            del fields["choice"], fields["on"]
        if not offered.takes_comment:
            del fields["comment"]
        if not offered.takes_documents:
            del fields["documents"]

    @property
    def entry(self) -> Entry:
        said = self.cleaned_data
        if said["stays_blank"]:
            return Entry()
        return Entry(
            choice=said.get("choice") or "",
            text=said.get("text") or "",
            on=said.get("on"),
            comment=said.get("comment") or "",
            documents=said.get("documents") or "",
        )


def _entered(response: Response, offered: Offer) -> dict[str, Any]:
    """Return the answer that stands as a person would have entered it."""
    if not response.shown:
        return {"version": response.version}
    listed = offered.kind in (SlotKind.CHOICE, SlotKind.TICK)
    beside = listed and response.option is None  # words in the comment, with the list left alone
    return {
        "version": response.version,
        "choice": response.option or "",
        "text": response.shown,
        "on": response.answered_on,
        "comment": response.text if beside else response.comment or (response.text if listed else ""),
        "documents": response.documents,
        "override": response.override_reason,
    }


def _taken(begun: Begun, response: Response, offered: Offer) -> dict[str, Any]:
    entry = entry_from(begun.answer, begun.comment, offered)
    return {"version": response.version, "choice": entry.choice, "text": entry.text, "comment": entry.comment}


class AssignTo(forms.Form):
    assignee = forms.TypedChoiceField(label="Who", coerce=int)
    note = forms.CharField(required=False, max_length=1000, label="Note", widget=forms.Textarea(attrs={"rows": 2}))
    due_on = forms.DateField(required=False, label="Due", widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        members: Sequence[User],
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}), auto_id="assign_%s")
        self.fields["assignee"].choices = [(user.pk, str(user)) for user in members]  # type: ignore[attr-defined]  # a ChoiceField


class Say(forms.Form):
    text = forms.CharField(max_length=4000, label="Remark", widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, auto_id="remark_%s")


POLARITIES = (
    (Polarity.DIRECT, "Yes is the good answer"),
    (Polarity.INVERTED, "A yes would state a gap"),
    (Polarity.NEUTRAL, "Neither yes nor no is a gap"),
    ("", "It is no yes-or-no question"),
)


class MapQuestion(forms.Form):
    """What a question asks for: requirements of the checklist, or that it lies outside."""

    seen = forms.IntegerField(required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput)
    outside = forms.BooleanField(required=False, label="It lies outside the checklist")
    requirements = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple, label="Requirements")
    polarity = forms.ChoiceField(
        required=False, choices=POLARITIES, widget=forms.RadioSelect, label="What a yes would say"
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, shown: DeskQuestion) -> None:
        mapping = shown.mapping
        initial = {
            "seen": mapping.pk if mapping else None,
            "outside": mapping is not None and mapping.category == NO_CATEGORY,
            "requirements": list(shown.decisive),
            "polarity": mapping.polarity if mapping else "",
        }
        super().__init__(data, initial=initial, auto_id="map_%s")
        self.fields["requirements"].choices = requirement_choices()  # type: ignore[attr-defined]  # a choice field
        self._first = list(shown.decisive)

    @property
    def groups(self) -> list[tuple[str, list[dict[str, Any]]]]:
        """Return the boxes to tick, by category."""
        chosen = set(self["requirements"].value() or ())
        return [
            (
                category,
                [
                    {"id": f"map_{ref}", "value": ref, "label": label, "chosen": ref in chosen}
                    for ref, label in requirements
                ],
            )
            for category, requirements in requirement_choices()
        ]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if bool(said.get("requirements")) is bool(said.get("outside")):
            raise forms.ValidationError("Choose at least one requirement, or say that it lies outside the checklist.")
        return said

    @property
    def decided(self) -> Decided:
        """Return the decision; what was decisive before stays first."""
        chosen: list[str] = self.cleaned_data["requirements"]
        kept = [ref for ref in self._first if ref in chosen]
        refs = (*kept, *(ref for ref in chosen if ref not in kept))
        said = self.cleaned_data["polarity"]
        return Decided(requirements=refs, polarity=Polarity(said) if said else None)


class KeepAnswer(Versioned):
    """For what a kept answer holds, and who may be told."""

    product = forms.ChoiceField(required=False, label="Holds for")
    audience = forms.ChoiceField(label="May be told", choices=Audience.choices)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, systems: Sequence[str], response: Response, nda: bool
    ) -> None:
        initial = {"version": response.version, "audience": Audience.NDA if nda else Audience.PUBLIC}
        super().__init__(data, initial=initial, auto_id="keep_%s")
        choices = [("", "All AI systems"), *((name, name) for name in systems)]
        self.fields["product"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField
