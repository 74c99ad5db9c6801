"""Answers as files: a spreadsheet or an answered questionnaire comes in, and what is in use goes out."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.attachment import attachment
from accounts.authorization import Permission
from accounts.views.gate import ActingRequest, found, requires
from evidence.actions.answer_rows import MayNotApproveAnswers
from evidence.storage import FileMissing
from rfp.actions.library_export import download_answers
from rfp.actions.library_import import LibraryMoved, bring_in, confirm_import, plan_of
from rfp.library_import_form import ImportForm
from rfp.queries import answer_library as library
from rfp.queries.answer_imports import import_of, latest_imports
from rfp.reporting.words import count
from rfp.views.answer_library import filter_of
from rfp.workbook.answer_library import LibraryInvalid
from rfp.workbook.errors import WorkbookRefused

SHOWN = 100  # of each kind; the figures count them all


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.EDIT_LIBRARY)
def bring(request: ActingRequest) -> HttpResponse:
    """Take in a file of answers and go on to what it would do."""
    form = ImportForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        today=timezone.localdate(),
        may_approve=request.acting.may_approve_library,
        systems=library.systems_of(request.acting.organisation),
        initial={"kind": "list", "writer": "self", "owner": str(request.user), "audience": "public"},
    )
    if request.method == "POST" and form.is_valid():
        try:
            brought = bring_in(
                organisation=request.acting.organisation,
                content=form.content(),
                said=form.said(),
                by=request.user,
                at=timezone.now(),
            )
        except (MayNotApproveAnswers, WorkbookRefused) as problem:
            form.add_error("file", str(problem))
        else:
            return redirect("library_import_check", pk=brought.pk)
    latest = latest_imports(request.acting.organisation)
    return render(request, "rfp/answers_import.html", {"form": form, "latest": latest})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.EDIT_LIBRARY)
def check(request: ActingRequest, pk: int) -> HttpResponse:
    """Show what an import would do, row by row, and do it once somebody says so."""
    brought = found(import_of(request.acting.organisation, pk))
    today = timezone.localdate()
    if request.method == "POST":
        try:
            done = confirm_import(
                brought=brought, seen=request.POST.get("seen", "")[:64], on=today, by=request.user, at=timezone.now()
            )
        except (FileMissing, LibraryMoved, MayNotApproveAnswers, WorkbookRefused) as problem:
            messages.error(request, str(problem))
        else:
            waits = "" if done.approves else " They are used once a second person has approved them."
            messages.success(request, f"{count(done.added, 'answer')} added, {done.changed} changed.{waits}")
        return redirect("library_import_check", pk=pk)
    context: dict[str, object] = {"brought": brought, "shown": SHOWN}
    if brought.imported_at is None:
        try:
            context["plan"] = plan_of(brought, on=today)
        except LibraryInvalid as problem:
            context |= {"refusal": problem, "problems": problem.problems}
        except (FileMissing, WorkbookRefused) as problem:
            context["refusal"] = problem
    return render(request, "rfp/answers_import_check.html", context)


@require_safe
@requires(Permission.READ_QUESTIONNAIRES)
def download(request: ActingRequest) -> HttpResponse:
    """Hand out the approved answers that fit the filter of the list."""
    organisation = request.acting.organisation
    _, wanted = filter_of(request)
    content = download_answers(
        organisation=organisation,
        answers=library.in_use(library.sought(organisation, wanted, on=timezone.localdate())),
        by=request.user,
        at=timezone.now(),
    )
    return attachment(content, f"{organisation} - answers {timezone.localdate().isoformat()}.xlsx")
