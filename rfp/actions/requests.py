"""What people ask for on the page of a questionnaire: its answers drafted again, its files made."""

from __future__ import annotations

from datetime import date, datetime

from accounts.models import User
from rfp.actions import jobs
from rfp.models import Job, JobKind, Questionnaire


def ask_for_draft(*, questionnaire: Questionnaire, on: date, token: str, by: User, at: datetime) -> Job:
    """Have the answers drafted again, judged for a day; ``token`` is that of the page: a double click is one click."""
    return _ask(JobKind.REDRAFT, questionnaire, {"on": on.isoformat()}, token, by, at)


def ask_for_files(*, questionnaire: Questionnaire, final: bool, token: str, today: date, by: User, at: datetime) -> Job:
    """Have the files made of the answers as they stand, for the day that these were judged for.

    Final files hold what was approved and nothing else.
    """
    latest = questionnaire.assessments.first()
    day = latest.as_of if latest else today
    return _ask(JobKind.EXPORT, questionnaire, {"on": day.isoformat(), "final": final}, token, by, at)


def _ask(
    kind: JobKind, questionnaire: Questionnaire, input: dict[str, object], token: str, by: User, at: datetime
) -> Job:
    return jobs.enqueue(
        organisation=questionnaire.organisation,
        kind=kind,
        questionnaire=questionnaire,
        input=input,
        key=f"{kind}:{questionnaire.pk}:{token}",
        by=by,
        at=at,
    )
