"""One question at the desk, with everything a person needs to decide about its answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Exists, FilteredRelation, OuterRef, Prefetch, Q

from accounts.models import Organisation
from evidence.models import AISystem, Passage
from rfp.answering.by_hand import Offer as Fields
from rfp.answering.by_hand import offer
from rfp.answering.promises import Promise, promises
from rfp.answering.rounds import Difference, Statement, difference
from rfp.mapping.types import NO_CATEGORY
from rfp.models import (
    Assignment,
    Citation,
    KeptAnswer,
    MappingStatus,
    Offer,
    Question,
    QuestionMapping,
    Questionnaire,
    ReleasedAnswer,
    Remark,
    Response,
    ResponseStatus,
)
from rfp.models.slots import to_question
from rfp.queries.answers import controls_of
from rfp.queries.desk import was_anything_sent
from rfp.queries.releases import Earlier, earlier, latest_releases
from rfp.workbook.model import Prior, address, show
from scoring.answers import Value

MOST_EARLIER = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class SentAnswer:
    """What a buyer was sent to the same question. ``conflicts`` where the answer is another one by now."""

    earlier: Earlier
    conflicts: bool


class Begun(NamedTuple):
    """An answer given elsewhere, from which a person may begin."""

    answer: str
    comment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskQuestion:
    question: Question
    cell: str
    fields: Fields  # what the cells take
    prior: Sequence[str]  # what stood in the buyer's file
    response: Response | None
    mapping: QuestionMapping | None
    proposal: QuestionMapping | None  # what the engine proposed, where a person decided otherwise
    decisive: Sequence[str]
    controls: Sequence[str]
    assignment: Assignment | None
    remarks: Sequence[Remark]
    sent: Sequence[SentAnswer]
    elsewhere: Sequence[Response]  # answers to the same question that nobody was sent yet
    offers: Sequence[Offer]
    kept: Sequence[KeptAnswer]  # answers that stood before, the latest first
    promises: Sequence[Promise]

    @property
    def as_of(self) -> date | None:
        """Return the day of the latest verdict, for which the answers are."""
        latest = self.question.questionnaire.assessments.order_by("-made_at", "-pk").first()
        return latest.as_of if latest else None

    @property
    def may_be_kept(self) -> bool:
        """Say whether the library may have the answer: it serves questions outside the checklist only."""
        outside = self.mapping is None or self.mapping.category == NO_CATEGORY
        return self.response is not None and bool(self.response.shown) and outside and not self.response.unsupported

    def begun_with(self, named: str) -> Begun | None:
        """Return the answer beside the question that an address names, as near, sent or other and its number."""
        kind, _, number = named.partition("-")
        near = ((o.pk, o.library_answer.answer, o.library_answer.comment) for o in self.offers)
        sent = ((one.earlier.answer_id, one.earlier.written, one.earlier.comment) for one in self.sent)
        other = ((row.pk, row.shown, row.comment) for row in self.elsewhere)
        rows = {"near": near, "sent": sent, "other": other}.get(kind, ())
        return next((Begun(answer, comment) for pk, answer, comment in rows if str(pk) == number), None)

    @property
    def approved(self) -> bool:
        return self.response is not None and self.response.status == ResponseStatus.APPROVED

    @property
    def band(self) -> str:
        return self.response.band if self.response else "unanswered"

    @property
    def may_be_approved(self) -> bool:
        return self.response is not None and not self.approved and bool(self.response.shown)


def same_open(question: Question) -> int:
    """Return how many other questions of the organisation ask the same and are not approved yet."""
    rows = Question.objects.filter(
        questionnaire__organisation=question.questionnaire.organisation_id, key=question.key
    ).exclude(pk=question.pk)
    return rows.exclude(response__status=ResponseStatus.APPROVED).count()


def system_names(organisation: Organisation) -> list[str]:
    rows = AISystem.objects.of(organisation).filter(retired_on=None)
    return list(rows.order_by("name").values_list("name", flat=True))


def question_of(organisation: Organisation, pk: int) -> Question | None:
    """Return a question with its questionnaire."""
    rows = Question.objects.filter(questionnaire__organisation=organisation)
    return rows.select_related("questionnaire__organisation", "questionnaire__file").filter(pk=pk).first()


def desk_question(questionnaire: Questionnaire, pk: int) -> DeskQuestion | None:
    """Return a question of the questionnaire with its answer, its proof and what was said of it."""
    read = Passage.objects.filter(revision=OuterRef("revision"), page=OuterRef("page"))
    cited = Citation.objects.select_related("revision__evidence", "revision__file").defer("revision__facts")
    cited = cited.annotate(was_read=Exists(read))  # a page without text has no quote to mark, and may be no page
    mappings = QuestionMapping.objects.exclude(status=MappingStatus.REJECTED).prefetch_related("requirements")
    question = (
        Question.objects.filter(questionnaire=questionnaire, pk=pk)  # type: ignore[misc]  # the filtered relation is not known to the types
        .annotate(
            asked=FilteredRelation("assignments", condition=Q(assignments__ended_at=None)),
            discussed=Exists(Remark.objects.filter(question=OuterRef("pk"))),
        )
        .select_related(
            "asked__assignee",
            "asked__assigned_by",
            "response__approved_by",
            "response__written_by",
            "response__library_answer",
            "response__machine__library_answer",
        )
        .prefetch_related(
            "slots",
            Prefetch("response__citations", queryset=cited.order_by("position")),
            Prefetch("mappings", queryset=mappings.select_related("decided_by").order_by("status")),
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
        fields=offer(asked),
        prior=[show(slot.current) for slot in asked.slots if slot.prior is Prior.ANSWER and slot.current is not None],
        response=response,
        mapping=mapping,
        proposal=found[1] if len(found) > 1 else None,
        decisive=[item.ref for item in mapping.requirements.all() if item.decisive] if mapping else [],
        controls=controls_of(mapping) if mapping else (),
        assignment=getattr(question, "asked", None),
        remarks=_remarks(question) if getattr(question, "discussed", False) else [],
        sent=_sent(questionnaire, question, response),
        elsewhere=_elsewhere(questionnaire, question),
        offers=_offers(response),
        kept=_kept(response),
        promises=promises(response.shown, response.comment) if response else (),
    )


def _sent(questionnaire: Questionnaire, question: Question, response: Response | None) -> list[SentAnswer]:
    """Return what buyers were sent to the same question, the latest first."""
    if not was_anything_sent(questionnaire):
        return []
    latest = latest_releases(questionnaire)
    rows = ReleasedAnswer.objects.filter(release__in=latest, question_key=question.key).exclude(written="")
    now = Statement(
        value=response.value if response else Value.NEEDS_INFORMATION,
        written=response.shown if response else "",
        comment=response.comment if response else "",
    )
    found = [
        SentAnswer(
            earlier=earlier(row, latest[row.release_id], reworded=False),
            conflicts=difference(now, Statement(value=row.value, written=row.written)) is Difference.VALUE,
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: one.earlier.sent_on, reverse=True)[:MOST_EARLIER]


def _remarks(question: Question) -> list[Remark]:
    return list(Remark.objects.filter(question=question).select_related("author").order_by("pk"))


def _offers(response: Response | None) -> list[Offer]:
    if response is None or response.shown:
        return []
    return list(Offer.objects.filter(response=response).select_related("library_answer").order_by("position"))


def _elsewhere(questionnaire: Questionnaire, question: Question) -> list[Response]:
    """Return what stands to the same question in other questionnaires that were not sent."""
    if not question.key:
        return []
    rows = Response.objects.filter(
        question__key=question.key, question__questionnaire__organisation_id=questionnaire.organisation_id
    ).exclude(question=question)
    unsent = rows.exclude(shown="").filter(question__questionnaire__releases=None)
    return list(unsent.select_related("question__questionnaire").order_by("-drafted_at", "-pk")[:MOST_EARLIER])


def _kept(response: Response | None) -> list[KeptAnswer]:
    if response is None or response.version == 1:
        return []
    kept = KeptAnswer.objects.filter(question_id=response.question_id, version__isnull=False)
    return list(kept.select_related("written_by").order_by("-version")[:MOST_EARLIER])
