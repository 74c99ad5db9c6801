"""Jobs as people see them: how far they are, and asking for one, once more, or no longer."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.authorization import Permission
from accounts.views.gate import ActingRequest, found, requires
from rfp.actions import jobs
from rfp.actions.requests import ask_for_draft, ask_for_files
from rfp.deal_forms import AskForDraft, AskForFiles
from rfp.queries.answers import questionnaire_of
from rfp.queries.progress import latest_job, progress_of

DAY_UNKNOWN = "Give the day to judge for as 2026-11-24."
CHANGED = "The page was changed on the way. Load it again."


@require_safe
@requires(Permission.READ_QUESTIONNAIRES)
def progress(request: ActingRequest, pk: int) -> HttpResponse:
    """Show how far the latest job is; once it is done, go to the questionnaire."""
    questionnaire = found(questionnaire_of(request.acting.organisation, pk))
    job = latest_job(questionnaire)
    shown = progress_of(job, at=timezone.now()) if job else None
    if shown is None or not (shown.live or shown.may_be_retried):
        return _to_questionnaire(request, pk)
    return render(request, "rfp/progress.html", {"questionnaire": questionnaire, "progress": shown})


def _to_questionnaire(request: ActingRequest, pk: int) -> HttpResponse:
    url = reverse("questionnaire", args=[pk])
    if request.headers.get("HX-Request"):
        # A redirect would put the whole page where the progress stood.
        return HttpResponse(headers={"HX-Redirect": url})
    return redirect(url)


@require_POST
@requires(Permission.EDIT_QUESTIONNAIRES)
def redraft(request: ActingRequest, pk: int) -> HttpResponse:
    questionnaire = found(questionnaire_of(request.acting.organisation, pk))
    form = AskForDraft(request.POST)
    if not form.is_valid():
        messages.error(request, CHANGED if "token" in form.errors else DAY_UNKNOWN)
        return redirect("questionnaire", pk=pk)
    ask_for_draft(
        questionnaire=questionnaire,
        on=form.cleaned_data["on"] or timezone.localdate(),
        token=form.cleaned_data["token"],
        by=request.user,
        at=timezone.now(),
    )
    return redirect("questionnaire_progress", pk=pk)


@require_POST
@requires(Permission.EXPORT)
def make_files(request: ActingRequest, pk: int) -> HttpResponse:
    questionnaire = found(questionnaire_of(request.acting.organisation, pk))
    form = AskForFiles(request.POST)
    if not form.is_valid():
        messages.error(request, CHANGED)
        return redirect("questionnaire", pk=pk)
    ask_for_files(
        questionnaire=questionnaire,
        final=form.cleaned_data["final"],
        token=form.cleaned_data["token"],
        today=timezone.localdate(),
        by=request.user,
        at=timezone.now(),
    )
    return redirect("questionnaire_progress", pk=pk)


@require_POST
@requires(Permission.EDIT_QUESTIONNAIRES)
def retry(request: ActingRequest, pk: int) -> HttpResponse:
    job = found(latest_job(found(questionnaire_of(request.acting.organisation, pk))))
    if not jobs.retry(job=job, by=request.user, at=timezone.now()):
        messages.info(request, "Nothing to do: it is at work already, or done.")
    return redirect("questionnaire_progress", pk=pk)


@require_POST
@requires(Permission.EDIT_QUESTIONNAIRES)
def cancel(request: ActingRequest, pk: int) -> HttpResponse:
    job = found(latest_job(found(questionnaire_of(request.acting.organisation, pk))))
    if jobs.cancel(job=job, by=request.user, at=timezone.now()):
        messages.success(request, "Stopped. What was stored before stays.")
    else:
        messages.info(request, "Nothing to stop: it had ended already.")
    return redirect("questionnaire_progress", pk=pk)
