"""What people enter about an AI system."""

from __future__ import annotations

from typing import Any

from django import forms

from evidence.actions.systems import SystemEntry
from evidence.register import Row


def _day(label: str, help_text: str = "") -> forms.DateField:
    return forms.DateField(
        required=False, label=label, help_text=help_text, widget=forms.DateInput(attrs={"type": "date"})
    )


class SystemForm(forms.Form):
    seen = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)
    name = forms.CharField(max_length=200, label="Name", help_text="As contracts and documents name it.")
    aliases = forms.CharField(
        required=False,
        max_length=2000,
        label="Other names",
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="One a line: earlier names, abbreviations. Documents that use them are read as naming this system.",
    )
    kind = forms.CharField(
        required=False, max_length=200, label="What it is", help_text="Assistant for claims handlers, ranking model …"
    )
    takes_prompts = forms.BooleanField(required=False, label="It takes prompts")
    uses_tools = forms.BooleanField(required=False, label="It uses tools or acts as an agent")
    affects_people = forms.BooleanField(required=False, label="It affects people")
    high_impact = forms.BooleanField(required=False, label="It is used in a high-impact domain")
    domain = forms.CharField(required=False, max_length=80, label="Domain", help_text="employment, credit, insurance …")
    in_production_since = _day("In production since")
    retired_on = _day("Retired on", "Empty while it is offered. Evidence is judged for systems in use only.")
    changed_on = _day("Material change on")
    change = forms.CharField(
        required=False,
        max_length=300,
        label="What changed",
        help_text="A new base model, kind of training data, tool, autonomy or use ends older tests of it.",
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if bool(cleaned.get("changed_on")) != bool(cleaned.get("change")):
            self.add_error("change", "A material change needs its day and what changed.")
        return cleaned

    @property
    def entry(self) -> SystemEntry:
        said = self.cleaned_data
        return SystemEntry(
            name=said["name"],
            aliases=tuple(line.strip()[:200] for line in said["aliases"].splitlines() if line.strip()),
            kind=said["kind"],
            takes_prompts=said["takes_prompts"],
            uses_tools=said["uses_tools"],
            affects_people=said["affects_people"],
            high_impact=said["high_impact"],
            domain=said["domain"],
            in_production_since=said["in_production_since"],
            retired_on=said["retired_on"],
            material_changes=((said["changed_on"], said["change"]),) if said["changed_on"] else (),
        )


def initial_of(system: Row, seen: str) -> dict[str, Any]:
    """Return what the form shows of a stored system."""
    shown = {name: getattr(system, name) for name in SystemForm.base_fields if hasattr(system, name)}
    return {**shown, "aliases": "\n".join(system.aliases), "seen": seen}
