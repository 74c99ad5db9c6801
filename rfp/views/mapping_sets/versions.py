"""What was taught about mapping: the versions, what each holds, and going back to one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.authorization import Permission
from accounts.paging import page_of
from accounts.views.gate import ActingRequest, found, requires
from rfp.actions.mapping_sets import publishing
from rfp.queries.mapping_sets import versions as queries

PAGE = 50


@require_safe
@requires(Permission.TEACH_MAPPING)
def overview(request: ActingRequest) -> HttpResponse:
    page = page_of(request, queries.counted_versions(request.acting.organisation), size=PAGE)
    return render(
        request, "mapping/overview.html", {"page": page, "decisions": queries.decided(request.acting.organisation)}
    )


@require_safe
@requires(Permission.TEACH_MAPPING)
def version(request: ActingRequest, pk: int) -> HttpResponse:
    shown = found(queries.version_by_id(request.acting.organisation, pk))
    published = queries.published_of(request.acting.organisation)
    return render(
        request,
        "mapping/version.html",
        {
            "version": shown,
            "published": published,
            "rules": shown.rules.all(),
            "tests": shown.tests.all(),
            "page": page_of(request, shown.examples.defer("embedding"), size=PAGE),
            "may_go_back": request.acting.may_publish_mapping and published and shown.is_superseded,
        },
    )


@require_POST
@requires(Permission.PUBLISH_MAPPING)
def roll_back(request: ActingRequest, pk: int) -> HttpResponse:
    shown = found(queries.version_by_id(request.acting.organisation, pk))
    seen, note = request.POST.get("seen", ""), request.POST.get("note", "")
    try:
        made = publishing.roll_back(
            to=shown, seen=int(seen) if seen.isdecimal() else 0, note=note, by=request.user, at=timezone.now()
        )
    except (publishing.NoteMissing, publishing.PublishedMoved) as problem:
        messages.error(request, str(problem))
        return redirect("mapping_version", pk)
    messages.success(request, f"Version {made.number} is published: it says what version {shown.number} said.")
    return redirect("mapping")
