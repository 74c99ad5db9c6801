"""How two texts of a library answer differ, in the words of its form."""

from __future__ import annotations

from datetime import date

from django import template
from django.utils.formats import date_format

from evidence.actions.answer_rows import Wording
from evidence.models import Audience, LibraryAnswer

register = template.Library()
COLUMNS = (
    ("answer", "Short answer"),
    ("comment", "In words"),
    ("owner", "Owner"),
    ("reviewed_on", "Reviewed"),
    ("audience", "Who may be told"),
    ("evidence", "Rests on"),
)


@register.filter
def differences(stored: LibraryAnswer, wording: Wording) -> list[tuple[str, str, str]]:
    """Return what a file says otherwise than the library: the label, the text here, the text there."""
    return [
        (label, _shown(getattr(stored, field)), _shown(getattr(wording, field)))
        for field, label in COLUMNS
        if getattr(stored, field) != getattr(wording, field)
    ]


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return date_format(value, "j F Y")
    text = str(value)
    return str(Audience(text).label) if text in Audience.values else text
