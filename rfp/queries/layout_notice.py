"""How the questions of a questionnaire were found, as its page says it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from rfp.models import LayoutOrigin, Questionnaire, RememberedLayout


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    origin: LayoutOrigin
    name: str
    layout: RememberedLayout | None
    by: str
    at: datetime | None
    draft: bool


def notice_of(questionnaire: Questionnaire) -> Notice:
    known = questionnaire.remembered_layout
    is_own = questionnaire.layout_origin == LayoutOrigin.CONFIRMED
    person = questionnaire.layout_confirmed_by if is_own else known.confirmed_by if known else None
    return Notice(
        origin=LayoutOrigin(questionnaire.layout_origin),
        name=str(known) if known else "",
        layout=known,
        by=str(person) if person else "",
        at=questionnaire.layout_confirmed_at if is_own else known.confirmed_at if known else None,
        draft=hasattr(questionnaire, "layout_draft"),
    )
