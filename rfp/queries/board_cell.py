"""One cell of the gap board: why it stands as it does, what would close it, by when, and who asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from accounts.models import Organisation
from evidence.models import Evidence
from rfp.models import MappedRequirement, MappingStatus, Questionnaire
from rfp.queries.board import Board
from rfp.queries.report import problems
from rfp.reporting import words
from rfp.reporting.closing import closing
from rfp.reporting.data import Problem
from rfp.workbook.model import address
from scoring.catalogue import Requirement
from scoring.forecast import Expiry, forecast
from scoring.results import RequirementResult, SystemResult
from scoring.types import State

MOST_QUESTIONS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Considered:
    """A document that was judged for it; ``title`` is that of the revision that was judged."""

    pk: int
    reference: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """A question of an open questionnaire that asks for it."""

    questionnaire: Questionnaire
    question: int
    place: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """The questionnaire that is due first among those that ask for it, and when work had to start for it."""

    questionnaire: Questionnaire
    expiry: Expiry


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """``ready_by`` says what starting on the day leads to; ``renewal`` is there for what is met and runs out."""

    ref: str
    title: str
    statement: str
    system: str
    state: State
    problems: Sequence[Problem]
    warnings: Sequence[Problem]
    closes: str
    takes: str
    ready_by: str
    renewal: Expiry | None
    deadline: Deadline | None
    evidence: Sequence[Considered]
    questions: Sequence[Asking]
    more_questions: int
    accepted_by: str


def why(organisation: Organisation, board: Board, *, ref: str, system: int) -> Why | None:
    """Return what stands behind a cell; None for a requirement or an AI system that the board does not have."""
    standing = board.standing
    requirement, result = standing.catalogue.requirements.get(ref), standing.results.get(ref)
    names = {row.pk: row.name for row in board.systems}
    if requirement is None or result is None or (system and system not in names):
        return None
    name = names.get(system, "")
    view = result.for_system.get(name) or _whole(result)
    asking = _asking(board.deals, ref)
    gap = view.is_open
    lead = requirement.lead_time
    return Why(
        ref=ref,
        title=requirement.title,
        statement=requirement.statement,
        system=name,
        state=view.state,
        problems=problems(view.problems, standing.catalogue) if gap else (),
        warnings=problems(view.warnings, standing.catalogue),
        closes=closing(requirement, view.problems, systems=[name] if name else list(names.values())) if gap else "",
        takes=words.weeks(lead.least, lead.typical, lead.most),
        ready_by=words.start_now(board.on, lead.typical) if gap and lead.most else "",
        renewal=forecast(requirement, view.expires_on, on=board.on) if view.state.is_met and view.expires_on else None,
        deadline=_deadline(requirement, asking, on=board.on) if gap else None,
        evidence=_considered(organisation, view.evidence, board),
        questions=asking[:MOST_QUESTIONS],
        more_questions=max(0, len(asking) - MOST_QUESTIONS),
        accepted_by=standing.gate().accepted.get(ref, "") if gap else "",
    )


def _whole(result: RequirementResult) -> SystemResult:
    return SystemResult(
        state=result.state,
        problems=result.problems,
        warnings=result.warnings,
        evidence=result.evidence,
        expires_on=result.expires_on,
    )


def _considered(organisation: Organisation, references: Sequence[str], board: Board) -> list[Considered]:
    ids = dict(Evidence.objects.of(organisation).filter(reference__in=references).values_list("reference", "pk"))
    proofs = board.standing.proofs
    return [
        Considered(pk=ids[name], reference=name, title=proofs[name].fact.title)
        for name in references
        if name in ids and name in proofs
    ]


def _asking(deals: Sequence[Questionnaire], ref: str) -> list[Asking]:
    """Return the questions that ask for a requirement, those of what is due first on top."""
    by_pk = {deal.pk: (place, deal) for place, deal in enumerate(deals)}
    rows = (
        MappedRequirement.objects.filter(decisive=True, ref=ref, mapping__question__questionnaire__in=deals)
        .exclude(mapping__status=MappingStatus.REJECTED)
        .select_related("mapping__question")
        .order_by("mapping__question__position")
    )
    questions = {row.mapping.question_id: row.mapping.question for row in rows}
    ordered = sorted(questions.values(), key=lambda question: by_pk[question.questionnaire_id][0])
    return [
        Asking(
            questionnaire=by_pk[question.questionnaire_id][1],
            question=question.pk,
            place=f"{question.sheet}!{address(question.row, question.column)}",
            text=question.text,
        )
        for question in ordered
    ]


def _deadline(requirement: Requirement, asking: Sequence[Asking], *, on: date) -> Deadline | None:
    """Return the first day that a buyer waits for it; what is overdue is past planning."""
    due = [asked.questionnaire for asked in asking if asked.questionnaire.due_on and asked.questionnaire.due_on >= on]
    if not due:
        return None
    first = min(due, key=lambda deal: (deal.due_on or on, deal.pk))
    assert first.due_on is not None
    return Deadline(questionnaire=first, expiry=forecast(requirement, first.due_on, on=on))
