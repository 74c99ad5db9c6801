"""Undo what a person did last at the desk."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts import audit
from accounts.models import User
from rfp.actions.review import approve_again, withdraw_approvals
from rfp.actions.steps import NothingToUndo, Undone, take_latest, unwrite
from rfp.models import Questionnaire, Response, Step, StepKind


def undo(*, questionnaire: Questionnaire, by: User, at: datetime) -> Undone:
    """Undo the latest step of a person on a questionnaire: an approval, a text, a skip.

    A step that somebody else has overtaken is passed over the next time.

    :raises NothingToUndo: if there is no step, or it was overtaken
    :raises MayNotApprove: if it takes the approver's role and the person has it no more
    """
    try:
        return _undo(questionnaire=questionnaire, by=by, at=at)
    except NothingToUndo:
        steps = Step.objects.filter(questionnaire=questionnaire, by=by, undone_at=None).order_by("-pk")
        Step.objects.filter(pk__in=steps.values_list("pk", flat=True)[:1]).update(undone_at=at)
        raise


@transaction.atomic
def _undo(*, questionnaire: Questionnaire, by: User, at: datetime) -> Undone:
    step = take_latest(questionnaire=questionnaire, by=by, at=at)
    kind = StepKind(step.kind)
    answers = 1
    if kind is StepKind.APPROVED:
        rows = Response.objects.filter(question__questionnaire=questionnaire, approved_by=by, approved_at=step.at)
        answers = withdraw_approvals(rows, questionnaire=questionnaire, by=by, at=at)
        if not answers:
            raise NothingToUndo("These approvals have ended since.")
    elif kind is StepKind.UNAPPROVED and step.question is not None:
        approve_again(question=step.question, version=step.version or 0, by=by, at=at)
    elif kind is StepKind.WRITTEN and step.question is not None:
        unwrite(question=step.question, version=step.version or 0, at=at)
        audit.record(
            organisation=questionnaire.organisation, event="response.restored", target=step.question, by=by, at=at
        )
    return Undone(kind=kind, question=step.question, answers=answers)
