"""What people say to each other at the desk: assignments and remarks."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.authorization import Permission
from accounts.views.gate import ActingRequest, found, requires
from rfp.actions import talk
from rfp.forms_desk import Say
from rfp.queries import desk, desk_people
from rfp.queries.desk_question import desk_question, question_of
from rfp.views.desk import assign_form, back_to, show


@require_POST
@requires(Permission.EDIT_ANSWERS)
def assign_question(request: ActingRequest, pk: int) -> HttpResponse:
    question = found(question_of(request.acting.organisation, pk))
    shown = found(desk_question(question.questionnaire, pk))
    form = assign_form(request, shown, request.POST)
    if not form.is_valid():
        here = desk.Desk(questionnaire=question.questionnaire, user=request.user)
        return show(request, here, shown, opened={"do": "assign", "assign": form})
    members = {user.pk: user for user in desk_people.members_of(request.acting.organisation)}
    assignee = members[form.cleaned_data["assignee"]]
    talk.assign(
        question=question,
        assignee=assignee,
        note=form.cleaned_data["note"],
        due_on=form.cleaned_data["due_on"],
        by=request.user,
        at=timezone.now(),
    )
    messages.success(request, f"Assigned to {assignee}.")
    return back_to(request, question.questionnaire_id, pk)


@require_POST
@requires(Permission.EDIT_ANSWERS)
def finish_assignment(request: ActingRequest, pk: int) -> HttpResponse:
    question = found(question_of(request.acting.organisation, pk))
    if talk.finish(question=question, by=request.user, at=timezone.now()):
        messages.success(request, "The assignment is done.")
    else:
        messages.info(request, "Nobody was asked any more.")
    return back_to(request, question.questionnaire_id, pk)


@require_POST
@requires(Permission.EDIT_ANSWERS)
def say_remark(request: ActingRequest, pk: int) -> HttpResponse:
    question = found(question_of(request.acting.organisation, pk))
    form = Say(request.POST)
    if not form.is_valid():
        here = desk.Desk(questionnaire=question.questionnaire, user=request.user)
        handles = desk_people.handles(desk_people.members_of(request.acting.organisation))
        shown = found(desk_question(question.questionnaire, pk))
        return show(request, here, shown, opened={"do": "remark", "say": form, "handles": handles})
    made = talk.remark(question=question, text=form.cleaned_data["text"], by=request.user, at=timezone.now())
    told = ", ".join(str(user) for user in made.mentioned.all())
    messages.success(request, f"Said; {told} will be told." if told else "Said.")
    return back_to(request, question.questionnaire_id, pk)
