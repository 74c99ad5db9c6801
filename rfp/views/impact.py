"""What relied on evidence that fell away, and what people do about it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.attachment import attachment
from accounts.authorization import Permission
from accounts.views.gate import ActingRequest, found, requires
from rfp.actions.impact import (
    NothingReliedOnIt,
    SayWhy,
    UndoneAlready,
    draft_letter,
    reopen,
    settle,
    undo_reopening,
)
from rfp.actions.review import MayNotApprove
from rfp.forms import OfRelease, PutRight, TakeBack
from rfp.queries import reliance
from rfp.queries.changes import changes_of
from rfp.reporting.words import count


@require_safe
@requires(Permission.READ_EVIDENCE)
def impact(request: ActingRequest) -> HttpResponse:
    organisation = request.acting.organisation
    changes = {change.evidence: change for change in changes_of(organisation, on=timezone.localdate())}
    relying = reliance.reliance_of(organisation, {pk: row.reference for pk, row in changes.items()}, changes)
    lines = [(change, relying[pk]) for pk, change in changes.items() if relying[pk].anything]
    return render(
        request,
        "rfp/impact.html",
        {
            "waiting": [line for line in lines if line[1].waits],
            "done": [line for line in lines if not line[1].waits],
            "untouched": len(changes) - len(lines),
        },
    )


@require_safe
@requires(Permission.READ_EVIDENCE)
def evidence_impact(request: ActingRequest, pk: int) -> HttpResponse:
    organisation = request.acting.organisation
    evidence = found(reliance.evidence_named(organisation, pk))
    changes = {row.evidence: row for row in changes_of(organisation, on=timezone.localdate(), only=pk)}
    relying = reliance.reliance_of(organisation, {pk: evidence.reference}, changes)[pk]
    return render(
        request,
        "rfp/evidence_impact.html",
        {
            "evidence": evidence,
            "title": changes[pk].title if pk in changes else reliance.title_of(evidence),
            "change": changes.get(pk),
            "relying": relying,
            "reopening": reliance.latest_reopening(evidence),
        },
    )


@require_POST
@requires(Permission.EDIT_ANSWERS)
def reopen_answers(request: ActingRequest, pk: int) -> HttpResponse:
    evidence = found(reliance.evidence_named(request.acting.organisation, pk))
    form = TakeBack(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    now = timezone.now()
    try:
        done = reopen(evidence=evidence, reason=reason, on=timezone.localdate(now), by=request.user, at=now)
    except (SayWhy, NothingReliedOnIt) as problem:
        messages.error(request, str(problem))
    else:
        taken = count(done.answers.count(), "approved answer")
        library = count(done.library_answers, "library answer waits", "library answers wait")
        messages.success(request, f"{taken} taken back; {library} for review.")
    return redirect("evidence_impact", pk=pk)


@require_POST
@requires(Permission.APPROVE_ANSWERS)
def undo(request: ActingRequest, pk: int) -> HttpResponse:
    reopening = found(reliance.reopening_of(request.acting.organisation, pk))
    try:
        given = undo_reopening(reopening=reopening, by=request.user, at=timezone.now())
    except (MayNotApprove, UndoneAlready) as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, f"{count(given, 'approval')} given back. Library answers stay with their reviewers.")
    return redirect("evidence_impact", pk=reopening.evidence_id)


@require_POST
@requires(Permission.EXPORT)
def correction_letter(request: ActingRequest, pk: int) -> HttpResponse:
    evidence = found(reliance.evidence_named(request.acting.organisation, pk))
    form = OfRelease(request.POST)
    wanted = form.cleaned_data["release"] if form.is_valid() else 0
    release = found(reliance.sent_release(request.acting.organisation, wanted))
    now = timezone.now()
    try:
        name, content = draft_letter(
            evidence=evidence, release=release, on=timezone.localdate(now), by=request.user, at=now
        )
    except NothingReliedOnIt as problem:
        messages.error(request, str(problem))
        return redirect("evidence_impact", pk=pk)
    return attachment(content, name)


@require_POST
@requires(Permission.EXPORT)
def settle_correction(request: ActingRequest, pk: int) -> HttpResponse:
    evidence = found(reliance.evidence_named(request.acting.organisation, pk))
    form = PutRight(request.POST)
    form.is_valid()  # without a note the action says what is missing
    release = found(reliance.sent_release(request.acting.organisation, form.cleaned_data.get("release") or 0))
    now = timezone.now()
    try:
        settle(
            evidence=evidence,
            release=release,
            note=form.cleaned_data.get("note", ""),
            on=timezone.localdate(now),
            by=request.user,
            at=now,
        )
    except (SayWhy, NothingReliedOnIt) as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, "Recorded.")
    return redirect("evidence_impact", pk=pk)
