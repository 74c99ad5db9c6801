"""Keep an answer given at the desk as a library answer for the next questionnaires."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from accounts.models import User
from evidence.actions import answers
from evidence.actions.answer_rows import AnswerExists, Wording
from evidence.models import AnswerState, LibraryAnswer
from rfp.mapping.types import NO_CATEGORY
from rfp.models import Question, Response
from rfp.queries.by_hand import mapping_of


class NotForTheLibrary(Exception):
    """The answer cannot be kept; the text says why."""


@transaction.atomic
def keep_answer(
    *, question: Question, version: int, product: str, audience: str, on: date, by: User, at: datetime
) -> LibraryAnswer:
    """Add the answer to the library as reviewed on a day, or change what the library says to the question.

    It serves once a second person has approved it there.

    :raises NotForTheLibrary: if it is blank, changed since, goes beyond the evidence, or only proof may answer it
    :raises AnswerChanged: if somebody changed the library's answer at the same moment
    """
    response = Response.objects.select_related("written_by").get(question=question)
    if response.version != version or not response.shown:
        raise NotForTheLibrary("The answer was changed since. Look at it again.")
    mapping = mapping_of(question)
    if response.unsupported or (mapping is not None and mapping.category != NO_CATEGORY):
        raise NotForTheLibrary("What the checklist asks is answered from proof each time, never from the library.")
    cited = response.citations.select_related("revision__evidence").order_by("position").first()
    wording = Wording(
        question=question.text,
        answer=response.shown[:2000],
        comment=response.comment,
        owner=str(response.written_by or by),
        reviewed_on=on,
        product=product,
        audience=audience,
        evidence=cited.revision.evidence if cited else None,
    )
    organisation = question.questionnaire.organisation
    note = f"From {question.questionnaire.title}."
    writer = response.written_by or by
    try:
        return answers.add(organisation=organisation, wording=wording, written_by=writer, note=note, by=by, at=at)
    except AnswerExists as known:
        return answers.change(
            answer=known.existing,
            wording=wording,
            version=known.existing.version,
            written_by=writer,
            note=note,
            by=by,
            at=at,
        )


def is_in_use(answer: LibraryAnswer) -> bool:
    return answer.state == AnswerState.APPROVED
