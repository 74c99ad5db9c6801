"""What people enter when they take a document into the library."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from evidence.catalogs import entry, mandate

TOGETHER = 100_000_000  # bytes of the files of one upload
LONGEST = 8_000  # characters of a fact
UNSAID = {"status": "not said: in force", "issuer.accreditation.status": "not looked up yet"}


class _Files(forms.ClearableFileInput):
    allow_multiple_selected = True


class Documents(forms.FileField):
    """Several files of one field."""

    widget = _Files

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        return [super(Documents, self).clean(item, initial) for item in data or [None]]


class UploadForm(forms.Form):
    documents = Documents(
        label="PDF or Word files",
        widget=_Files(attrs={"accept": ".pdf,.docx", "multiple": True}),
        error_messages={"required": "Choose at least one file.", "empty": "The file is empty."},
    )

    def clean_documents(self) -> list[Any]:
        files: list[Any] = self.cleaned_data["documents"]
        if sum(file.size for file in files) > TOGETHER:
            raise forms.ValidationError(
                f"Together they are more than {TOGETHER // 1_000_000} MB. Upload them in parts."
            )
        return files


class DraftForm(forms.Form):
    """The facts of a document, for the fields that its kind has."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    reference = forms.RegexField(
        r"^[^/\\\x00-\x1f]+$",
        max_length=60,
        required=False,
        label="Reference",
        help_text="The short name that links and citations use.",
        error_messages={"invalid": "A reference has no slashes."},
    )
    silent = forms.BooleanField(required=False, label="The document does not say the rest")

    def __init__(self, data: Mapping[str, Any] | None, *, values: Mapping[str, str], version: int, reference: str):
        kind = (data or values).get("kind", "")
        super().__init__(data, initial={**values, "seen": version, "reference": reference}, auto_id="id-%s")
        self.needed = entry.needed(kind)
        for item in entry.entries(kind):
            self.fields[item.path] = _field(item, (data or values).get(item.path, ""))

    @property
    def values(self) -> dict[str, str]:
        """Return what was entered, by field."""
        return {path: self.cleaned_data.get(path, "") for path in self.fields if path in entry.BY_PATH}

    @property
    def entered(self) -> dict[str, str]:
        """Return what was sent, also where it cannot be read: half-done work is kept as it is."""
        return {
            path: str(self.data.get(path, "")).replace("\x00", "").replace("\r\n", "\n")[:LONGEST]
            for path in self.fields
            if path in entry.BY_PATH
        }

    @property
    def entered_reference(self) -> str:
        return str(self.data.get("reference", "")).replace("\x00", "").strip()[:60]

    @property
    def entered_version(self) -> int:
        """Return the version of the draft that the person saw; one that cannot be read is none."""
        sent = str(self.data.get("seen", ""))
        return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 9 else 0

    def on_top_of(self, version: int) -> DraftForm:
        """Return the form as it was sent, now on top of what somebody else saved."""
        data = dict(self.data.items()) | {"seen": str(version)}
        return DraftForm(data, values={}, version=version, reference=self.entered_reference)

    def may_confirm(self) -> bool:
        """Tell whether it can be stored: nothing is wrong, and what is missing is known to be missing."""
        if not self.is_valid():
            return False
        missing = self.missing()
        if missing and not self.cleaned_data["silent"]:
            self.add_error(
                "silent",
                f"Still empty: {', '.join(missing)}. Without them it is not accepted as proof. Fill them in, or tick "
                "that the document does not say them.",
            )
        return not self.errors

    def missing(self) -> list[str]:
        """Return the labels of what documents of this kind need and this one has not."""
        values = self.values
        return [
            item.label for item in entry.FIELDS if item.path in self.needed and not values.get(item.path, "").strip()
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for path in sorted(entry.ALWAYS):
            if path in self.fields and not cleaned.get(path) and path not in self.errors:
                self.add_error(path, "Nothing can be stored without this.")
        return cleaned


def _field(item: entry.Entry, value: str) -> forms.Field:
    common: dict[str, Any] = {"required": False, "label": item.label, "help_text": item.help}
    if item.shape == entry.CHOICE:
        return forms.ChoiceField(choices=_choices(item.path, value), **common)
    if item.shape == entry.DAY:
        return forms.RegexField(
            r"^\d{4}-\d{2}-\d{2}$", widget=forms.DateInput(attrs={"type": "date"}), validators=[_is_day], **common
        )
    if item.shape == entry.COUNT:
        return forms.RegexField(r"^\d{1,4}$", widget=forms.TextInput(attrs={"inputmode": "numeric"}), **common)
    if item.shape in (entry.LONG, entry.LINES, entry.RETESTS):
        rows = max(2, min(8, 1 + value.count("\n") + len(value) // 60))
        return forms.CharField(max_length=LONGEST, widget=forms.Textarea(attrs={"rows": rows}), **common)
    return forms.CharField(max_length=200, **common)


def _choices(path: str, value: str) -> list[tuple[str, str]]:
    """Return what a field can hold; a word that was recorded otherwise stays possible, an unknown kind does not."""
    if path == "kind":
        return [("", "–"), *_kinds()]
    known = list(entry.CHOICES[path])
    return [("", UNSAID.get(path, "–")), *known, *([(value, value)] if value and value not in dict(known) else [])]


def _kinds() -> list[tuple[str, str]]:
    return sorted(((kind.id, kind.title) for kind in mandate.load().kinds.values()), key=lambda pair: pair[1])


def _is_day(text: str) -> None:
    try:
        date.fromisoformat(text)
    except ValueError:
        raise forms.ValidationError("There is no such day.") from None
