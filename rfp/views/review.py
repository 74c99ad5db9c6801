"""Approving answers."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.authorization import Permission
from accounts.views.back import back
from accounts.views.gate import ActingRequest, found, requires
from rfp.actions.review import AnswersChanged, MayNotApprove, OneByOne, approve_ready, approve_selected
from rfp.forms import ApproveReady, ApproveSelected
from rfp.queries.answers import questionnaire_of
from rfp.reporting.words import count

FINAL_FILES = "“Make final files” under Files writes them out."


@require_POST
@requires(Permission.APPROVE_ANSWERS)
def approve_all_ready(request: ActingRequest, pk: int) -> HttpResponse:
    questionnaire = found(questionnaire_of(request.acting.organisation, pk))
    form = ApproveReady(request.POST)
    if not form.is_valid():
        messages.error(request, "The page was changed on the way. Load it again.")
        return back(request, "questionnaire_answers", pk)
    try:
        approved = approve_ready(
            questionnaire=questionnaire, seal=form.cleaned_data["seal"], by=request.user, at=timezone.now()
        )
    except (AnswersChanged, MayNotApprove) as problem:
        messages.error(request, str(problem))
    else:
        _tell(request, approved)
    return back(request, "questionnaire_answers", pk)


@require_POST
@requires(Permission.APPROVE_ANSWERS)
def approve_ticked(request: ActingRequest, pk: int) -> HttpResponse:
    questionnaire = found(questionnaire_of(request.acting.organisation, pk))
    form = ApproveSelected(request.POST.getlist("answers"))
    if not form.is_valid():
        messages.error(request, " ".join(str(problem) for problem in form.non_field_errors()))
        return back(request, "questionnaire_answers", pk)
    try:
        approved = approve_selected(
            questionnaire=questionnaire, versions=form.cleaned_data["versions"], by=request.user, at=timezone.now()
        )
    except (AnswersChanged, MayNotApprove, OneByOne) as problem:
        messages.error(request, str(problem))
    else:
        _tell(request, approved)
    return back(request, "questionnaire_answers", pk)


def _tell(request: ActingRequest, approved: int) -> None:
    if approved:
        messages.success(request, f"{count(approved, 'answer')} approved. {FINAL_FILES}")
    else:
        messages.info(request, "Nothing to do: these answers were approved already.")
