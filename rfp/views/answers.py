"""The answers of a questionnaire as a list: filtered, opened one by one, and approved together."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.authorization import Permission
from accounts.paging import page_of
from accounts.views.gate import ActingRequest, found, requires
from evidence.catalogs import mandate
from rfp.answering.content import BlankCode
from rfp.forms import AnswerFilter
from rfp.mapping.types import NO_CATEGORY
from rfp.queries import answers
from rfp.queries.summary import judged_for
from rfp.reporting.steps import BLANKS

PAGE = 50


@require_safe
@requires(Permission.READ_QUESTIONNAIRES)
def answers_list(request: ActingRequest, pk: int) -> HttpResponse:
    shown = found(answers.questionnaire_of(request.acting.organisation, pk))
    facets = answers.facets_of(shown)
    form = _filter(request, facets)
    form.is_valid()  # a field with a bad value does not filter; the form says why
    wanted = answers.Sought(**form.cleaned_data)
    page = page_of(request, answers.with_proof(answers.sought(shown, wanted)), size=PAGE)
    return render(
        request,
        "rfp/questionnaire_answers.html",
        {
            "questionnaire": shown,
            "as_of": judged_for(shown),
            "facets": facets,
            "tabs": answers.tabs(facets),
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
