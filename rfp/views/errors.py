"""What is shown when a page failed: that nothing is lost, and whether trying again helps."""

from __future__ import annotations

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

TRY_AGAIN_AFTER = "5"  # seconds


def failed(request: HttpRequest) -> HttpResponse:
    """Answer 503 while the database is away or busy, which passes, and 500 for a fault of the program."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return HttpResponse(render_to_string("503.html"), status=503, headers={"Retry-After": TRY_AGAIN_AFTER})
    return HttpResponse(render_to_string("500.html"), status=500)
