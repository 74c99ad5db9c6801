"""Which questionnaires still wait for an answer and which were sent."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import Organisation
from rfp.models import Questionnaire, Release


def _was_sent() -> Exists:
    return Exists(Release.objects.filter(questionnaire=OuterRef("pk")))


def open_deals(organisation: Organisation) -> QuerySet[Questionnaire]:
    """Return the questionnaires of which no version was recorded as sent."""
    return Questionnaire.objects.of(organisation).filter(~_was_sent())


def sent_deals(organisation: Organisation) -> QuerySet[Questionnaire]:
    """Return the questionnaires of which a version was sent: what stands in it is with the buyer."""
    return Questionnaire.objects.of(organisation).filter(_was_sent())


def sectors_of(deals: Iterable[Questionnaire]) -> list[str]:
    """Return the add-ons that any of the deals asks for."""
    return sorted({sector for deal in deals for sector in deal.sectors})
