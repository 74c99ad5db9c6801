"""The form of a tender: its questions, and the workbook they are read from."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.authorization import Permission
from accounts.views.gate import ActingRequest, found, requires
from rfp.actions.tenders.acts import NotNow
from rfp.actions.tenders.form import take_form
from rfp.actions.tenders.seal import RulesClosed, TenderChanged
from rfp.queries.tenders.questions import asked_in
from rfp.queries.tenders.tenders import tender_of
from rfp.reporting.words import count
from rfp.tender_forms import FormUpload
from rfp.workbook.errors import WorkbookRefused


@require_safe
@requires(Permission.READ_TENDERS)
def form(request: ActingRequest, pk: int) -> HttpResponse:
    tender = found(tender_of(request.acting, pk))
    context = {"tender": tender, "asked": asked_in(tender), "form": FormUpload(initial={"version": tender.version})}
    return render(request, "tenders/tender_form.html", context)


@require_POST
@requires(Permission.EDIT_TENDERS)
def upload(request: ActingRequest, pk: int) -> HttpResponse:
    tender = found(tender_of(request.acting, pk))
    given = FormUpload(request.POST, request.FILES)
    if given.is_valid():
        try:
            questions = take_form(
                tender=tender,
                content=given.content,
                name=given.cleaned_data["workbook"].name or "form",
                layout_text=given.layout_text,
                version=given.cleaned_data["version"],
                by=request.user,
                at=timezone.now(),
            )
        except WorkbookRefused as problem:
            given.add_error("workbook", f"{problem.problem} {problem.advice}")
        except (NotNow, TenderChanged, RulesClosed) as problem:
            given.add_error(None, str(problem))
        else:
            messages.success(request, f"{count(questions, 'question')} read from your workbook.")
            return redirect("tender_form", pk=pk)
    context = {"tender": tender, "asked": asked_in(tender), "form": given}
    return render(request, "tenders/tender_form.html", context, status=422)
