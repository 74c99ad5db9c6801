"""Which questionnaires still wait for an answer and which were handed out."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import Organisation
from rfp.models import Export, ExportKind, Questionnaire


def _handed_out() -> Exists:
    return Exists(Export.objects.filter(questionnaire=OuterRef("pk"), kind=ExportKind.WORKBOOK, draft=False))


def open_deals(organisation: Organisation) -> QuerySet[Questionnaire]:
    """Return the questionnaires whose final file was never written."""
    return Questionnaire.objects.of(organisation).filter(~_handed_out())


def sent_deals(organisation: Organisation) -> QuerySet[Questionnaire]:
    """Return the questionnaires whose final file was written: what stands in it is with the buyer."""
    return Questionnaire.objects.of(organisation).filter(_handed_out())


def sectors_of(deals: Iterable[Questionnaire]) -> list[str]:
    """Return the add-ons that any of the deals asks for."""
    return sorted({sector for deal in deals for sector in deal.sectors})
