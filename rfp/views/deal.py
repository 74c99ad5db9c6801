"""Taking in a buyer's files, and the deal behind each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.authorization import Permission
from accounts.views.gate import ActingRequest, found, requires
from rfp.actions.deal import AlreadyHere, BuyerTaken, DealChanged, change
from rfp.actions.deal import upload as take_in
from rfp.actions.requests import ask_for_draft
from rfp.deal_forms import DealForm, UploadForm
from rfp.queries.answers import questionnaire_of
from rfp.reporting.words import count
from rfp.workbook.errors import WorkbookRefused


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one file: ``state`` is taken, known or refused."""

    name: str
    state: str
    problem: str = ""
    advice: str = ""
    questionnaire: Any = None


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.EDIT_QUESTIONNAIRES)
def upload(request: ActingRequest) -> HttpResponse:
    """Take in files; each is taken, offered as the questionnaire it is already, or refused with what to do."""
    organisation = request.acting.organisation
    if request.method != "POST":
        form = UploadForm(organisation=organisation, initial={"owner": request.user.pk})
        return render(request, "rfp/upload.html", {"form": form})
    form = UploadForm(request.POST, request.FILES, organisation=organisation)
    if not form.is_valid():
        return render(request, "rfp/upload.html", {"form": form})
    outcomes = [_take_in(request, file, form) for file in form.cleaned_data["workbooks"]]
    taken = [outcome for outcome in outcomes if outcome.state == "taken"]
    if len(taken) < len(outcomes):
        return render(request, "rfp/upload.html", {"form": form, "outcomes": outcomes})
    if len(taken) == 1:
        return redirect("questionnaire_progress", pk=taken[0].questionnaire.pk)
    messages.success(request, f"{count(len(taken), 'file')} taken in. Each is answered in its turn.")
    return redirect("inbox")


def _take_in(request: ActingRequest, file: UploadedFile[Any], form: UploadForm) -> Outcome:
    name = file.name or "file"
    try:
        questionnaire = take_in(
            organisation=request.acting.organisation,
            content=form.content_of(file),
            name=name,
            deal=form.deal,
            on=timezone.localdate(),
            by=request.user,
            at=timezone.now(),
        )
    except WorkbookRefused as problem:
        return Outcome(name=name, state="refused", problem=problem.problem, advice=problem.advice)
    except AlreadyHere as known:
        return Outcome(name=name, state="known", problem=str(known), questionnaire=known.questionnaire)
    return Outcome(name=name, state="taken", questionnaire=questionnaire)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.EDIT_QUESTIONNAIRES)
def deal(request: ActingRequest, pk: int) -> HttpResponse:
    questionnaire = found(questionnaire_of(request.acting.organisation, pk))
    if request.method != "POST":
        form = DealForm.of(questionnaire)
        return render(request, "rfp/deal.html", {"questionnaire": questionnaire, "form": form})
    form = DealForm(request.POST, organisation=request.acting.organisation, questionnaire=questionnaire)
    if form.is_valid():
        try:
            changed = change(
                questionnaire=questionnaire,
                version=form.cleaned_data["version"],
                deal=form.deal,
                by=request.user,
                at=timezone.now(),
            )
        except (DealChanged, BuyerTaken) as problem:
            form.add_error(None, str(problem))
        else:
            return _saved(request, questionnaire, form, changed=changed)
    return render(request, "rfp/deal.html", {"questionnaire": questionnaire, "form": form})


def _saved(request: ActingRequest, questionnaire: Any, form: DealForm, *, changed: bool) -> HttpResponse:
    if "again" in request.POST:
        ask_for_draft(
            questionnaire=questionnaire,
            on=timezone.localdate(),
            token=f"deal-{form.cleaned_data['version']}",
            by=request.user,
            at=timezone.now(),
        )
        return redirect("questionnaire_progress", pk=questionnaire.pk)
    messages.success(request, "The deal is saved." if changed else "Nothing was changed.")
    return redirect("questionnaire", pk=questionnaire.pk)
