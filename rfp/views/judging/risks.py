"""The register of accepted risks, and asking for, signing, declining and revoking one."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.attachment import attachment
from accounts.authorization import Permission
from accounts.queries import has_two_factor
from accounts.views.gate import ActingRequest, found, requires
from accounts.views.second_step import fresh_second_step, use
from rfp.actions.risks import asking, decision
from rfp.actions.risks.record import CannotBeAccepted, DecidedAlready, MayNotSign, SayWhy
from rfp.queries.judging import risk_pages, risks
from rfp.reporting.word import risk_record
from rfp.risk_forms import AskForRisk, Because, SignRisk, first_look

REFUSED = (CannotBeAccepted, DecidedAlready, MayNotSign, SayWhy)


@require_safe
@requires(Permission.READ_JUDGEMENTS)
def register(request: ActingRequest) -> HttpResponse:
    found_now = risks.register(request.acting.organisation, on=timezone.localdate())
    context = {
        "current": [one for one in found_now if not one.is_over],
        "over": [one for one in found_now if one.is_over],
        "counts": risk_pages.counts(found_now),
        "today": timezone.localdate(),
    }
    return render(request, "risks/register.html", context)


@require_safe
@requires(Permission.READ_JUDGEMENTS)
def risk(request: ActingRequest, pk: int) -> HttpResponse:
    row = found(risks.risk_of(request.acting.organisation, pk))
    on = timezone.localdate()
    context = {
        "standing": risks.standing_of(row, on=on),
        "risk": row,
        "requirements": risk_pages.named(row.requirements),
        "not_covered": risk_pages.resting_uncovered(row),
        "verified": fresh_second_step(request, at=timezone.now()),
        "has_second_step": has_two_factor(request.user),
        "sign_form": SignRisk(),
        "because": Because(auto_id="id_%s"),
        "is_own": row.requested_by_id == request.user.pk,
    }
    return render(request, "risks/risk.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.EDIT_TENDERS)
def ask(request: ActingRequest, pk: int) -> HttpResponse:
    participant = found(risk_pages.participant_of(request.acting.organisation, pk))
    on = timezone.localdate()
    renews = risk_pages.renewable(participant, request.GET.get("renews") or request.POST.get("renews") or "")
    known = risk_pages.known_of(participant)
    choices = {"systems": known.systems, "open_first": known.open_requirements}
    if request.method == "POST" and "with_children" not in request.POST:
        form = AskForRisk(request.POST, **choices)
        if form.is_valid():
            try:
                made = asking.ask(
                    participant=participant, entry=form.entry(renews), on=on, by=request.user, at=timezone.now()
                )
            except CannotBeAccepted as problem:
                form.add_error(None, str(problem))
            else:
                messages.success(request, f"{made.reference} waits for an executive.")
                return redirect("risk", pk=made.pk)
    elif request.method == "POST":
        ticked = risks.with_children(request.POST.getlist("requirements"))
        form = AskForRisk(
            initial={**request.POST.dict(), "systems": request.POST.getlist("systems"), "requirements": ticked},
            **choices,
        )
    else:
        form = AskForRisk(
            initial=first_look(on, requirements=request.GET.getlist("requirement"), renews=renews), **choices
        )
    return render(request, "risks/ask.html", {"form": form, "participant": participant, "renews": renews})


@require_POST
@requires(Permission.SIGN_RISK)
def sign(request: ActingRequest, pk: int) -> HttpResponse:
    row = found(risks.risk_of(request.acting.organisation, pk))
    form, now = SignRisk(request.POST), timezone.now()
    shown = fresh_second_step(request, at=now)
    if not has_two_factor(request.user):
        messages.error(request, "A signature needs a second step at sign-in. Set one up, then come back.")
        return redirect("mfa_index")
    if not form.is_valid():
        messages.error(request, "Give your title, and tick that you have read it.")
        return redirect("risk", pk=pk)
    try:
        decision.sign(
            risk=row,
            title=form.cleaned_data["title"],
            second_step=shown.what if shown else "",
            on=timezone.localdate(now),
            by=request.user,
            at=now,
        )
    except REFUSED as problem:
        messages.error(request, str(problem))
    else:
        if shown:
            use(request, shown)
        messages.success(request, f"{row.reference} is signed.")
    return redirect("risk", pk=pk)


def _with_reason(request: ActingRequest, pk: int, act: Callable[..., None], done: str) -> HttpResponse:
    row = found(risks.risk_of(request.acting.organisation, pk))
    form, now = Because(request.POST), timezone.now()
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        act(risk=row, reason=reason, on=timezone.localdate(now), by=request.user, at=now)
    except REFUSED as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, f"{row.reference} is {done}.")
    return redirect("risk", pk=pk)


@require_POST
@requires(Permission.SIGN_RISK)
def decline(request: ActingRequest, pk: int) -> HttpResponse:
    return _with_reason(request, pk, decision.decline, "declined")


@require_POST
@requires(Permission.SIGN_RISK)
def revoke(request: ActingRequest, pk: int) -> HttpResponse:
    return _with_reason(request, pk, decision.revoke, "revoked")


@require_POST
@requires(Permission.EDIT_TENDERS)
def withdraw(request: ActingRequest, pk: int) -> HttpResponse:
    return _with_reason(request, pk, asking.withdraw, "withdrawn")


@require_safe
@requires(Permission.READ_JUDGEMENTS)
def record(request: ActingRequest, pk: int) -> HttpResponse:
    row = found(risks.risk_of(request.acting.organisation, pk))
    data = risk_pages.record_of(row, on=timezone.localdate())
    return attachment(risk_record.build(data), f"{row.reference} {row.vendor} - risk acceptance.docx")
