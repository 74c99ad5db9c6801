"""What people enter about the risks that a buyer accepts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any, cast

from django import forms

from evidence.catalogs import mandate
from rfp.actions.risks.asking import RiskEntry
from rfp.models import RiskAcceptance

USUAL_DAYS = 180
REVIEW_BEFORE = 30  # days before the end


def _words(label: str, help_text: str, rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, max_length=4000, widget=forms.Textarea(attrs={"rows": rows})
    )


def _day(label: str, help_text: str) -> forms.DateField:
    return forms.DateField(label=label, help_text=help_text, widget=forms.DateInput(attrs={"type": "date"}))


class AskForRisk(forms.Form):
    """``open_first`` are the requirements that are open for the vendor today: they stand before the others."""

    requirements = forms.MultipleChoiceField(
        label="Requirements", widget=forms.CheckboxSelectMultiple, error_messages={"required": "Tick at least one."}
    )
    systems = forms.MultipleChoiceField(
        label="AI systems", required=False, widget=forms.CheckboxSelectMultiple, help_text="None ticked: all of them."
    )
    reason = _words("Why is it accepted?", "What the business needs, and why it cannot wait for the proof.")
    residual_risk = _words("What can happen?", "The risk that stays, how likely and how bad.")
    compensating_controls = _words("What protects us meanwhile?", "Controls that are in place, and who runs them.")
    expires_on = _day("Ends after", "At most 365 days from the signature; it lapses by itself.")
    review_on = _day("To be looked at again by", "")
    renews = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, systems: Sequence[str], open_first: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        catalogue = mandate.load()
        self.open_first = frozenset(open_first)
        known = [(r.id, f"{r.id} {r.title}") for r in catalogue.requirements.values()]
        cast(forms.MultipleChoiceField, self.fields["requirements"]).choices = known
        cast(forms.MultipleChoiceField, self.fields["systems"]).choices = [(name, name) for name in systems]

    def groups(self) -> Iterator[tuple[str, list[tuple[Any, bool, bool]]]]:
        """Yield the requirements by category, each with whether it is open and whether others rest on it."""
        catalogue = mandate.load()
        parents = {name for r in catalogue.requirements.values() for name in r.depends_on}
        titles = {category.id: category.title for category in catalogue.categories}
        boxes: dict[str, list[tuple[Any, bool, bool]]] = {}
        for box in self["requirements"]:
            requirement = catalogue.requirements[box.data["value"]]
            title = titles.get(requirement.category, "Mandate and add-ons")
            boxes.setdefault(title, []).append((box, requirement.id in self.open_first, requirement.id in parents))
        yield from boxes.items()

    def entry(self, renews: RiskAcceptance | None) -> RiskEntry:
        said = self.cleaned_data
        return RiskEntry(
            requirements=said["requirements"],
            systems=said["systems"],
            reason=said["reason"],
            residual_risk=said["residual_risk"],
            compensating_controls=said["compensating_controls"],
            expires_on=said["expires_on"],
            review_on=said["review_on"],
            renews=renews,
        )


def first_look(on: date, *, requirements: Sequence[str], renews: RiskAcceptance | None) -> dict[str, Any]:
    """Return what the form begins with: the words of the acceptance that is renewed, never its days."""
    ends = on + timedelta(days=USUAL_DAYS)
    shown: dict[str, Any] = {
        "requirements": list(requirements),
        "expires_on": ends,
        "review_on": ends - timedelta(days=REVIEW_BEFORE),
    }
    if renews is None:
        return shown
    return {
        **shown,
        "renews": renews.pk,
        "requirements": renews.requirements,
        "systems": renews.systems,
        "reason": renews.reason,
        "residual_risk": renews.residual_risk,
        "compensating_controls": renews.compensating_controls,
    }


class SignRisk(forms.Form):
    title = forms.CharField(
        label="Your title",
        max_length=200,
        help_text="As the company register or your contract says it: Chief Risk Officer, Managing Director.",
    )
    read = forms.BooleanField(label="I have read this and accept the risk in the name of the organisation.")


class Because(forms.Form):
    reason = forms.CharField(label="Why", max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))
