"""The jobs of an organisation: what waits, what is at work, what failed, and asking for it once more."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.authorization import Permission
from accounts.paging import page_of
from accounts.views.gate import ActingRequest, found, requires
from rfp.actions.jobs import retry
from rfp.forms import JobFilter
from rfp.queries.operations.jobs import jobs_in, lines, standing_of
from rfp.queries.progress import job_of

PAGE = 50


@require_safe
@requires(Permission.READ_QUESTIONNAIRES)
def jobs(request: ActingRequest) -> HttpResponse:
    organisation, now = request.acting.organisation, timezone.now()
    form = JobFilter(request.GET)
    form.is_valid()  # an unknown state does not filter
    state = form.cleaned_data.get("state", "")
    page = page_of(request, jobs_in(organisation, state=state), size=PAGE)
    shown = {"page": page, "lines": lines(page, at=now), "state": state, "standing": standing_of(organisation, at=now)}
    return render(request, "operations/jobs.html", shown)


@require_POST
@requires(Permission.EDIT_QUESTIONNAIRES)
def job_again(request: ActingRequest, pk: int) -> HttpResponse:
    job = found(job_of(request.acting.organisation, pk))
    if retry(job=job, by=request.user, at=timezone.now()):
        messages.success(request, f"{job.get_kind_display()}: it waits for its turn again.")
    else:
        messages.info(request, "Nothing to do: it is at work already, or done.")
    return redirect("jobs")
