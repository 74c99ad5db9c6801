"""Let answers go out: a person with the role approves them, and that is recorded."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from accounts import audit
from accounts.models import Organisation, Role, User
from accounts.queries import has_role
from rfp.models import Band, Questionnaire, Response, ResponseStatus
from rfp.queries.answers import seal_of

ANSWERED = (Band.READY, Band.SUGGESTED)


class MayNotApprove(Exception):
    """The person is no approver of the vendor."""


class AnswersChanged(Exception):
    """The answers are no longer those that the person saw; nothing was approved."""

    def __init__(self) -> None:
        super().__init__("The answers have changed since this page was loaded. Look at them again, then approve.")


@transaction.atomic
def approve(*, questionnaire: Questionnaire, include_suggested: bool = False, by: User, at: datetime) -> int:
    """Approve the ready answers, and the suggested ones where the person has read them; return how many were new.

    :raises MayNotApprove: if the person does not hold the role in the vendor's organisation
    """
    check_approver(questionnaire.organisation, by)
    bands = ANSWERED if include_suggested else (Band.READY,)
    approved = _approve(_responses(questionnaire).filter(band__in=bands), by, at)
    _note(questionnaire, approved, by, at, suggested=include_suggested)
    return approved


@transaction.atomic
def approve_ready(*, questionnaire: Questionnaire, seal: str, by: User, at: datetime) -> int:
    """Approve the ready answers that the person saw; when none waits any more, nothing happens.

    ``seal`` is that of ``rfp.queries.answers.Facets`` as it was shown.

    :raises MayNotApprove: if the person does not hold the role in the vendor's organisation
    :raises AnswersChanged: if the ready answers are no longer those
    """
    check_approver(questionnaire.organisation, by)
    ready = _responses(questionnaire).filter(band=Band.READY, status=ResponseStatus.DRAFT)
    waiting = list(ready.values_list("question_id", "version", "drafted_at"))
    if not waiting:
        return 0
    if seal_of(waiting) != seal:
        raise AnswersChanged
    versions = {question: version for question, version, _ in waiting}
    return approve_selected(questionnaire=questionnaire, versions=versions, by=by, at=at)


@transaction.atomic
def approve_selected(*, questionnaire: Questionnaire, versions: Mapping[int, int], by: User, at: datetime) -> int:
    """Approve answers that a person picked, by question, each in the version they read; return how many were new.

    :raises MayNotApprove: if the person does not hold the role in the vendor's organisation
    :raises AnswersChanged: if one of them is gone, blank or in another version by now
    """
    check_approver(questionnaire.organisation, by)
    approved = standing = suggested = 0
    for version in sorted(set(versions.values())):
        questions = [question for question, wanted in versions.items() if wanted == version]
        rows = _responses(questionnaire).filter(question_id__in=questions, version=version, band__in=ANSWERED)
        standing += rows.filter(status=ResponseStatus.APPROVED).count()
        suggested += rows.filter(status=ResponseStatus.DRAFT, band=Band.SUGGESTED).count()
        approved += _approve(rows, by, at)
    if approved + standing != len(versions):
        raise AnswersChanged
    _note(questionnaire, approved, by, at, suggested=suggested > 0)
    return approved


def check_approver(organisation: Organisation, by: User) -> None:
    """:raises MayNotApprove: if the person does not hold the role in the organisation"""
    if not has_role(by, organisation, Role.APPROVER):
        raise MayNotApprove(f"{by} is no approver of {organisation}; ask an administrator for the role.")


def _responses(questionnaire: Questionnaire) -> QuerySet[Response]:
    return Response.objects.filter(question__questionnaire=questionnaire)


def _approve(rows: QuerySet[Response], by: User, at: datetime) -> int:
    drafts = rows.filter(status=ResponseStatus.DRAFT)
    return drafts.update(status=ResponseStatus.APPROVED, approved_by=by, approved_at=at)


def _note(questionnaire: Questionnaire, approved: int, by: User, at: datetime, *, suggested: bool) -> None:
    if not approved:
        return
    audit.record(
        organisation=questionnaire.organisation,
        event="answers.approved",
        target=questionnaire,
        by=by,
        at=at,
        details={"answers": approved, "suggested": suggested},
    )
