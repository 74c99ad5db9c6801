"""What every page says about itself to the browser, to the log and to the metrics."""

from __future__ import annotations

import logging
import re
import time
import uuid
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control

from rfp import logs, metrics

log = logging.getLogger(__name__)

UNUSED = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
_REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,64}")

Answer = Callable[[HttpRequest], HttpResponseBase]


def keep_private(answer: Answer) -> Answer:
    """Keep pages out of every cache: they show audit reports and answers that nobody has approved yet."""

    def respond(request: HttpRequest) -> HttpResponseBase:
        response = answer(request)
        patch_cache_control(response, private=True, no_store=True)
        response["Permissions-Policy"] = UNUSED
        return response

    return respond


def note_request(answer: Answer) -> Answer:
    """Give each request an id, which its log lines and its response carry, and note how long it took.

    The address is noted by its route alone: the rest of it is what somebody asked for.
    """

    def respond(request: HttpRequest) -> HttpResponseBase:
        began = time.perf_counter()
        request_id = _id_of(request)
        with logs.about(request=request_id):
            response = answer(request)
            seconds = time.perf_counter() - began
            route = request.resolver_match.route if request.resolver_match else "none"
            method, status = request.method or "", response.status_code
            metrics.request_answered(route=route, method=method, status=status, seconds=seconds)
            log.info("answered %s", status, extra={"figures": _figures(request, route, seconds)})
        response["X-Request-ID"] = request_id
        return response

    return respond


def _id_of(request: HttpRequest) -> str:
    """Return the id that the proxy gave the request, where there is one to trust; else a new one."""
    given = request.headers.get("X-Request-ID", "") if settings.BEHIND_PROXY else ""
    return given if _REQUEST_ID.fullmatch(given) else uuid.uuid4().hex


def _figures(request: HttpRequest, route: str, seconds: float) -> dict[str, int | str]:
    figures: dict[str, int | str] = {"route": route, "ms": round(1000 * seconds)}
    acting = getattr(request, "acting", None)
    if acting is not None:
        figures |= {"organisation": acting.organisation.pk, "person": acting.user.pk}
    return figures
