"""One page of a long list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest


def page_of(request: HttpRequest, rows: QuerySet[Any] | Sequence[Any], *, size: int) -> Page[Any]:
    """Return the page that the request asks for; the nearest one for a number that does not exist."""
    return Paginator(rows, size).get_page(request.GET.get("page"))
