"""Let answers go out: a person with the role approves them, and that is recorded."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from accounts import audit
from accounts.models import Organisation, Role, User
from accounts.queries import has_role
from rfp.actions.steps import NothingToUndo, record_step
from rfp.models import Band, Question, Questionnaire, Response, ResponseStatus, Step, StepKind
from rfp.queries.answers import ready_to_approve, seal_of

ANSWERED = (Band.READY, Band.SUGGESTED)


class MayNotApprove(Exception):
    """The person is no approver of the vendor, or wrote the answer themselves."""


class AnswersChanged(Exception):
    """The answers are no longer those that the person saw; nothing was approved."""

    def __init__(self) -> None:
        super().__init__("The answers have changed since this page was loaded. Look at them again, then approve.")


class OneByOne(Exception):
    """An answer that goes beyond the evidence is approved by itself, with its reason in sight; nothing was approved."""

    def __init__(self) -> None:
        super().__init__(
            "An answer that the evidence does not support is approved by itself, at the desk, and only with a reason."
        )


@transaction.atomic
def approve(*, questionnaire: Questionnaire, include_suggested: bool = False, by: User, at: datetime) -> int:
    """Approve the ready answers, and the suggested ones where the person has read them; return how many were new.

    What the person wrote, and what goes beyond the evidence, is left to be approved at the desk.

    :raises MayNotApprove: if the person does not hold the role in the vendor's organisation
    """
    check_approver(questionnaire.organisation, by)
    bands = ANSWERED if include_suggested else (Band.READY,)
    rows = _responses(questionnaire).filter(band__in=bands, unsupported=False).exclude(written_by=by)
    approved = _approve(rows, by, at)
    _note(questionnaire, approved, by, at, suggested=include_suggested)
    return approved


@transaction.atomic
def approve_ready(*, questionnaire: Questionnaire, seal: str, by: User, at: datetime) -> int:
    """Approve the ready and cited answers that the person saw; when none waits any more, nothing happens.

    ``seal`` is that of ``rfp.queries.answers.Facets`` as it was shown.

    :raises MayNotApprove: if the person does not hold the role in the vendor's organisation
    :raises AnswersChanged: if the ready answers are no longer those
    """
    check_approver(questionnaire.organisation, by)
    waiting = list(ready_to_approve(questionnaire).values_list("question_id", "version", "drafted_at"))
    if not waiting:
        return 0
    if seal_of(waiting) != seal:
        raise AnswersChanged
    versions = {question: version for question, version, _ in waiting}
    return approve_selected(questionnaire=questionnaire, versions=versions, by=by, at=at)


@transaction.atomic
def approve_selected(*, questionnaire: Questionnaire, versions: Mapping[int, int], by: User, at: datetime) -> int:
    """Approve answers that a person picked, by question, each in the version they read; return how many were new.

    :raises MayNotApprove: if the person does not hold the role in the vendor's organisation, or wrote one of them
    :raises OneByOne: if one goes beyond the evidence and is among others, or has no reason
    :raises AnswersChanged: if one of them is gone, blank or in another version by now
    """
    check_approver(questionnaire.organisation, by)
    approved = standing = suggested = 0
    for version in sorted(set(versions.values())):
        questions = [question for question, wanted in versions.items() if wanted == version]
        rows = _responses(questionnaire).filter(question_id__in=questions, version=version, band__in=ANSWERED)
        _check_four_eyes(rows, by, alone=len(versions) == 1)
        standing += rows.filter(status=ResponseStatus.APPROVED).count()
        suggested += rows.filter(status=ResponseStatus.DRAFT, band=Band.SUGGESTED).count()
        approved += _approve(rows, by, at)
    if approved + standing != len(versions):
        raise AnswersChanged
    only = next(iter(versions)) if len(versions) == 1 else None
    _note(questionnaire, approved, by, at, suggested=suggested > 0, question=only)
    return approved


@transaction.atomic
def unapprove(*, question: Question, version: int, by: User, at: datetime) -> bool:
    """Take the approval of an answer back; return whether it had one.

    :raises MayNotApprove: if the person does not hold the role in the vendor's organisation
    :raises AnswersChanged: if the answer is in another version by now
    """
    questionnaire = question.questionnaire
    check_approver(questionnaire.organisation, by)
    rows = Response.objects.filter(question=question, version=version)
    if not rows.exists():
        raise AnswersChanged
    if not withdraw_approvals(rows, questionnaire=questionnaire, by=by, at=at):
        return False
    record_step(questionnaire=questionnaire, question=question, kind=StepKind.UNAPPROVED, version=version, by=by, at=at)
    return True


def approve_again(*, question: Question, version: int, by: User, at: datetime) -> None:
    """Give back the approval that a person took from an answer, without making it a step of its own.

    :raises MayNotApprove: if the person does not hold the role in the vendor's organisation, or wrote the answer
    :raises NothingToUndo: if the answer was changed or approved since
    """
    questionnaire = question.questionnaire
    check_approver(questionnaire.organisation, by)
    rows = Response.objects.filter(question=question, version=version, band__in=ANSWERED)
    _check_four_eyes(rows, by, alone=True)
    if not _approve(rows, by, at):
        raise NothingToUndo("The answer was changed since. Look at it again.")
    _record(questionnaire, 1, by, at, suggested=rows.filter(band=Band.SUGGESTED).exists())


def withdraw_approvals(rows: QuerySet[Response], *, questionnaire: Questionnaire, by: User, at: datetime) -> int:
    """Make approved answers drafts again; return how many there were."""
    approved = rows.filter(status=ResponseStatus.APPROVED)
    withdrawn = approved.update(status=ResponseStatus.DRAFT, approved_by=None, approved_at=None)
    if withdrawn:
        audit.record(
            organisation=questionnaire.organisation,
            event="answers.unapproved",
            target=questionnaire,
            by=by,
            at=at,
            details={"answers": withdrawn},
        )
    return withdrawn


def check_approver(organisation: Organisation, by: User) -> None:
    """:raises MayNotApprove: if the person does not hold the role in the organisation"""
    if not has_role(by, organisation, Role.APPROVER):
        raise MayNotApprove(f"{by} is no approver of {organisation}; ask an administrator for the role.")


def _check_four_eyes(rows: QuerySet[Response], by: User, *, alone: bool) -> None:
    drafts = rows.filter(status=ResponseStatus.DRAFT)
    if drafts.filter(written_by=by).exists():
        raise MayNotApprove("You wrote this answer. Somebody else has to approve it.")
    beyond = drafts.filter(unsupported=True)
    if (beyond if not alone else beyond.filter(override_reason="")).exists():
        raise OneByOne


def _responses(questionnaire: Questionnaire) -> QuerySet[Response]:
    return Response.objects.filter(question__questionnaire=questionnaire)


def _approve(rows: QuerySet[Response], by: User, at: datetime) -> int:
    drafts = rows.filter(status=ResponseStatus.DRAFT)
    return drafts.update(status=ResponseStatus.APPROVED, approved_by=by, approved_at=at)


def _note(
    questionnaire: Questionnaire, approved: int, by: User, at: datetime, *, suggested: bool, question: int | None = None
) -> None:
    if not approved:
        return
    Step.objects.create(questionnaire=questionnaire, question_id=question, kind=StepKind.APPROVED, by=by, at=at)
    _record(questionnaire, approved, by, at, suggested=suggested)


def _record(questionnaire: Questionnaire, approved: int, by: User, at: datetime, *, suggested: bool) -> None:
    audit.record(
        organisation=questionnaire.organisation,
        event="answers.approved",
        target=questionnaire,
        by=by,
        at=at,
        details={"answers": approved, "suggested": suggested},
    )
