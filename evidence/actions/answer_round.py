"""A round of reviews: several library answers said to be still right in one step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from accounts.models import Organisation, User
from evidence.actions.answer_review import still_right
from evidence.actions.answer_rows import AnswerChanged, NothingToDo, check_approver
from evidence.models import LibraryAnswer


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """How many answers were reviewed, and how many were left because they changed or wait for approval."""

    reviewed: int
    left: int


@transaction.atomic
def all_still_right(*, organisation: Organisation, seen: Mapping[int, int], on: date, by: User, at: datetime) -> Round:
    """Record a review of every answer that is as it was seen, by id and version; what changed meanwhile is left.

    :raises MayNotApproveAnswers: if the person holds no role that may approve
    """
    check_approver(by, organisation)
    reviewed = 0
    for answer in LibraryAnswer.objects.of(organisation).filter(pk__in=seen).select_related("organisation"):
        try:
            still_right(answer=answer, version=seen[answer.pk], on=on, by=by, at=at)
        except (AnswerChanged, NothingToDo):
            continue
        reviewed += 1
    return Round(reviewed=reviewed, left=len(seen) - reviewed)
