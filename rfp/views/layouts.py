"""The layouts an organisation remembers: listed, looked at, renamed, forgotten."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.authorization import Permission
from accounts.paging import page_of
from accounts.views.gate import ActingRequest, found, requires
from rfp.actions import remembered
from rfp.forms_layout import NameForm
from rfp.queries import layouts as queries

PAGE = 50
READ_WITH = 50


@require_safe
@requires(Permission.READ_QUESTIONNAIRES)
def layouts(request: ActingRequest) -> HttpResponse:
    page = page_of(request, queries.layouts_of(request.acting.organisation), size=PAGE)
    lines = [(row, [shape for shape in queries.shapes_of(row) if shape.tables]) for row in page]
    return render(request, "rfp/layouts.html", {"page": page, "lines": lines})


@require_safe
@requires(Permission.READ_QUESTIONNAIRES)
def layout(request: ActingRequest, pk: int) -> HttpResponse:
    shown = found(queries.layout_of(request.acting.organisation, pk))
    return render(
        request,
        "rfp/layout_remembered.html",
        {
            "layout": shown,
            "shapes": queries.shapes_of(shown),
            "questionnaires": queries.read_with(shown)[:READ_WITH],
            "form": NameForm(initial={"name": shown.name}),
            "may_edit": request.acting.may_edit_questionnaires,
        },
    )


@require_POST
@requires(Permission.EDIT_QUESTIONNAIRES)
def rename(request: ActingRequest, pk: int) -> HttpResponse:
    shown = found(queries.layout_of(request.acting.organisation, pk))
    form = NameForm(request.POST)
    if form.is_valid():
        remembered.rename(layout=shown, name=form.cleaned_data["name"], by=request.user, at=timezone.now())
        messages.success(request, "The layout is renamed.")
    else:
        messages.error(request, "Give the layout a name of at most 200 characters.")
    return redirect("remembered_layout", pk=pk)


@require_POST
@requires(Permission.EDIT_QUESTIONNAIRES)
def forget(request: ActingRequest, pk: int) -> HttpResponse:
    shown = found(queries.layout_of(request.acting.organisation, pk))
    remembered.forget(layout=shown, by=request.user, at=timezone.now())
    messages.success(request, f"“{shown}” is forgotten. Questionnaires read with it stay as they are.")
    return redirect("remembered_layouts")
