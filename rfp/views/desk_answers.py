"""What is done to an answer at the desk: written, approved, skipped, and undone."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.authorization import Permission
from accounts.views.gate import ActingRequest, found, requires
from rfp.actions import review, steps, undo, writing
from rfp.actions.keeping import AnswerMoved
from rfp.forms_desk import AnswerEntry, ApproveOne, Versioned
from rfp.queries import answers, desk
from rfp.queries.desk_question import desk_question, question_of
from rfp.reporting.words import count
from rfp.views.desk import back_to, filters_of, show

PAGE_CHANGED = "The page was changed on the way. Load it again."
UNDONE = {
    "approved": "{answers} no longer approved.",
    "unapproved": "Approved again.",
    "written": "The text before it stands again.",
    "skipped": "No longer skipped.",
}


@require_POST
@requires(Permission.EDIT_ANSWERS)
def write_answer(request: ActingRequest, pk: int) -> HttpResponse:
    question = found(question_of(request.acting.organisation, pk))
    here = desk.Desk(questionnaire=question.questionnaire, user=request.user)
    shown = found(desk_question(question.questionnaire, pk))
    response = found(shown.response)
    form = AnswerEntry(request.POST, offered=shown.fields, response=response)
    if not form.is_valid():
        return show(request, here, shown, opened={"do": "edit", "entry": form})
    try:
        written = writing.write(
            question=question,
            entry=form.entry,
            override=form.cleaned_data["override"],
            on_purpose=form.cleaned_data["stays_blank"],
            version=form.cleaned_data["version"],
            by=request.user,
            at=timezone.now(),
        )
    except AnswerMoved:
        # Both texts are shown; to save again, against the version shown now, is the person's decision.
        entered = request.POST.copy()
        entered["version"] = str(response.version)
        form = AnswerEntry(entered, offered=shown.fields, response=response)
        form.is_valid()
        return show(request, here, shown, opened={"do": "edit", "entry": form, "moved": True})
    except writing.NeedsReason as problem:
        form.add_error("override", str(problem))
        return show(request, here, shown, opened={"do": "edit", "entry": form, "needs_reason": True})
    except writing.CellRefused as problem:
        form.add_error(None, str(problem))
        return show(request, here, shown, opened={"do": "edit", "entry": form})
    changed = written.version != response.version
    messages.success(request, "Saved." if changed else "Nothing was changed.")
    keep = "keep" if changed and written.shown else ""
    return back_to(request, question.questionnaire_id, pk, do=keep)


@require_POST
@requires(Permission.EDIT_ANSWERS)
def choose_answer(request: ActingRequest, pk: int) -> HttpResponse:
    """Take the machine's answer back, or stand by one's own after the machine changed."""
    question = found(question_of(request.acting.organisation, pk))
    form = Versioned(request.POST)
    if not form.is_valid():
        messages.error(request, PAGE_CHANGED)
        return back_to(request, question.questionnaire_id, pk)
    choose = writing.take_machine if request.POST.get("take") == "machine" else writing.stand_by
    try:
        choose(question=question, version=form.cleaned_data["version"], by=request.user, at=timezone.now())
    except AnswerMoved as problem:
        messages.error(request, f"{problem} Look at it again.")
    else:
        messages.success(request, "Saved.")
    return back_to(request, question.questionnaire_id, pk)


@require_POST
@requires(Permission.APPROVE_ANSWERS)
def approve_answer(request: ActingRequest, pk: int) -> HttpResponse:
    question = found(question_of(request.acting.organisation, pk))
    form = ApproveOne(request.POST)
    if not form.is_valid():
        messages.error(request, PAGE_CHANGED)
        return back_to(request, question.questionnaire_id, pk)
    version, now = form.cleaned_data["version"], timezone.now()
    try:
        if form.cleaned_data["take_back"]:
            review.unapprove(question=question, version=version, by=request.user, at=now)
            messages.success(request, "The approval is taken back.")
            return back_to(request, question.questionnaire_id, pk)
        questionnaire = question.questionnaire
        review.approve_selected(questionnaire=questionnaire, versions={pk: version}, by=request.user, at=now)
    except (review.AnswersChanged, review.MayNotApprove, review.OneByOne) as problem:
        messages.error(request, str(problem))
        return back_to(request, question.questionnaire_id, pk)
    return _go_on(request, pk, "Approved.")


@require_POST
@requires(Permission.EDIT_ANSWERS)
def skip_question(request: ActingRequest, pk: int) -> HttpResponse:
    question = found(question_of(request.acting.organisation, pk))
    steps.skip(question=question, by=request.user, at=timezone.now())
    return _go_on(request, pk, "Skipped.")


@require_POST
@requires(Permission.EDIT_ANSWERS)
def undo_step(request: ActingRequest, pk: int) -> HttpResponse:
    questionnaire = found(answers.questionnaire_of(request.acting.organisation, pk))
    asked = request.POST.get("question", "")
    at = int(asked) if asked.isdecimal() and len(asked) < 19 else None
    try:
        undone = undo.undo(questionnaire=questionnaire, by=request.user, at=timezone.now())
    except (steps.NothingToUndo, review.MayNotApprove) as problem:
        messages.error(request, str(problem))
        return back_to(request, pk, at)
    told = UNDONE[undone.kind].format(answers=count(undone.answers, "answer"))
    messages.success(request, f"Undone. {told}")
    return back_to(request, pk, undone.question.pk if undone.question else at)


def _go_on(request: ActingRequest, pk: int, told: str) -> HttpResponse:
    """Go to the next open question of the list; stay where there is none."""
    question = found(question_of(request.acting.organisation, pk))
    here = desk.Desk(questionnaire=question.questionnaire, user=request.user)
    following = desk.next_open(here, filters_of(request), after=question)
    if following is None:
        messages.success(request, f"{told} No other open question is left in this list.")
        return back_to(request, question.questionnaire_id, pk)
    messages.success(request, told)
    return back_to(request, question.questionnaire_id, following.pk)
