"""The review queue of the answer library: one answer after the other, or several at once."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from accounts.authorization import Permission
from accounts.paging import page_of
from accounts.views.gate import ActingRequest, requires
from evidence.actions.answer_round import all_still_right
from evidence.actions.answer_rows import MayNotApproveAnswers
from rfp.library_queue_form import QueueForm, TickedForm
from rfp.queries import answer_library as library
from rfp.queries.answer_queue import WHY, queue_of
from rfp.reporting.words import count

PAGE = 25


@require_safe
@requires(Permission.READ_QUESTIONNAIRES)
def queue(request: ActingRequest) -> HttpResponse:
    organisation, today = request.acting.organisation, timezone.localdate()
    form = QueueForm(request.GET, owners=library.owners_of(organisation))
    form.is_valid()  # a field with a bad value does not filter
    why, owner = form.cleaned_data.get("why") or "due", form.cleaned_data.get("owner", "")
    found = queue_of(organisation, why=why, owner=owner, on=today)
    page = page_of(request, found.rows, size=PAGE)
    return render(
        request,
        "rfp/answers_review.html",
        {
            "form": form,
            "page": page,
            "lines": found.lines(page),
            "tabs": [(name, label, found.counts[name]) for name, label in WHY.items()],
            "why": why,
            "owner": owner,
        },
    )


@require_POST
@requires(Permission.EDIT_LIBRARY)
def still_right(request: ActingRequest) -> HttpResponse:
    """Record a review of one answer, or of all that are ticked, and go on with what follows."""
    form = TickedForm(request.POST)
    again = reverse("library_queue")
    if not form.is_valid():
        messages.error(request, "Tick the answers that are still right first.")
        return redirect(again)
    try:
        done = all_still_right(
            organisation=request.acting.organisation,
            seen=form.seen(),
            on=timezone.localdate(),
            by=request.user,
            at=timezone.now(),
        )
    except MayNotApproveAnswers as problem:
        messages.error(request, str(problem))
    else:
        if done.reviewed:
            messages.success(request, f"{count(done.reviewed, 'answer')} reviewed: right for another year.")
        if done.left:
            messages.warning(request, f"{count(done.left, 'answer')} changed meanwhile: look again.")
    wanted = urlencode({name: form.cleaned_data[name] for name in ("why", "owner") if form.cleaned_data[name]})
    follows = f"#answer{form.cleaned_data['follows']}" if form.cleaned_data["follows"] else ""
    return redirect(f"{again}{'?' if wanted else ''}{wanted}{follows}")
