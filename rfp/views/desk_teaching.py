"""What a question asks for, decided at the desk, and what is kept from it for the next time."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.authorization import Permission
from accounts.views.gate import ActingRequest, found, requires
from evidence.actions.answer_rows import AnswerChanged
from rfp.actions import deciding, teaching
from rfp.forms_desk import MapQuestion
from rfp.mapping.engine import Mapper
from rfp.queries import desk
from rfp.queries.desk_question import DeskQuestion, desk_question, question_of
from rfp.views.desk import back_to, keep_form, show


@require_POST
@requires(Permission.TEACH_MAPPING)
def map_question(request: ActingRequest, pk: int) -> HttpResponse:
    question = found(question_of(request.acting.organisation, pk))
    shown = found(desk_question(question.questionnaire, pk))
    at, on = timezone.now(), _day_of(shown)
    if request.POST.get("take") == "machine":
        deciding.withdraw_decision(question=question, mapper=Mapper.load(), on=on, by=request.user, at=at)
        messages.success(request, "The machine's reading stands again, and the question is answered from it.")
        return back_to(request, question.questionnaire_id, pk)
    form = MapQuestion(request.POST, shown=shown)
    if not form.is_valid():
        return _again(request, shown, form)
    try:
        deciding.decide(
            question=question,
            decided=form.decided,
            seen=form.cleaned_data["seen"],
            mapper=Mapper.load(),
            on=on,
            by=request.user,
            at=at,
        )
    except (deciding.MappingMoved, deciding.NoSuchRequirement) as problem:
        form.add_error(None, str(problem))
        return _again(request, shown, form)
    messages.success(request, "Decided, and answered anew.")
    return back_to(request, question.questionnaire_id, pk, do="keep-map")


@require_POST
@requires(Permission.TEACH_MAPPING)
def keep_mapping(request: ActingRequest, pk: int) -> HttpResponse:
    question = found(question_of(request.acting.organisation, pk))
    if deciding.keep_decision(question=question, mapper=Mapper.load(), by=request.user, at=timezone.now()):
        messages.success(request, "Kept: the same question is read this way from now on.")
    else:
        messages.info(request, "Nothing to do: this was known already.")
    return back_to(request, question.questionnaire_id, pk)


@require_POST
@requires(Permission.EDIT_LIBRARY)
def keep_answer(request: ActingRequest, pk: int) -> HttpResponse:
    question = found(question_of(request.acting.organisation, pk))
    shown = found(desk_question(question.questionnaire, pk))
    form = found(keep_form(request, shown, request.POST))
    if not form.is_valid():
        here = desk.Desk(questionnaire=question.questionnaire, user=request.user)
        return show(request, here, shown, opened={"do": "keep", "keep": form})
    try:
        kept = teaching.keep_answer(
            question=question, **form.cleaned_data, on=timezone.localdate(), by=request.user, at=timezone.now()
        )
    except (teaching.NotForTheLibrary, AnswerChanged) as problem:
        messages.error(request, str(problem))
    else:
        waits = "" if teaching.is_in_use(kept) else " It serves once a second person has approved it there."
        messages.success(request, f"Kept in the answer library.{waits}")
    return back_to(request, question.questionnaire_id, pk)


def _day_of(shown: DeskQuestion) -> date:
    """Return the day the questionnaire's answers are for: that of its latest verdict, else today."""
    return shown.as_of or timezone.localdate()


def _again(request: ActingRequest, shown: DeskQuestion, form: MapQuestion) -> HttpResponse:
    here = desk.Desk(questionnaire=shown.question.questionnaire, user=request.user)
    return show(request, here, shown, opened={"do": "map", "mapping": form})
