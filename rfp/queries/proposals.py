"""Stored mappings as the proposals that answering reads."""

from __future__ import annotations

from rfp.mapping.types import AnswerType, Candidate, ControlRef, Part, Polarity, Proposal
from rfp.models import MappingStatus, QuestionMapping, Questionnaire


def proposals_of(questionnaire: Questionnaire) -> dict[int, Proposal]:
    """Return by question what it asks for: the confirmed mapping, else the proposed one."""
    rows = (
        QuestionMapping.objects.filter(question__questionnaire=questionnaire)
        .exclude(status=MappingStatus.REJECTED)
        .prefetch_related("requirements")
        .order_by("status")  # confirmed comes before proposed
    )
    found: dict[int, Proposal] = {}
    for row in rows:
        found.setdefault(row.question_id, to_proposal(row))
    return found


def to_proposal(row: QuestionMapping) -> Proposal:
    refs = list(row.requirements.all())
    return Proposal(
        category=row.category,
        confidence=row.confidence,
        requirements=tuple(Candidate(item.ref, item.probability, item.reason) for item in refs),
        decisive=tuple(item.ref for item in refs if item.decisive),
        decisive_confidence=row.decisive_confidence,
        controls=tuple(ControlRef(*control) for control in row.controls),
        polarity=Polarity(row.polarity) if row.polarity else None,
        polarity_confidence=row.polarity_confidence,
        answer_type=AnswerType(row.answer_type),
        parts=tuple(
            Part(text=text, requirements=tuple(names), answer_type=AnswerType(kind)) for text, names, kind in row.parts
        ),
        false_premise=row.false_premise,
        asks_edition=row.asks_edition,
        above_line=row.above_line,
        reasons=tuple(row.reasons),
        yes_would_say=Polarity(row.yes_would_say),
        decided_before=row.decided_before or row.status == MappingStatus.CONFIRMED,
    )
