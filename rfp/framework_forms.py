"""What people look for in frameworks, and what they say about them."""

from __future__ import annotations

from django import forms


class ItemSearch(forms.Form):
    text = forms.CharField(
        required=False,
        max_length=200,
        label="Find a requirement or control",
        widget=forms.TextInput(
            attrs={"type": "search", "autocomplete": "off", "placeholder": "AT-4, ISO 42001 A.6, kill switch"}
        ),
    )

    @property
    def sought(self) -> str:
        """Return what to look for; a text that is too long finds nothing, and the form says why."""
        return str(self.cleaned_data.get("text", "")).strip() if self.is_valid() else ""
