"""What runs out when, and putting off a reminder with a reason."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.authorization import Permission
from accounts.views.gate import ActingRequest, found, requires
from rfp.actions.reminders import SnoozeRefused, choose_audience, snooze
from rfp.forms import ChooseAudience, SnoozeReminder
from rfp.queries.reminders import audience_of, evidence_of
from rfp.queries.timeline import endings
from rfp.reporting.words import day


@require_safe
@requires(Permission.READ_EVIDENCE)
def timeline(request: ActingRequest) -> HttpResponse:
    organisation = request.acting.organisation
    today = timezone.localdate()
    shown = endings(organisation, on=today)
    return render(
        request,
        "rfp/timeline.html",
        {
            "today": today,
            "lapsed": [ending for ending in shown if ending.lapsed],
            "ahead": [ending for ending in shown if not ending.lapsed],
            "audience": ChooseAudience(initial={"audience": audience_of(organisation)}),
        },
    )


@require_POST
@requires(Permission.VERIFY_EVIDENCE)
def snooze_reminder(request: ActingRequest, pk: int) -> HttpResponse:
    evidence = found(evidence_of(request.acting.organisation, pk))
    form = SnoozeReminder(request.POST)
    if not form.is_valid():
        messages.error(request, "Give a reason and a day until which it can wait.")
        return redirect("timeline")
    now = timezone.now()
    try:
        row = snooze(evidence=evidence, **form.cleaned_data, on=timezone.localdate(now), by=request.user, at=now)
    except SnoozeRefused as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, f"Nobody is reminded of {evidence.reference} until {day(row.until)}.")
    return redirect("timeline")


@require_POST
@requires(Permission.VERIFY_EVIDENCE)
def reminder_audience(request: ActingRequest) -> HttpResponse:
    form = ChooseAudience(request.POST)
    if form.is_valid():
        choose_audience(
            organisation=request.acting.organisation,
            audience=form.cleaned_data["audience"],
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, "Saved.")
    else:
        messages.error(request, "Choose who is reminded.")
    return redirect("timeline")
