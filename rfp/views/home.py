"""The start page: what needs the person today, and how the work goes."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.authorization import Permission
from accounts.views.gate import ActingRequest, requires
from rfp.mapping.footing import LEAST_DECISIONS
from rfp.queries.home import library_of, needs_of, tally_of
from rfp.queries.pace import machine_of, pace_of


@require_safe
@requires(Permission.READ_QUESTIONNAIRES, Permission.READ_TENDERS)
def home(request: ActingRequest) -> HttpResponse:
    if not request.acting.may_read_questionnaires:
        return redirect("tenders")
    today = timezone.localdate()
    organisation = request.acting.organisation
    needs = needs_of(request.acting, on=today)
    titles = {deal.questionnaire.pk: deal.questionnaire.title for deal in needs.deals}
    return render(
        request,
        "rfp/home.html",
        {
            "today": today,
            "needs": needs,
            "library": library_of(request.acting, needs.deals, on=today),
            "pace": pace_of(organisation, on=today),
            "machine": machine_of(organisation, titles),
            "tally": tally_of(organisation, request.user),
            "least_decisions": LEAST_DECISIONS,
        },
    )
