"""The acts that move a tender on: each a button of its own."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.authorization import Permission
from accounts.views.gate import ActingRequest, found, requires
from rfp.actions.tenders.acts import NotNow, NotReady, close_tender, open_scoring, open_tender
from rfp.actions.tenders.seal import RulesClosed, TenderChanged
from rfp.queries.tenders.tenders import tender_of
from rfp.tender_forms import Version


@require_POST
@requires(Permission.EDIT_TENDERS)
def open_to_vendors(request: ActingRequest, pk: int) -> HttpResponse:
    tender = found(tender_of(request.acting, pk))
    form = Version(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else 0
    return _done(
        request,
        pk,
        lambda: open_tender(tender=tender, version=version, by=request.user, at=timezone.now()),
        "The tender is open to vendors, and its rules are sealed.",
    )


@require_POST
@requires(Permission.EDIT_TENDERS)
def close(request: ActingRequest, pk: int) -> HttpResponse:
    tender = found(tender_of(request.acting, pk))
    return _done(
        request,
        pk,
        lambda: close_tender(tender=tender, by=request.user, at=timezone.now()),
        "The tender is closed to vendors. Nobody scores before you open scoring.",
    )


@require_POST
@requires(Permission.EDIT_TENDERS)
def open_for_scoring(request: ActingRequest, pk: int) -> HttpResponse:
    tender = found(tender_of(request.acting, pk))
    return _done(
        request,
        pk,
        lambda: open_scoring(tender=tender, by=request.user, at=timezone.now()),
        "The evaluators can score now.",
    )


def _done(request: ActingRequest, pk: int, act: Callable[[], object], said: str) -> HttpResponse:
    try:
        act()
    except (NotNow, NotReady, TenderChanged, RulesClosed) as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, said)
    return redirect("tender", pk=pk)
