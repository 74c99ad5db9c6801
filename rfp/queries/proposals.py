"""Stored mappings as the proposals that answering reads."""

from __future__ import annotations

from collections.abc import Sequence

from rfp.mapping.types import AnswerType, Candidate, ControlRef, Part, Polarity, Proposal
from rfp.models import MappedRequirement, MappingStatus, Question, QuestionMapping, Questionnaire


def proposals_of(questionnaire: Questionnaire, *, only: Question | None = None) -> dict[int, Proposal]:
    """Return by question, or for one alone, what it asks for: the confirmed mapping, else the proposed one."""
    rows = QuestionMapping.objects.filter(question__questionnaire=questionnaire).exclude(status=MappingStatus.REJECTED)
    ranked = MappedRequirement.objects.filter(mapping__question__questionnaire=questionnaire)
    if only is not None:
        rows, ranked = rows.filter(question=only), ranked.filter(mapping__question=only)
    # Plain values: for thousands of questions, making models of what is only read took most of the time.
    candidates: dict[int, list[tuple[Candidate, bool]]] = {}
    for mapping, ref, probability, reason, decisive in (
        ranked.exclude(mapping__status=MappingStatus.REJECTED)
        .order_by("mapping_id", "rank")
        .values_list("mapping_id", "ref", "probability", "reason", "decisive")
    ):
        candidates.setdefault(mapping, []).append((Candidate(ref, probability, reason), decisive))
    found: dict[int, Proposal] = {}
    for row in rows.order_by("status"):  # confirmed comes before proposed
        found.setdefault(row.question_id, _proposal(row, candidates.get(row.pk, ())))
    return found


def _proposal(row: QuestionMapping, candidates: Sequence[tuple[Candidate, bool]]) -> Proposal:
    return Proposal(
        category=row.category,
        confidence=row.confidence,
        requirements=tuple(candidate for candidate, _ in candidates),
        decisive=tuple(candidate.ref for candidate, decisive in candidates if decisive),
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
