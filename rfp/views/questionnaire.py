"""One questionnaire: how far it is, the verdict and why, and the files to hand out."""

from __future__ import annotations

import secrets

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.attachment import attachment
from accounts.authorization import Permission
from accounts.views.gate import ActingRequest, found, requires
from evidence.storage import FileMissing
from rfp.actions.download import open_export, open_original
from rfp.queries import answers, exports
from rfp.queries.layout_notice import notice_of
from rfp.queries.progress import at_work
from rfp.queries.releases import last_sent
from rfp.queries.rounds import earlier_releases
from rfp.queries.summary import judged_for, summary_of


@require_safe
@requires(Permission.READ_QUESTIONNAIRES)
def questionnaire(request: ActingRequest, pk: int) -> HttpResponse:
    shown = found(answers.questionnaire_of(request.acting.organisation, pk))
    facets = answers.facets_of(shown)
    summary = summary_of(shown, facets)
    return render(
        request,
        "rfp/questionnaire.html",
        {
            "questionnaire": shown,
            "notice": notice_of(shown),
            "may_set_layout": request.acting.may_edit_questionnaires,
            "systems": [system.name for system in shown.systems.all()],
            "sent": last_sent(shown),
            "summary": summary,
            "facets": facets,
            "tabs": answers.tabs(facets),
            "progress": at_work(shown, at=timezone.now()),
            "today": timezone.localdate(),
            "token": secrets.token_urlsafe(12),
        },
    )


@require_safe
@requires(Permission.READ_QUESTIONNAIRES)
def files(request: ActingRequest, pk: int) -> HttpResponse:
    shown = found(answers.questionnaire_of(request.acting.organisation, pk))
    packages = exports.packages_of(shown)
    return render(
        request,
        "rfp/questionnaire_files.html",
        {
            "questionnaire": shown,
            "facets": answers.facets_of(shown),
            "summary": judged_for(shown),
            "packages": packages,
            "sent": earlier_releases(shown)[:5],
            "may_send": request.acting.may_approve and any(not package.draft for package in packages),
            "progress": at_work(shown, at=timezone.now()),
            "token": secrets.token_urlsafe(12),
        },
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
    return redirect("questionnaire_files", pk=questionnaire)
