"""What each question asks for: proposals by the engine, decisions by people."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from django.db import transaction

from accounts import audit
from accounts.models import Organisation, User
from evidence.question_key import question_key
from evidence.retrieval.encoder import Encoder
from evidence.vectors import pack
from rfp.actions.storing import Within, check_unchanged
from rfp.mapping.engine import Mapper
from rfp.mapping.types import Asked, Proposal, TaughtDecision
from rfp.models import (
    AnswerSlot,
    Decision,
    MappedRequirement,
    MappingStatus,
    MappingVersion,
    Question,
    QuestionMapping,
    Questionnaire,
    QuestionnaireState,
)
from rfp.queries.mapping_sets.teaching import in_force, name_of, teaching_of
from rfp.workbook.options import meaning
from rfp.workbook.wording import is_placeholder

BATCH = 500
Progress = Callable[[int, int], None]


def _silent(done: int, total: int) -> None:
    return None


def propose(
    *,
    questionnaire: Questionnaire,
    mapper: Mapper,
    by: User | None,
    at: datetime,
    progress: Progress = _silent,
    within: Within = transaction.atomic,
) -> None:
    """Propose a mapping for every question that no person has decided; a second run replaces the proposals.

    :raises ChangedMeanwhile: if the questions were read anew in the meantime
    """
    undecided = questionnaire.questions.exclude(mappings__status=MappingStatus.CONFIRMED)
    questions = list(undecided)
    versions = in_force(questionnaire.organisation)
    teaching = teaching_of(questionnaire.organisation, mapper.vectors)
    proposals = mapper.propose(
        _asked(questions, _offered(questionnaire)), taught=teaching.taught, rules=teaching.rules, progress=progress
    )
    with within():
        check_unchanged(questionnaire)
        # Whoever decided about a question in the meantime is not overruled.
        still = set(undecided.values_list("pk", flat=True))
        proposed = [pair for pair in zip(questions, proposals, strict=True) if pair[0].pk in still]
        _store(questionnaire, proposed, mapper.version, versions, by=by, at=at)


def _store(
    questionnaire: Questionnaire,
    proposed: Sequence[tuple[Question, Proposal]],
    shipped: str,
    versions: Sequence[MappingVersion],
    *,
    by: User | None,
    at: datetime,
) -> None:
    # What was proposed for a question that a person decided stays beside the decision.
    undecided = questionnaire.questions.exclude(mappings__status=MappingStatus.CONFIRMED)
    QuestionMapping.objects.filter(question__in=undecided, status=MappingStatus.PROPOSED).delete()
    rows = QuestionMapping.objects.bulk_create(
        [_mapping_row(question, proposal) for question, proposal in proposed],
        batch_size=BATCH,
    )
    MappedRequirement.objects.bulk_create(
        [
            MappedRequirement(
                mapping=row,
                rank=rank,
                ref=candidate.ref,
                probability=candidate.probability,
                decisive=candidate.ref in proposal.decisive,
                reason=candidate.reason,
            )
            for row, (_, proposal) in zip(rows, proposed, strict=True)
            for rank, candidate in enumerate(proposal.requirements, start=1)
        ],
        batch_size=BATCH,
    )
    questionnaire.mapping_version = name_of(shipped, versions, questionnaire.organisation)
    questionnaire.state = QuestionnaireState.MAPPED
    questionnaire.save(update_fields=["mapping_version", "state"])
    questionnaire.mapped_by.set(versions)
    audit.record(
        organisation=questionnaire.organisation,
        event="questionnaire.mapped",
        target=questionnaire,
        by=by,
        at=at,
        details={"questions": len(proposed), "version": questionnaire.mapping_version},
    )


@transaction.atomic
def teach(
    *, organisation: Organisation, decisions: Sequence[TaughtDecision], encoder: Encoder, by: User | None, at: datetime
) -> int:
    """Store what a person decided about questions; the same decision again changes nothing."""
    vectors = encoder.encode([decision.text for decision in decisions])
    rows = [
        Decision(
            organisation=organisation,
            question_key=question_key(decision.text),
            text=decision.text,
            category=decision.category,
            requirements=list(decision.requirements),
            polarity=decision.polarity or "",
            confirmed=decision.confirmed,
            embedding=pack(vector),
            decided_by=by,
            decided_at=at,
        )
        for decision, vector in zip(decisions, vectors, strict=True)
    ]
    before = Decision.objects.of(organisation).count()
    Decision.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    added = Decision.objects.of(organisation).count() - before
    if added:
        audit.record(
            organisation=organisation,
            event="mapping.taught",
            target=organisation,
            by=by,
            at=at,
            details={"decisions": added},
        )
    return added


def _asked(questions: Sequence[Question], offered: Mapping[int, Sequence[object]]) -> list[Asked]:
    """Return the questions as they are put to the mapper; one that depends on the question before is read after it."""
    asked: list[Asked] = []
    before = ""
    for question in questions:
        heading = question.section
        if question.condition and before:
            heading = before
        else:
            before = question.text
        asked.append(
            Asked(
                text=question.text,
                sheet=question.sheet,
                section=heading,
                guidance=question.guidance,
                number=question.number,
                options=_options(offered.get(question.pk, ())),
            )
        )
    return asked


def _offered(questionnaire: Questionnaire) -> dict[int, list[object]]:
    """Return by question the labels of its first answer cell that has a list."""
    rows = AnswerSlot.objects.filter(question__questionnaire=questionnaire).exclude(options=[])
    found: dict[int, list[object]] = {}
    for question, options in rows.order_by("question", "position").values_list("question_id", "options"):
        found.setdefault(question, [label for _, label in options])
    return found


def _options(offered: Sequence[object]) -> tuple[str, ...]:
    """Return what the form offers, by its meaning where it has one; "Please select" is no option."""
    labels = [str(label) for label in offered]
    said = ((meaning(label) or label).replace("_", " ") for label in labels if not is_placeholder(label))
    return tuple(said)


def _mapping_row(question: Question, proposal: Proposal) -> QuestionMapping:
    return QuestionMapping(
        question=question,
        category=proposal.category,
        confidence=proposal.confidence,
        decisive_confidence=proposal.decisive_confidence,
        polarity=proposal.polarity or "",
        polarity_confidence=proposal.polarity_confidence,
        yes_would_say=proposal.yes_would_say,
        answer_type=proposal.answer_type,
        false_premise=proposal.false_premise,
        asks_edition=proposal.asks_edition,
        parts=[[part.text, list(part.requirements), part.answer_type] for part in proposal.parts],
        controls=[list(control) for control in proposal.controls],
        reasons=list(proposal.reasons),
        above_line=proposal.above_line,
        decided_before=proposal.decided_before,
    )
