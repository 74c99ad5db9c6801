"""The steps of a person at the desk, the latest of which can be undone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.models import User
from rfp.actions.keeping import bring_back
from rfp.models import KeptAnswer, Question, Questionnaire, Response, ResponseStatus, Step, StepKind


class NothingToUndo(Exception):
    """The person has done nothing here that could be undone."""

    def __init__(
        self,
        said: str = "There is nothing of yours to undo here. Decide again to change what a question asks for.",
    ) -> None:
        super().__init__(said)


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    kind: StepKind
    question: Question | None
    answers: int


def record_step(
    *,
    questionnaire: Questionnaire,
    question: Question | None,
    kind: StepKind,
    version: int | None = None,
    by: User,
    at: datetime,
) -> Step:
    return Step.objects.create(questionnaire=questionnaire, question=question, kind=kind, version=version, by=by, at=at)


@transaction.atomic
def skip(*, question: Question, by: User, at: datetime) -> None:
    """Set a question aside for a person; skipping it again changes nothing."""
    earlier = Step.objects.filter(question=question, by=by, kind=StepKind.SKIPPED, undone_at=None)
    if not earlier.exists():
        record_step(questionnaire=question.questionnaire, question=question, kind=StepKind.SKIPPED, by=by, at=at)


def take_latest(*, questionnaire: Questionnaire, by: User, at: datetime) -> Step:
    """Return the latest step of a person and mark it as undone.

    :raises NothingToUndo: if there is none
    """
    steps = Step.objects.select_for_update().filter(questionnaire=questionnaire, by=by, undone_at=None)
    latest = steps.order_by("-pk").first()
    if latest is None:
        raise NothingToUndo
    latest.undone_at = at
    latest.save(update_fields=["undone_at"])
    return latest


def unwrite(*, question: Question, version: int, at: datetime) -> None:
    """Let the answer stand again that stood before a person wrote the one of that version.

    :raises NothingToUndo: if the answer was changed or approved since, or the machine says otherwise by now: what
        stood before would rest on proof that may be gone
    """
    response = Response.objects.select_for_update().get(question=question)
    before = KeptAnswer.objects.filter(question=question, version=version - 1).first()
    if response.version != version or before is None:
        raise NothingToUndo("The answer was changed since. Look at it again.")
    if response.status == ResponseStatus.APPROVED:
        raise NothingToUndo("The answer was approved since. Write it anew if it is not right.")
    if response.machine_id is not None and response.machine_id > before.pk:
        raise NothingToUndo("The evidence was judged anew since. Write the answer, or take the machine's.")
    bring_back(response, before, version=version, at=at)
