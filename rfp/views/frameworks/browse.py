"""Frameworks to look through: all of them, one of them, one item with what surrounds it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.authorization import Permission
from accounts.paging import page_of
from accounts.views.gate import ActingRequest, found, requires
from evidence.frameworks import shelf
from evidence.frameworks.crosswalk import counts_of
from evidence.frameworks.search import find_items
from rfp.framework_forms import ItemSearch
from rfp.queries.frameworks.sheet import sheet_of

PAGE = 120
FOUND = 40


@require_safe
@requires(Permission.READ_QUESTIONNAIRES)
def frameworks(request: ActingRequest) -> HttpResponse:
    """List the frameworks, or what a search over all of them finds."""
    organisation = request.acting.organisation
    form = ItemSearch(request.GET)
    hits = find_items(organisation, form.sought, most=FOUND) if form.sought else None
    return render(
        request, "frameworks/frameworks.html", {"form": form, "hits": hits, "lines": shelf.lines(organisation)}
    )


@require_safe
@requires(Permission.READ_QUESTIONNAIRES)
def framework(request: ActingRequest, pk: int) -> HttpResponse:
    organisation = request.acting.organisation
    row = found(shelf.framework_of(organisation, pk))
    form = ItemSearch(request.GET)
    page = page_of(request, shelf.items_in(row, form.sought), size=PAGE)
    return render(
        request,
        "frameworks/framework.html",
        {
            "framework": row,
            "form": form,
            "page": page,
            "groups": shelf.grouped(list(page)),
            "maps": counts_of(organisation, [item.pk for item in page]),
            "total": row.controls.count(),
            "newer": shelf.editions_after(organisation, row),
            "own": row.owner_id == organisation.pk,
        },
    )


@require_safe
@requires(Permission.READ_QUESTIONNAIRES)
def item(request: ActingRequest, pk: int) -> HttpResponse:
    return show_item(request, found(shelf.item_of(request.acting.organisation, pk)))


@require_safe
@requires(Permission.READ_QUESTIONNAIRES)
def requirement(request: ActingRequest, ref: str) -> HttpResponse:
    """Show a requirement of the checklist by the ref that people know it by."""
    return show_item(request, found(shelf.requirement_of(request.acting.organisation, ref)))


def show_item(request: ActingRequest, row: shelf.Item) -> HttpResponse:
    sheet = sheet_of(
        request.acting.organisation,
        row,
        on=timezone.localdate(),
        with_evidence=request.acting.may_read_evidence,
    )
    return render(request, "frameworks/item.html", {"sheet": sheet, "item": row})
