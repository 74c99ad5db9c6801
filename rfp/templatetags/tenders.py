"""The words and shapes of tenders."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django import template

from rfp.models import Tender, TenderState
from rfp.models.tender.state import WORDS
from rfp.queries.tenders.overview import is_overdue

register = template.Library()
SHAPES: Mapping[TenderState, tuple[str, str]] = {
    TenderState.DRAFT: ("pen", "look"),
    TenderState.OPEN: ("half", "look"),
    TenderState.CLOSED: ("empty", "plain"),
    TenderState.SCORING: ("half", "look"),
    TenderState.AWARDED: ("tick", "good"),
}


@register.inclusion_tag("_components/chip.html")
def tender_state(tender: Tender) -> dict[str, str]:
    """Show where a tender stands by shape, word and colour."""
    shape, tone = SHAPES[tender.state]
    return {"shape": shape, "tone": tone, "text": WORDS[tender.state]}


@register.filter
def overdue(tender: Tender, now: datetime) -> bool:
    return is_overdue(tender, at=now)
