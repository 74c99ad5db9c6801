"""The tenders of a buyer, as one of its people may see them."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from accounts.authorization import Acting
from rfp.models import Evaluator, Tender


def tenders_of(acting: Acting) -> QuerySet[Tender]:
    """Return the tenders that a person may see: who only scores sees those they are named in."""
    rows = Tender.objects.of(acting.organisation)
    if acting.may_score_tenders and not acting.may_edit_tenders and not acting.may_sign_risk:
        named = Evaluator.objects.filter(user=acting.user, removed_at=None)
        rows = rows.filter(pk__in=named.values("tender"))
    return rows


def tender_of(acting: Acting, pk: int) -> Tender | None:
    """Return one of the tenders that a person may see; None alike for another's and for one that does not exist."""
    return tenders_of(acting).select_related("organisation", "owner", "questionnaire__file").filter(pk=pk).first()


def listed(acting: Acting) -> QuerySet[Tender]:
    """Return the tenders with what the list says of each, the latest first."""
    return (
        tenders_of(acting)
        .select_related("owner")
        .annotate(
            vendors=Count("participants", filter=Q(participants__withdrawn_at=None), distinct=True),
            answered=Count("submissions__participant", distinct=True),
            asked=Count("questions", distinct=True),
        )
    )
