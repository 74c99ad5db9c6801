"""The audit trail: what happened, by whom, when."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.authorization import Permission
from accounts.forms import AuditFilter
from accounts.paging import page_of
from accounts.trail import Wanted, events_of, people_of, trail
from accounts.views.gate import ActingRequest, requires

PAGE = 50


@require_safe
@requires(Permission.READ_AUDIT)
def audit_trail(request: ActingRequest) -> HttpResponse:
    organisation = request.acting.organisation
    form = AuditFilter(request.GET, events=events_of(organisation), people=people_of(organisation))
    form.is_valid()  # a field with a bad value does not filter; the form says why
    page = page_of(request, trail(organisation, Wanted(**form.cleaned_data)), size=PAGE)
    return render(request, "accounts/audit_trail.html", {"form": form, "page": page, "filtered": form.has_changed()})
