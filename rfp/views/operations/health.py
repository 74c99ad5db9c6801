"""What load balancers and monitors ask: whether the process lives, and whether it can serve."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from rfp.queries.operations.health import health


@require_safe
def livez(request: HttpRequest) -> HttpResponse:
    """Answer as long as the process answers at all: a failure means that it has to be started anew."""
    return HttpResponse("alive\n", content_type="text/plain")


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Answer 503 while pages cannot be served; with ``?whole`` also while jobs are not done."""
    found = health(at=timezone.now())
    well = found.whole if "whole" in request.GET else found.serves
    return JsonResponse({"status": found.status, "checks": dict(found.checks)}, status=200 if well else 503)
