"""The tenders of a buyer, and one of them."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.authorization import Permission
from accounts.views.gate import ActingRequest, found, requires
from rfp.queries.tenders.overview import overview_of
from rfp.queries.tenders.tenders import listed, tender_of


@require_safe
@requires(Permission.READ_TENDERS)
def tenders(request: ActingRequest) -> HttpResponse:
    lines = listed(request.acting)
    return render(request, "tenders/tenders.html", {"lines": lines, "now": timezone.now()})


@require_safe
@requires(Permission.READ_TENDERS)
def tender(request: ActingRequest, pk: int) -> HttpResponse:
    row = found(tender_of(request.acting, pk))
    now = timezone.now()
    return render(request, "tenders/tender.html", {"tender": row, "overview": overview_of(row, at=now), "now": now})
