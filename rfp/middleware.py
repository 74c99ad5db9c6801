"""What every page says about itself to the browser."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control

UNUSED = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


def keep_private(answer: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Keep pages out of every cache: they show audit reports and answers that nobody has approved yet."""

    def respond(request: HttpRequest) -> HttpResponseBase:
        response = answer(request)
        patch_cache_control(response, private=True, no_store=True)
        response["Permissions-Policy"] = UNUSED
        return response

    return respond
