"""Which vendors take part in a tender."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.authorization import Permission
from accounts.views.gate import ActingRequest, found, requires
from rfp.actions.tenders.acts import NotNow
from rfp.actions.tenders.vendors import AlreadyInvited, invite_vendor
from rfp.queries.tenders.tenders import tender_of
from rfp.tender_forms import VendorName


@require_POST
@requires(Permission.EDIT_TENDERS)
def add(request: ActingRequest, pk: int) -> HttpResponse:
    tender = found(tender_of(request.acting, pk))
    form = VendorName(request.POST)
    if not form.is_valid():
        messages.error(request, "Give the name of the vendor.")
        return redirect("tender", pk=pk)
    try:
        vendor = invite_vendor(tender=tender, name=form.cleaned_data["name"], by=request.user, at=timezone.now())
    except (AlreadyInvited, NotNow) as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, f"{vendor.name} takes part. Its papers go into a library that you keep for it.")
    return redirect("tender", pk=pk)
