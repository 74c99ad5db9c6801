"""The inbox: the questionnaires of a vendor, and how far each is."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.authorization import Permission
from accounts.paging import page_of
from accounts.views.gate import ActingRequest, requires
from rfp.forms import InboxFilter
from rfp.queries import inbox as questionnaires

PAGE = 25


@require_safe
@requires(Permission.READ_QUESTIONNAIRES)
def inbox(request: ActingRequest) -> HttpResponse:
    today = timezone.localdate()
    form = InboxFilter(request.GET)
    form.is_valid()  # a field with a bad value does not filter; the form says why
    wanted = questionnaires.Sought(**form.cleaned_data)
    page = page_of(request, questionnaires.sought(request.acting.organisation, wanted, on=today), size=PAGE)
    return render(
        request,
        "rfp/inbox.html",
        {
            "form": form,
            "page": page,
            "lines": questionnaires.lines(page, on=today),
            "cites": wanted.cites,
            "filtered": any(value for name, value in form.cleaned_data.items() if name != "order"),
        },
    )
