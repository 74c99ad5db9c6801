"""What the page of a tender says at a glance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from rfp.models import Evaluator, Participant, SealedVersion, Tender
from rfp.models.tender.state import WORDS
from rfp.queries.tenders.sealing import before_opening


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """``missing`` is what has to be done before a draft can be opened."""

    state: str
    overdue: bool
    missing: Sequence[str]
    questions: int
    knock_outs: int
    sealed: Sequence[SealedVersion]
    participants: Sequence[Participant]
    evaluators: Sequence[Evaluator]


def overview_of(tender: Tender, *, at: datetime) -> Overview:
    return Overview(
        state=WORDS[tender.state],
        overdue=is_overdue(tender, at=at),
        missing=before_opening(tender, at=at) if tender.is_draft else (),
        questions=tender.questions.count(),
        knock_outs=tender.questions.filter(knock_out=True).count(),
        sealed=list(tender.sealed_versions.defer("payload").select_related("sealed_by")),
        participants=list(tender.participants.all()),
        evaluators=list(tender.evaluators.filter(removed_at=None).select_related("user")),
    )


def is_overdue(tender: Tender, *, at: datetime) -> bool:
    """Return whether the due time is over and nobody closed the tender: what comes now is late, and still comes in."""
    return tender.opened_at is not None and tender.closed_at is None and bool(tender.due_at and tender.due_at < at)
