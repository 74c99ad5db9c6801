"""What a person's answer is held against: the machine's, the mapping, and the answers that share its cells."""

from __future__ import annotations

from collections.abc import Sequence

from rfp.answering.by_hand import Shown
from rfp.answering.content import BlankCode, Content
from rfp.answering.types import Band
from rfp.mapping.types import NO_CATEGORY, Polarity
from rfp.models import AnswerSlot, MappingStatus, Question, QuestionMapping, Response, Statement
from scoring.answers import Value


def content_said(said: Statement) -> Content:
    """Return a stored answer as it is put into the cells."""
    return Content(
        value=Value(said.value),
        words=said.text,
        comment=said.comment,
        documents=said.documents,
        on=said.answered_on,
        choice=said.option or "",
    )


def shown_by_machine(question: Question, response: Response) -> Shown:
    """Return what the evidence shows: the machine's answer, also where a person's stands in its place."""
    said: Statement = response.machine if response.written_at and response.machine else response
    mapping = mapping_of(question)
    polarity = (mapping.polarity or mapping.yes_would_say) if mapping else ""
    return Shown(
        band=Band(said.band),
        value=Value(said.value),
        option=said.option or "",
        on=said.answered_on,
        code=BlankCode(said.code),
        category=mapping.category if mapping else NO_CATEGORY,
        polarity=Polarity(polarity) if polarity else None,
    )


def mapping_of(question: Question) -> QuestionMapping | None:
    """Return what a person decided the question asks for, else the proposal."""
    rows = QuestionMapping.objects.filter(question=question).exclude(status=MappingStatus.REJECTED)
    return rows.order_by("status").first()  # confirmed comes before proposed


def sharing_cells(question: Question) -> Sequence[Response]:
    """Return the answers of other questions that stand in a cell of this one."""
    places = {(slot.sheet, slot.row, slot.column) for slot in question.slots.all()}
    rows = [row for _, row, _ in places]
    slots = AnswerSlot.objects.filter(question__questionnaire_id=question.questionnaire_id, row__in=rows)
    near = slots.exclude(question=question).values_list("question_id", "sheet", "row", "column")
    sharing = {found for found, *place in near if tuple(place) in places}
    responses = Response.objects.filter(question__in=sharing).exclude(shown="")
    return list(responses.select_related("question").prefetch_related("question__slots").order_by("question__position"))


def value_asked_before(question: Question) -> Value | None:
    """Return the answer to the latest question before this one that stands by itself."""
    before = Response.objects.filter(
        question__questionnaire_id=question.questionnaire_id, question__position__lt=question.position
    )
    said = before.filter(question__condition="").order_by("-question__position").values_list("value", flat=True).first()
    return Value(said) if said else None
