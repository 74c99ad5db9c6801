"""The answer library: the list, one answer with its history, writing and changing one, and the steps it takes."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.authorization import Permission
from accounts.paging import page_of
from accounts.views.back import back
from accounts.views.gate import ActingRequest, found, requires
from evidence.actions.answer_review import approve, send_back, still_right
from evidence.actions.answer_rows import (
    AnswerChanged,
    AnswerExists,
    MayNotApproveAnswers,
    NothingToDo,
    Wording,
    WriterMayNotApprove,
    pending_of,
)
from evidence.actions.answers import add, change, retire, undo
from rfp.library_forms import AnswerForm, AnswersFilter, StepForm, initial_of
from rfp.queries import answer_library as library

PAGE = 50
STEPS = {
    "approve": "Approved: it is in use from now on.",
    "send_back": "Sent back to who wrote it.",
    "still_right": "Reviewed: it counts as true for another year.",
    "retire": "Retired: it answers nothing any more. Undo brings it back.",
    "undo": "Taken back.",
}


@require_safe
@requires(Permission.READ_QUESTIONNAIRES)
def answers(request: ActingRequest) -> HttpResponse:
    organisation, today = request.acting.organisation, timezone.localdate()
    form, wanted = filter_of(request)
    page = page_of(request, library.sought(organisation, wanted, on=today), size=PAGE)
    return render(
        request,
        "rfp/answers.html",
        {
            "form": form,
            "page": page,
            "lines": library.lines(organisation, page, on=today),
            "counts": library.counts_of(organisation, on=today),
            "filtered": any(value for name, value in form.cleaned_data.items() if name != "order"),
        },
    )


def filter_of(request: ActingRequest) -> tuple[AnswersFilter, library.Sought]:
    """Return the filter of the list and what it asks for."""
    organisation = request.acting.organisation
    form = AnswersFilter(request.GET, owners=library.owners_of(organisation), systems=library.systems_of(organisation))
    form.is_valid()  # a field with a bad value does not filter; the form says why
    return form, library.Sought(**form.cleaned_data)


@require_safe
@requires(Permission.READ_QUESTIONNAIRES)
def answer(request: ActingRequest, pk: int) -> HttpResponse:
    organisation = request.acting.organisation
    shown = found(library.answer_of(organisation, pk))
    sheet = library.sheet_of(organisation, shown, on=timezone.localdate())
    own = sheet.pending is not None and sheet.pending.written_by == request.user
    return render(request, "rfp/library_answer.html", {"sheet": sheet, "answer": shown, "own": own})


@require_http_methods(["GET", "POST"])
@requires(Permission.EDIT_LIBRARY)
def new_answer(request: ActingRequest) -> HttpResponse:
    today = timezone.localdate()
    form = _form(request, initial={"owner": str(request.user), "reviewed_on": today, "audience": "public"})
    existing = None
    if request.method == "POST" and form.is_valid():
        try:
            added = add(
                organisation=request.acting.organisation,
                wording=form.wording(),
                draft="draft" in request.POST,
                note=form.cleaned_data["note"],
                by=request.user,
                at=timezone.now(),
            )
        except AnswerExists as problem:
            form.add_error("question", str(problem))
            existing = problem.existing
        else:
            messages.success(request, _waits("draft" in request.POST))
            return redirect("library_answer", pk=added.pk)
    return render(request, "rfp/library_answer_edit.html", {"form": form, "existing": existing})


@require_http_methods(["GET", "POST"])
@requires(Permission.EDIT_LIBRARY)
def edit_answer(request: ActingRequest, pk: int) -> HttpResponse:
    shown = found(library.answer_of(request.acting.organisation, pk))
    latest = Wording.of(pending_of(shown) or shown)
    form = _form(request, initial={**initial_of(latest), "version": shown.version})
    theirs, existing = None, None
    if request.method == "POST" and form.is_valid():
        try:
            change(
                answer=shown,
                wording=form.wording(),
                version=form.cleaned_data["version"] or 0,
                draft="draft" in request.POST,
                note=form.cleaned_data["note"],
                by=request.user,
                at=timezone.now(),
            )
        except AnswerChanged as problem:
            # Their words stay in the form; the other text stands beside it, and saving again is a decision.
            theirs = Wording.of(pending_of(problem.current) or problem.current)
            form.show_again(version=problem.current.version)
            form.add_error(None, str(problem))
        except AnswerExists as problem:
            form.add_error("question", str(problem))
            existing = problem.existing
        except NothingToDo as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _waits("draft" in request.POST))
            return redirect("library_answer", pk=pk)
    context = {"form": form, "answer": shown, "theirs": theirs, "existing": existing}
    return render(request, "rfp/library_answer_edit.html", context, status=409 if theirs else 200)


@require_POST
@requires(Permission.EDIT_LIBRARY)
def step(request: ActingRequest, pk: int) -> HttpResponse:
    shown = found(library.answer_of(request.acting.organisation, pk))
    form = StepForm(request.POST)
    if not form.is_valid():
        messages.error(request, "The page was changed on the way. Load it again.")
        return redirect("library_answer", pk=pk)
    name, version, at = form.cleaned_data["step"], form.cleaned_data["version"], timezone.now()
    note = form.cleaned_data["note"]
    try:
        if name == "approve":
            approve(answer=shown, version=version, by=request.user, at=at)
        elif name == "send_back":
            send_back(answer=shown, version=version, note=note, by=request.user, at=at)
        elif name == "still_right":
            still_right(answer=shown, version=version, on=timezone.localdate(), by=request.user, at=at)
        elif name == "retire":
            retire(answer=shown, version=version, note=note, by=request.user, at=at)
        else:
            undo(answer=shown, version=version, by=request.user, at=at)
    except (AnswerChanged, AnswerExists, MayNotApproveAnswers, NothingToDo, WriterMayNotApprove) as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, STEPS[name])
    return back(request, "library_answer", pk=pk)


def _form(request: ActingRequest, *, initial: dict[str, object]) -> AnswerForm:
    organisation = request.acting.organisation
    return AnswerForm(
        request.POST if request.method == "POST" else None,
        evidence=library.evidence_of(organisation),
        systems=library.systems_of(organisation),
        today=timezone.localdate(),
        initial=initial,
    )


def _waits(draft: bool) -> str:
    return "Kept as a draft." if draft else "Saved. It is used once a second person has approved it."
