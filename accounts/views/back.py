"""Where a page goes after something was done on it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.views.gate import ActingRequest


def is_within(address: str) -> bool:
    """Say whether an address leads to one of these pages, never to another site."""
    return address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)


def back(request: ActingRequest, name: str, pk: int | None = None) -> HttpResponse:
    """Return to the address that the form names, if it is one of these pages, else to the named page."""
    wanted = request.POST.get("next", "")
    if is_within(wanted):
        return redirect(wanted)
    return redirect(name, pk=pk) if pk is not None else redirect(name)
