"""Begin a tender, and change what it is about."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.authorization import Permission
from accounts.views.gate import ActingRequest, found, requires
from rfp.actions.tenders.define import change, create
from rfp.actions.tenders.seal import ReasonNeeded, RulesClosed, TenderChanged
from rfp.queries.tenders.tenders import tender_of
from rfp.tender_forms import DefinitionForm


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.EDIT_TENDERS)
def add(request: ActingRequest) -> HttpResponse:
    given = request.POST if request.method == "POST" else None
    form = DefinitionForm(given, organisation=request.acting.organisation)
    if given is not None and form.is_valid():
        tender = create(
            organisation=request.acting.organisation, definition=form.definition, by=request.user, at=timezone.now()
        )
        messages.success(request, "The tender is a draft. No vendor sees it until you open it.")
        return redirect("tender", pk=tender.pk)
    return render(request, "tenders/tender_add.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.EDIT_TENDERS)
def edit(request: ActingRequest, pk: int) -> HttpResponse:
    tender = found(tender_of(request.acting, pk))
    if request.method != "POST":
        return render(request, "tenders/tender_edit.html", {"tender": tender, "form": DefinitionForm.of(tender)})
    form = DefinitionForm(request.POST, organisation=request.acting.organisation)
    if form.is_valid():
        try:
            changed = change(
                tender=tender,
                definition=form.definition,
                version=form.cleaned_data["version"] or 0,
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=timezone.now(),
            )
        except (TenderChanged, RulesClosed, ReasonNeeded) as problem:
            form.add_error("reason" if isinstance(problem, ReasonNeeded) else None, str(problem))
        else:
            messages.success(request, "The tender is saved." if changed else "Nothing was changed.")
            return redirect("tender", pk=tender.pk)
    return render(request, "tenders/tender_edit.html", {"tender": tender, "form": form})
