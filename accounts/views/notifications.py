"""What a person was told: the list, opening one, and having read them all."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.actions.notifications import mark_all_read, mark_read
from accounts.authorization import Permission
from accounts.notices import notifications_of
from accounts.paging import page_of
from accounts.views.back import is_within
from accounts.views.gate import ActingRequest, found, requires

PAGE = 50


@require_safe
@requires(Permission.READ_QUESTIONNAIRES, Permission.READ_TENDERS)
def notifications(request: ActingRequest) -> HttpResponse:
    rows = notifications_of(request.acting.organisation, request.user)
    return render(request, "accounts/notifications.html", {"page": page_of(request, rows, size=PAGE)})


@require_POST
@requires(Permission.READ_QUESTIONNAIRES, Permission.READ_TENDERS)
def notification_open(request: ActingRequest, pk: int) -> HttpResponse:
    """Go where a notification leads; it is read with that."""
    wanted = found(notifications_of(request.acting.organisation, request.user).filter(pk=pk).first())
    mark_read(notification=wanted, at=timezone.now())
    within = is_within(wanted.url)
    return redirect(wanted.url if within else "notifications")


@require_POST
@requires(Permission.READ_QUESTIONNAIRES, Permission.READ_TENDERS)
def notifications_read(request: ActingRequest) -> HttpResponse:
    mark_all_read(organisation=request.acting.organisation, by=request.user, at=timezone.now())
    return redirect("notifications")
