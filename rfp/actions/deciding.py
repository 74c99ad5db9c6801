"""Decide what one question asks for; it is answered anew from that, and the decision may be kept for the next ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from accounts import audit
from accounts.models import User
from rfp.actions.answering import draft_again
from rfp.actions.mapping import teach
from rfp.mapping.engine import Mapper
from rfp.mapping.examples import CATEGORIES
from rfp.mapping.types import NO_CATEGORY, AnswerType, Polarity, TaughtDecision
from rfp.models import MappedRequirement, MappingStatus, Question, QuestionMapping
from rfp.queries.by_hand import mapping_of
from rfp.queries.standing import standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What a person says a question asks for: requirements of the checklist, the main one first, or none of them."""

    requirements: tuple[str, ...]
    polarity: Polarity | None


class NoSuchRequirement(Exception):
    """A requirement is not in the checklist."""


class MappingMoved(Exception):
    """Somebody decided about this question in the meantime; nothing was changed."""

    def __init__(self) -> None:
        super().__init__("Somebody decided what this question asks for in the meantime. Look at it again.")


@transaction.atomic
def decide(
    *, question: Question, decided: Decided, seen: int | None, mapper: Mapper, on: date, by: User, at: datetime
) -> QuestionMapping:
    """Let a person's decision stand for what a question asks for, and draft its answer anew as of a day.

    ``seen`` is the mapping that the person saw. The same decision again changes nothing.

    :raises NoSuchRequirement: if one of the requirements is unknown
    :raises MappingMoved: if another mapping stands by now
    """
    category = _category(decided, mapper)
    question = Question.objects.select_for_update().select_related("questionnaire__organisation").get(pk=question.pk)
    before = mapping_of(question)
    if before is not None and _says(before) == (category, decided) and before.status == MappingStatus.CONFIRMED:
        return before
    if (before.pk if before else None) != seen:
        raise MappingMoved
    made = _store(question, before, category, decided, by=by, at=at)
    draft_again(question=question, standing=standing(question.questionnaire, on=on), mapper=mapper, at=at)
    audit.record(
        organisation=question.questionnaire.organisation,
        event="mapping.decided",
        target=question,
        by=by,
        at=at,
        details={"category": category, "requirements": list(decided.requirements)},
    )
    return made


@transaction.atomic
def withdraw_decision(*, question: Question, mapper: Mapper, on: date, by: User, at: datetime) -> bool:
    """Let the engine's proposal stand again, and draft the answer anew; return whether there was a decision."""
    proposed = QuestionMapping.objects.filter(question=question, status=MappingStatus.PROPOSED)
    confirmed = QuestionMapping.objects.filter(question=question, status=MappingStatus.CONFIRMED)
    if not proposed.exists() or not confirmed.exists():
        return False
    confirmed.delete()
    draft_again(question=question, standing=standing(question.questionnaire, on=on), mapper=mapper, at=at)
    organisation = question.questionnaire.organisation
    audit.record(organisation=organisation, event="mapping.withdrawn", target=question, by=by, at=at)
    return True


def keep_decision(*, question: Question, mapper: Mapper, by: User, at: datetime) -> bool:
    """Teach what a person decided about a question for the next ones like it; return whether that was new."""
    mapping = QuestionMapping.objects.filter(question=question, status=MappingStatus.CONFIRMED).first()
    if mapping is None:
        return False
    decision = TaughtDecision(
        text=question.text,
        category=mapping.category,
        requirements=tuple(mapping.requirements.filter(decisive=True).values_list("ref", flat=True)),
        polarity=Polarity(mapping.polarity) if mapping.polarity else None,
    )
    organisation = question.questionnaire.organisation
    encoder = mapper.trained.space.encoder
    return bool(teach(organisation=organisation, decisions=[decision], encoder=encoder, by=by, at=at))


def _category(decided: Decided, mapper: Mapper) -> str:
    """Return the category of the main requirement."""
    catalogue = mapper.trained.model.catalogue
    unknown = [ref for ref in decided.requirements if ref not in catalogue.refs]
    if unknown:
        raise NoSuchRequirement(f"The checklist has no requirement {unknown[0]}.")
    if not decided.requirements:
        return NO_CATEGORY
    return CATEGORIES[catalogue.category[catalogue.refs.index(decided.requirements[0])]]


def _says(mapping: QuestionMapping) -> tuple[str, Decided]:
    refs = tuple(mapping.requirements.filter(decisive=True).values_list("ref", flat=True))
    polarity = Polarity(mapping.polarity) if mapping.polarity else None
    return mapping.category, Decided(requirements=refs, polarity=polarity)


def _store(
    question: Question, before: QuestionMapping | None, category: str, decided: Decided, *, by: User, at: datetime
) -> QuestionMapping:
    """Store the decision; what the engine proposed stays beside it."""
    QuestionMapping.objects.filter(question=question, status=MappingStatus.CONFIRMED).delete()
    made = QuestionMapping.objects.create(
        question=question,
        status=MappingStatus.CONFIRMED,
        category=category,
        confidence=1.0,
        decisive_confidence=1.0,
        polarity=decided.polarity or "",
        polarity_confidence=1.0,
        yes_would_say=decided.polarity or Polarity.DIRECT,
        answer_type=before.answer_type if before else AnswerType.YES_NO,
        controls=before.controls if before else [],
        reasons=[f"Decided by {by}."],
        above_line=True,
        decided_by=by,
        decided_at=at,
    )
    _requirements(made, decided.requirements)
    return made


def _requirements(mapping: QuestionMapping, refs: Sequence[str]) -> None:
    MappedRequirement.objects.bulk_create(
        MappedRequirement(mapping=mapping, rank=rank, ref=ref, probability=1.0, decisive=True, reason="A person.")
        for rank, ref in enumerate(refs, start=1)
    )
