"""The gap board: what is proven for which AI system on a day, and why not."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.authorization import Permission
from accounts.views.gate import ActingRequest, found, requires
from rfp.forms import BoardCell, BoardFilter
from rfp.queries import board as gap_board
from rfp.queries.board_cell import why


@require_safe
@requires(Permission.READ_EVIDENCE)
def board(request: ActingRequest) -> HttpResponse:
    organisation = request.acting.organisation
    today = timezone.localdate()
    systems = gap_board.systems_of(organisation)
    form = BoardFilter(request.GET, systems=[(str(row.pk), row.name) for row in systems])
    form.is_valid()  # a field with a bad value does not filter; the form says why
    wanted = {name: value for name, value in form.cleaned_data.items() if name != "on"}
    day = form.cleaned_data.get("on") or today
    shown = gap_board.board_of(organisation, systems, gap_board.Sought(**wanted), on=day)
    cell = BoardCell(request.GET) if "ref" in request.GET else None
    explained = None
    if cell is not None:
        found(cell.is_valid() or None)
        explained = found(why(organisation, shown, ref=cell.cleaned_data["ref"], system=cell.cleaned_data["of"] or 0))
    return render(
        request,
        "rfp/board.html",
        {
            "form": form,
            "board": shown,
            "today": today,
            "why": explained,
            "of": cell.cleaned_data["of"] or 0 if cell is not None else None,
            "asked": _asked(request),
            "filtered": any(wanted.values()) or day != today,
        },
    )


def _asked(request: ActingRequest) -> str:
    """Return the filter as the beginning of an address; hundreds of cells share it."""
    asked = request.GET.copy()
    for name in ("ref", "of"):
        asked.pop(name, None)
    return f"{asked.urlencode()}&" if asked else ""
