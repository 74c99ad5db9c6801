"""After evidence fell away: take back what relied on it, and put right what was sent."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from accounts import audit
from accounts.models import User
from evidence.actions.answer_review import reopen as reopen_library_answer
from evidence.models import Evidence
from rfp.actions.review import check_approver
from rfp.models import Release, ReopenedAnswer, Reopening, Response, ResponseStatus, Settlement
from rfp.queries.changes import Change, changes_of
from rfp.queries.correction import correction_of
from rfp.queries.reliance import Reliance, reliance_of
from rfp.reporting.word import correction as letter


class NothingReliedOnIt(Exception):
    """Nothing is left to take back, to correct or to settle; the text says what."""


class SayWhy(Exception):
    """A step that others have to understand later came without a reason."""


class UndoneAlready(Exception):
    """The answers were given back before."""


@transaction.atomic
def reopen(*, evidence: Evidence, reason: str, on: date, by: User, at: datetime) -> Reopening:
    """Take back every approval that relies on a document; once all are taken back there is nothing more to do.

    Library answers wait for a new approval; approved answers of open questionnaires become drafts again. What was sent
    stays as it was sent.

    :raises SayWhy: without a reason
    :raises NothingReliedOnIt: if no approved answer relies on it
    """
    if not reason.strip():
        raise SayWhy("Say why these answers are taken back: their owners have to know.")
    _, relying = _relying(evidence, on)
    reopening = Reopening.objects.create(evidence=evidence, reason=reason.strip(), library_answers=0, by=by, at=at)
    questions = [answer.question for deal in relying.deals for answer in deal.answers if answer.approved]
    taken = list(Response.objects.select_for_update().filter(question__in=questions, status=ResponseStatus.APPROVED))
    ReopenedAnswer.objects.bulk_create(
        ReopenedAnswer(
            reopening=reopening,
            question_id=row.question_id,
            version=row.version,
            approved_by=row.approved_by,
            approved_at=row.approved_at or at,
        )
        for row in taken
    )
    Response.objects.filter(pk__in=[row.pk for row in taken]).update(
        status=ResponseStatus.DRAFT, approved_by=None, approved_at=None
    )
    reopening.library_answers = sum(
        reopen_library_answer(answer=answer, reason=reason.strip(), by=by, at=at) for answer in relying.library
    )
    if not taken and not reopening.library_answers:
        raise NothingReliedOnIt(f"No approved answer relies on {evidence.reference} any more.")
    reopening.save(update_fields=["library_answers"])
    _note(
        evidence,
        "evidence.reopened",
        by,
        at,
        reason=reopening.reason,
        answers=len(taken),
        library_answers=reopening.library_answers,
    )
    return reopening


@transaction.atomic
def undo_reopening(*, reopening: Reopening, by: User, at: datetime) -> int:
    """Give the approvals of questionnaires back where the answer is still the same; return how many that were.

    Library answers stay with their reviewers, who approve or retire each.

    :raises MayNotApprove: if the person is no approver of the vendor
    :raises UndoneAlready: if it was undone before
    """
    evidence = reopening.evidence
    check_approver(evidence.organisation, by)
    if not Reopening.objects.filter(pk=reopening.pk, undone_at=None).update(undone_at=at):
        raise UndoneAlready("These answers were given back already.")
    given = 0
    for row in reopening.answers.all():
        given += Response.objects.filter(
            question=row.question_id, version=row.version, status=ResponseStatus.DRAFT
        ).update(status=ResponseStatus.APPROVED, approved_by=row.approved_by, approved_at=row.approved_at)
    _note(evidence, "evidence.reopening_undone", by, at, answers=given)
    return given


@transaction.atomic
def draft_letter(*, evidence: Evidence, release: Release, on: date, by: User, at: datetime) -> tuple[str, bytes]:
    """Return name and bytes of a draft letter that corrects what a sent version says; the same day, the same bytes.

    :raises NothingReliedOnIt: if nothing happened to the document, or the version does not cite it
    """
    change, relying = _relying(evidence, on)
    sent = next((sent for sent in relying.sent if sent.release == release), None)
    if change is None or sent is None:
        raise NothingReliedOnIt("There is nothing to correct in what was sent.")
    data = correction_of(change, sent, on=on)
    _note(evidence, "correction.drafted", by, at, sent_to=release.sent_to, answers=len(sent.answers))
    return f"{release.title} - correction of {on.isoformat()} (DRAFT).docx", letter.build(data)


@transaction.atomic
def settle(*, evidence: Evidence, release: Release, note: str, on: date, by: User, at: datetime) -> Settlement:
    """Record how a sent version was put right with the buyer; the first record stands.

    :raises SayWhy: without a note
    :raises NothingReliedOnIt: if the version does not cite the document
    """
    if not note.strip():
        raise SayWhy("Say how it was put right: a letter and its day, a new version, or why none is needed.")
    _, relying = _relying(evidence, on)
    if not any(sent.release == release for sent in relying.sent):
        raise NothingReliedOnIt("There is nothing to correct in what was sent.")
    row, created = Settlement.objects.get_or_create(
        evidence=evidence, release=release, defaults={"note": note.strip(), "by": by, "at": at}
    )
    if created:
        _note(evidence, "correction.settled", by, at, sent_to=release.sent_to, note=row.note)
    return row


def _relying(evidence: Evidence, on: date) -> tuple[Change | None, Reliance]:
    changes = {change.evidence: change for change in changes_of(evidence.organisation, on=on, only=evidence.pk)}
    relying = reliance_of(evidence.organisation, {evidence.pk: evidence.reference}, changes)
    return changes.get(evidence.pk), relying[evidence.pk]


def _note(evidence: Evidence, event: str, by: User, at: datetime, **details: object) -> None:
    audit.record(
        organisation=evidence.organisation,
        event=event,
        target=evidence,
        by=by,
        at=at,
        details={"reference": evidence.reference, **details},
    )
