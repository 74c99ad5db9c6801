"""One questionnaire: the verdict and why, every answer with its proof, and the files to hand out."""

from __future__ import annotations

import secrets

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.attachment import attachment
from accounts.authorization import Permission
from accounts.paging import page_of
from accounts.views.gate import ActingRequest, found, requires
from evidence.catalogs import mandate
from evidence.storage import FileMissing
from rfp.actions.download import open_export, open_original
from rfp.answering.content import BlankCode
from rfp.forms import AnswerFilter
from rfp.mapping.types import NO_CATEGORY
from rfp.queries import answers, exports
from rfp.queries.layout_notice import notice_of
from rfp.queries.progress import latest_job, progress_of
from rfp.queries.rounds import earlier_releases
from rfp.queries.summary import summary_of
from rfp.reporting.steps import BLANKS

PAGE = 100


@require_safe
@requires(Permission.READ_QUESTIONNAIRES)
def questionnaire(request: ActingRequest, pk: int) -> HttpResponse:
    shown = found(answers.questionnaire_of(request.acting.organisation, pk))
    facets = answers.facets_of(shown)
    form = _filter(request, facets)
    form.is_valid()  # a field with a bad value does not filter; the form says why
    wanted = answers.Sought(**form.cleaned_data)
    systems = [system.name for system in shown.systems.all()]
    summary = summary_of(shown, facets)
    job = latest_job(shown)
    progress = progress_of(job, at=timezone.now()) if job else None
    page = page_of(request, answers.with_proof(answers.sought(shown, wanted)), size=PAGE)
    packages = exports.packages_of(shown)
    return render(
        request,
        "rfp/questionnaire.html",
        {
            "questionnaire": shown,
            "notice": notice_of(shown),
            "may_set_layout": request.acting.may_edit_questionnaires,
            "systems": systems,
            "summary": summary,
            "facets": facets,
            "tabs": answers.tabs(facets),
            "packages": packages,
            "sent": earlier_releases(shown)[:5],
            "may_send": request.acting.may_approve and any(not package.draft for package in packages),
            "progress": progress if progress and (progress.live or progress.failed) else None,
            "today": timezone.localdate(),
            "token": secrets.token_urlsafe(12),
            "form": form,
            "page": page,
            "lines": answers.lines(page),
            "filtered": any(form.cleaned_data.values()),
        },
    )


def _filter(request: ActingRequest, facets: answers.Facets) -> AnswerFilter:
    return AnswerFilter(
        request.GET,
        sheets=[(sheet, f"{sheet} ({count})") for sheet, count in facets.sheets],
        codes=[
            (code or answers.NO_CODE, f"{BLANKS[BlankCode(code)].reason} ({count})") for code, count in facets.codes
        ],
        categories=[
            *((row.id, row.title) for row in mandate.load().categories),
            (NO_CATEGORY, "Outside the checklist"),
        ],
    )


@require_safe
@requires(Permission.READ_QUESTIONNAIRES)
def original(request: ActingRequest, pk: int) -> HttpResponse:
    shown = found(answers.questionnaire_of(request.acting.organisation, pk))
    try:
        content = open_original(questionnaire=shown, by=request.user, at=timezone.now())
    except FileMissing as problem:
        return _missing(request, problem, pk)
    return attachment(content, shown.file_name)


@require_safe
@requires(Permission.READ_QUESTIONNAIRES)
def export(request: ActingRequest, pk: int) -> HttpResponse:
    wanted = found(exports.export_of(request.acting.organisation, pk))
    try:
        content = open_export(export=wanted, by=request.user, at=timezone.now())
    except FileMissing as problem:
        return _missing(request, problem, wanted.questionnaire_id)
    return attachment(content, wanted.name)


def _missing(request: ActingRequest, problem: FileMissing, questionnaire: int) -> HttpResponse:
    messages.error(request, f"{problem} Ask whoever runs this installation to restore it from a backup.")
    return redirect("questionnaire", pk=questionnaire)
