"""What people choose in the review queue of the answer library."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from rfp.queries.answer_queue import WHY

MOST = 100
TICKED = re.compile(r"([0-9]{1,18})\.([0-9]{1,9})", re.ASCII)


class QueueForm(forms.Form):
    why = forms.ChoiceField(required=False, choices=list(WHY.items()), widget=forms.HiddenInput)
    owner = forms.ChoiceField(required=False, label="Owner")

    def __init__(self, data: Mapping[str, Any], *, owners: Sequence[str]) -> None:
        super().__init__(data)
        self.fields["owner"].choices = [("", "Every owner"), *((name, name) for name in owners)]  # type: ignore[attr-defined]  # a ChoiceField


class TickedForm(forms.Form):
    """Answers, each in the version that was shown, and where the page goes on."""

    why = forms.ChoiceField(required=False, choices=list(WHY.items()))
    owner = forms.CharField(required=False, max_length=200)
    follows = forms.IntegerField(required=False, min_value=1)

    def clean(self) -> None:
        ticked = self.data.getlist("one") or self.data.getlist("ticked")  # type: ignore[attr-defined]  # what was posted
        found = [TICKED.fullmatch(text) for text in ticked[:MOST]]
        self._seen = {int(match[1]): int(match[2]) for match in found if match}
        if not self._seen:
            raise forms.ValidationError("Tick the answers that are still right first.")

    def seen(self) -> dict[int, int]:
        """Return the version that was shown of each answer."""
        return self._seen
