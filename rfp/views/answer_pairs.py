"""Duplicates and contradictions of the answer library, side by side."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.authorization import Permission
from accounts.paging import page_of
from accounts.views.gate import ActingRequest, found, requires
from evidence.actions.answer_rows import AnswerChanged, MayNotApproveAnswers
from rfp.actions.answer_pairs import NotOneLibrary, merge, set_apart
from rfp.library_forms import PairForm
from rfp.queries.answer_pairs import pair_named, pairs_of

PAGE = 20


@require_safe
@requires(Permission.READ_QUESTIONNAIRES)
def pairs(request: ActingRequest) -> HttpResponse:
    found_pairs = pairs_of(request.acting.organisation)
    return render(request, "rfp/answer_pairs.html", {"page": page_of(request, found_pairs, size=PAGE)})


@require_POST
@requires(Permission.EDIT_LIBRARY)
def judge_pair(request: ActingRequest) -> HttpResponse:
    form = PairForm(request.POST)
    if not form.is_valid():
        messages.error(request, "The page was changed on the way. Load it again.")
        return redirect("library_pairs")
    first, second, first_version, second_version = found(
        pair_named(request.acting.organisation, form.cleaned_data["pair"])
    )
    what, at = form.cleaned_data["what"], timezone.now()
    try:
        if what == "keep_first":
            merge(
                keep=first,
                drop=second,
                keep_version=first_version,
                drop_version=second_version,
                by=request.user,
                at=at,
            )
        elif what == "keep_second":
            merge(
                keep=second,
                drop=first,
                keep_version=second_version,
                drop_version=first_version,
                by=request.user,
                at=at,
            )
        else:
            set_apart(
                first=first,
                second=second,
                first_version=first_version,
                second_version=second_version,
                judgement=what,
                by=request.user,
                at=at,
            )
    except (AnswerChanged, MayNotApproveAnswers, NotOneLibrary) as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, PairForm.DONE[what])
    return redirect("library_pairs")
