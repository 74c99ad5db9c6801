"""The audit trail: what happened, by whom, when."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.actions.trail import export_trail
from accounts.attachment import attachment
from accounts.authorization import Permission
from accounts.forms import AuditFilter
from accounts.paging import page_of
from accounts.trail import Wanted, events_of, kinds_of, people_of, trail
from accounts.views.gate import ActingRequest, requires

PAGE = 50


@require_safe
@requires(Permission.READ_AUDIT)
def audit_trail(request: ActingRequest) -> HttpResponse:
    form = _filter(request)
    page = page_of(request, trail(request.acting.organisation, Wanted(**form.cleaned_data)), size=PAGE)
    shown = {"form": form, "page": page, "filtered": form.has_changed()}
    return render(request, "accounts/audit_trail.html", shown)


@require_safe
@requires(Permission.READ_AUDIT)
def audit_export(request: ActingRequest) -> HttpResponse:
    now = timezone.now()
    content = export_trail(
        organisation=request.acting.organisation,
        wanted=Wanted(**_filter(request).cleaned_data),
        by=request.user,
        at=now,
    )
    return attachment(content, f"Audit trail {timezone.localdate(now):%Y-%m-%d}.csv")


def _filter(request: ActingRequest) -> AuditFilter:
    organisation = request.acting.organisation
    form = AuditFilter(
        request.GET, event=events_of(organisation), person=people_of(organisation), about=kinds_of(organisation)
    )
    form.is_valid()  # a field with a bad value does not filter; the form says why
    return form
