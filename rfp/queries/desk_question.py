"""One question at the desk, with everything a person needs to decide about its answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch

from accounts.models import Organisation
from rfp.answering.by_hand import Offer, offer
from rfp.answering.promises import Promise, promises
from rfp.models import (
    Assignment,
    Citation,
    Export,
    KeptAnswer,
    MappingStatus,
    Question,
    QuestionMapping,
    Questionnaire,
    Remark,
    Response,
    ResponseStatus,
)
from rfp.models.slots import to_question
from rfp.queries.answers import controls_of
from rfp.queries.desk import SETTLED
from rfp.workbook.model import Prior, address, show

MOST_EARLIER = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierAnswer:
    """What was said to the same question elsewhere. ``conflicts`` where a buyer was sent another value."""

    response: Response
    sent: bool
    conflicts: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskQuestion:
    question: Question
    cell: str
    offer: Offer
    prior: Sequence[str]  # what stood in the buyer's file
    response: Response | None
    mapping: QuestionMapping | None
    proposal: QuestionMapping | None  # what the engine proposed, where a person decided otherwise
    decisive: Sequence[str]
    controls: Sequence[str]
    assignment: Assignment | None
    remarks: Sequence[Remark]
    earlier: Sequence[EarlierAnswer]
    kept: Sequence[KeptAnswer]  # answers that stood before, the latest first
    promises: Sequence[Promise]

    @property
    def approved(self) -> bool:
        return self.response is not None and self.response.status == ResponseStatus.APPROVED

    @property
    def band(self) -> str:
        return self.response.band if self.response else "unanswered"

    @property
    def may_be_approved(self) -> bool:
        return self.response is not None and not self.approved and bool(self.response.shown)


def question_of(organisation: Organisation, pk: int) -> Question | None:
    """Return a question with its questionnaire."""
    rows = Question.objects.filter(questionnaire__organisation=organisation)
    return rows.select_related("questionnaire__organisation", "questionnaire__file").filter(pk=pk).first()


def desk_question(questionnaire: Questionnaire, pk: int) -> DeskQuestion | None:
    """Return a question of the questionnaire with its answer, its proof and what was said of it."""
    cited = Citation.objects.select_related("revision__evidence", "revision__file").defer("revision__facts")
    mappings = QuestionMapping.objects.exclude(status=MappingStatus.REJECTED).prefetch_related("requirements")
    question = (
        Question.objects.filter(questionnaire=questionnaire, pk=pk)
        .select_related(
            "response__approved_by",
            "response__written_by",
            "response__library_answer",
            "response__machine__library_answer",
        )
        .prefetch_related(
            "slots",
            Prefetch("response__citations", queryset=cited.order_by("position")),
            Prefetch("mappings", queryset=mappings.select_related("decided_by").order_by("status")),
            Prefetch("remarks", queryset=Remark.objects.select_related("author").order_by("pk")),
            Prefetch(
                "assignments",
                queryset=Assignment.objects.filter(ended_at=None).select_related("assignee", "assigned_by"),
            ),
        )
        .first()
    )
    return _gathered(questionnaire, question) if question is not None else None


def _gathered(questionnaire: Questionnaire, question: Question) -> DeskQuestion:
    response: Response | None = getattr(question, "response", None)
    found = list(question.mappings.all())  # a confirmed one comes before the proposal
    mapping = found[0] if found else None
    asked = to_question(question)
    return DeskQuestion(
        question=question,
        cell=address(question.row, question.column),
        offer=offer(asked),
        prior=[show(slot.current) for slot in asked.slots if slot.prior is Prior.ANSWER and slot.current is not None],
        response=response,
        mapping=mapping,
        proposal=found[1] if len(found) > 1 else None,
        decisive=[item.ref for item in mapping.requirements.all() if item.decisive] if mapping else [],
        controls=controls_of(mapping) if mapping else (),
        assignment=next(iter(question.assignments.all()), None),
        remarks=list(question.remarks.all()),
        earlier=_earlier(questionnaire, question, response),
        kept=_kept(response),
        promises=promises(response.shown, response.comment) if response else (),
    )


def _earlier(questionnaire: Questionnaire, question: Question, response: Response | None) -> list[EarlierAnswer]:
    """Return the latest answers to the same question, those a buyer was sent first."""
    if not question.key:
        return []
    sent = Export.objects.filter(questionnaire=OuterRef("question__questionnaire"), draft=False)
    rows = (
        Response.objects.filter(
            question__key=question.key, question__questionnaire__organisation_id=questionnaire.organisation_id
        )
        .exclude(question=question)
        .exclude(shown="")
        .select_related("question__questionnaire")
        .annotate(sent=Exists(sent))
        .order_by("-sent", "-drafted_at", "-pk")[:MOST_EARLIER]
    )
    return [_one_earlier(row, response) for row in rows]


def _one_earlier(row: Response, response: Response | None) -> EarlierAnswer:
    sent = bool(row.sent) and row.status == ResponseStatus.APPROVED  # type: ignore[attr-defined]  # annotated above
    settled = response is not None and bool(response.shown) and {row.value, response.value} <= set(SETTLED)
    differs = settled and response is not None and row.value != response.value
    return EarlierAnswer(response=row, sent=sent, conflicts=sent and differs)


def _kept(response: Response | None) -> list[KeptAnswer]:
    if response is None or response.version == 1:
        return []
    kept = KeptAnswer.objects.filter(question_id=response.question_id, version__isnull=False)
    return list(kept.select_related("written_by").order_by("-version")[:MOST_EARLIER])
