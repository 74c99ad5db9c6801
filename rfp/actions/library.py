"""Fill the library of approved answers: from a spreadsheet of answers, or from a questionnaire answered before."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from accounts.models import Organisation, User
from evidence.actions.answer_rows import AnswerExists, Wording, check_approver
from evidence.actions.answers import add, change
from evidence.models import Audience, LibraryAnswer
from rfp.actions.library_reading import listed_answers, past_answers
from rfp.actions.library_rows import Imported, plan, store
from rfp.models import Response


class NothingToKeep(Exception):
    """The question has no answer."""


@transaction.atomic
def import_answers(
    *, organisation: Organisation, content: bytes, name: str, on: date, by: User, at: datetime
) -> Imported:
    """Take in a spreadsheet of approved answers, reviewed up to a day; importing it again changes nothing.

    :raises MayNotApproveAnswers: if the person may not approve answers
    :raises WorkbookRefused: if the file cannot be read, or is a draft
    :raises LibraryInvalid: if any row has a problem; then nothing is written, and the text names each
    """
    check_approver(by, organisation)
    rows = listed_answers(organisation, content, name, on=on)
    planned = plan(organisation, rows, overwrite=True, approving=True)
    return store(organisation=organisation, planned=planned, source=name, written_by=None, by=by, at=at)


@transaction.atomic
def import_answered(
    *,
    organisation: Organisation,
    content: bytes,
    name: str,
    owner: str,
    reviewed_on: date,
    on: date,
    by: User,
    at: datetime,
) -> Imported:
    """Take the answers of a questionnaire that was answered before into the library, as reviewed on a day by an owner.

    An answer that is in the library already stays as it is.

    :raises MayNotApproveAnswers: if the person may not approve answers
    :raises WorkbookRefused: if the file cannot be read, or is a draft
    :raises ReviewInFuture: if the review is yet to come
    :raises NoQuestions: if no question in it has an answer
    """
    check_approver(by, organisation)
    rows = past_answers(organisation, content, name, owner=owner, reviewed_on=reviewed_on, on=on)
    planned = plan(organisation, rows, overwrite=False, approving=True)
    return store(organisation=organisation, planned=planned, source=name, written_by=None, by=by, at=at)


@transaction.atomic
def keep_response(
    *,
    response: Response,
    owner: str,
    audience: Audience = Audience.PUBLIC,
    written_by: User | None = None,
    by: User,
    at: datetime,
) -> LibraryAnswer:
    """Keep the answer to a buyer's question in the library, for the AI systems that the questionnaire is about.

    It is approved at once where ``by`` may approve and ``written_by`` is somebody else; else it waits for a second
    person. An answer that the library holds already to this question gets a change.

    :raises NothingToKeep: if the question is blank
    """
    if not response.shown:
        raise NothingToKeep("A blank cannot be kept. Answer the question first.")
    question = response.question
    organisation = question.questionnaire.organisation
    cited = response.citations.select_related("revision__evidence").first()
    wording = Wording(
        question=question.text,
        answer=response.shown[:2000],
        comment=response.comment,
        owner=owner,
        reviewed_on=at.astimezone(organisation.zone).date(),
        product="; ".join(system.name for system in question.questionnaire.systems.all()),
        region=question.questionnaire.region,
        audience=audience,
        evidence=cited.revision.evidence if cited else None,
    )
    note = f"Kept from {question.questionnaire.title}."
    try:
        with transaction.atomic():
            return add(organisation=organisation, wording=wording, written_by=written_by, note=note, by=by, at=at)
    except AnswerExists as found:
        stored = found.existing
        return change(
            answer=stored, wording=wording, version=stored.version, written_by=written_by, note=note, by=by, at=at
        )
