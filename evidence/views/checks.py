"""What people do about a confirmed document: check it outside, withdraw it, put it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.attachment import attachment
from accounts.authorization import Permission
from accounts.views.gate import ActingRequest, found, requires
from evidence import draft_sheet, shelf
from evidence.actions import checks, library
from evidence.forms import AudienceForm, CheckForm, WithdrawForm
from evidence.storage import FileMissing
from evidence.views.library import show_item


@require_POST
@requires(Permission.VERIFY_EVIDENCE)
def check(request: ActingRequest, pk: int) -> HttpResponse:
    revision = found(shelf.revision_of(request.acting.organisation, pk))
    form = CheckForm(request.POST, request.FILES, today=timezone.localdate())
    if not form.is_valid():
        messages.error(request, "Nothing is recorded yet: see what is marked below.")
        return show_item(request, revision.evidence_id, check=form)
    said = form.cleaned_data
    picture = said["screenshot"]
    entry = checks.CheckEntry(
        place=said["place"],
        address=said["address"],
        checked_on=said["checked_on"],
        result=said["result"],
        note=said["note"],
        screenshot=picture.read() if picture else None,
        screenshot_name=picture.name if picture else "",
    )
    try:
        checks.record_check(revision=revision, entry=entry, by=request.user, at=timezone.now())
    except (checks.NotConfirmed, checks.AlreadyNewer, library.VerifierIsConfirmer) as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, "The check is on record. Records of checks are never changed.")
    return redirect("evidence_item", pk=revision.evidence_id)


@require_safe
@requires(Permission.READ_EVIDENCE)
def screenshot(request: ActingRequest, pk: int) -> HttpResponse:
    row = found(shelf.check_of(request.acting.organisation, pk))
    try:
        stored, content = found(checks.screenshot_of(row))
    except FileMissing as problem:
        messages.error(request, f"{problem} Ask whoever runs this installation to restore it from a backup.")
        return redirect("evidence_item", pk=row.revision.evidence_id)
    return attachment(content, stored.name)


@require_POST
@requires(Permission.EDIT_EVIDENCE)
def audience(request: ActingRequest, pk: int) -> HttpResponse:
    """Say to whom answers may name and quote a document."""
    evidence = found(draft_sheet.evidence_of(request.acting.organisation, pk))
    form = AudienceForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Choose who may be told of this document.")
        return redirect("evidence_item", pk=evidence.pk)
    try:
        changed = library.set_audience(
            evidence=evidence,
            audience=form.cleaned_data["audience"],
            seen=form.cleaned_data["seen"],
            by=request.user,
            at=timezone.now(),
        )
    except library.AudienceChanged as problem:
        messages.error(request, str(problem))
    else:
        messages.success(
            request, "Saved: it holds for every file made from now on." if changed else "It is so already."
        )
    return redirect("evidence_item", pk=evidence.pk)


@require_POST
@requires(Permission.EDIT_EVIDENCE)
def withdraw(request: ActingRequest, pk: int) -> HttpResponse:
    evidence = found(draft_sheet.evidence_of(request.acting.organisation, pk))
    form = WithdrawForm(request.POST, today=timezone.localdate())
    if not form.is_valid():
        messages.error(request, "It is not withdrawn yet: see what is marked below.")
        return show_item(request, evidence.pk, withdrawal=form)
    library.withdraw(
        evidence=evidence,
        reason=form.cleaned_data["reason"],
        effective_on=form.cleaned_data["effective_on"],
        by=request.user,
        at=timezone.now(),
    )
    messages.success(request, "Withdrawn. Nothing rests on it from now on. This page lists what relied on it.")
    return redirect("evidence_impact", pk=evidence.pk)


@require_POST
@requires(Permission.EDIT_EVIDENCE)
def reinstate(request: ActingRequest, pk: int) -> HttpResponse:
    evidence = found(draft_sheet.evidence_of(request.acting.organisation, pk))
    library.reinstate(evidence=evidence, by=request.user, at=timezone.now())
    messages.success(request, "In use again. It counts as far as the judge lets it.")
    return redirect("evidence_item", pk=evidence.pk)
