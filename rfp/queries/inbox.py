"""The questionnaires of a vendor as the inbox lists them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery

from accounts.models import Organisation
from rfp.models import (
    Assessment,
    Band,
    Citation,
    Question,
    Questionnaire,
    QuestionnaireState,
    Release,
    ResponseStatus,
)
from rfp.queries.progress import Progress, progress_by_questionnaire

NOBODY = "none"
SENT = "sent"  # asked for as a state: whatever was recorded as sent
ORDERS: Mapping[str, tuple[str, Sequence[object]]] = {
    "": ("Due first", (F("due_on").asc(nulls_last=True), "-created_at", "-pk")),
    "new": ("Newest first", ("-created_at", "-pk")),
    "buyer": ("Buyer", ("buyer", "-created_at", "-pk")),
    "title": ("Title", ("title", "-pk")),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """Which questionnaires to list, and in which order; an empty field asks for all."""

    text: str = ""
    state: str = ""
    verdict: str = ""
    due: str = ""  # overdue, or none
    cites: str = ""  # reference of evidence
    owner: str = ""  # id of a person, or none
    order: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How far the answers of a questionnaire are."""

    questions: int = 0
    ready: int = 0
    suggested: int = 0
    approved: int = 0

    @property
    def blank(self) -> int:
        """Count what has no answer: left blank with a reason, or not drafted yet."""
        return self.questions - self.ready - self.suggested

    @property
    def to_approve(self) -> int:
        return self.ready + self.suggested - self.approved


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One questionnaire in the inbox."""

    questionnaire: Questionnaire
    state: QuestionnaireState
    systems: tuple[str, ...]
    counts: Counts
    verdict: str  # empty before it is scored
    readiness: int | None
    overdue: bool
    sent_on: date | None  # the latest day on which it was recorded as sent
    progress: Progress | None  # of a job that is at work or failed


def sought(organisation: Organisation, wanted: Sought, *, on: date) -> QuerySet[Questionnaire]:
    """Return the questionnaires that fit, each with its latest verdict."""
    latest = Assessment.objects.filter(questionnaire=OuterRef("pk")).order_by("-made_at", "-pk")
    sent = Release.objects.filter(questionnaire=OuterRef("pk")).order_by("-sent_on", "-pk")
    rows = (
        Questionnaire.objects.of(organisation)
        .select_related("owner")
        .annotate(
            latest_verdict=Subquery(latest.values("verdict")[:1]),
            latest_readiness=Subquery(latest.values("readiness")[:1]),
            last_sent_on=Subquery(sent.values("sent_on")[:1]),
        )
    )
    for word in wanted.text.split():
        rows = rows.filter(Q(title__icontains=word) | Q(buyer__icontains=word) | Q(systems__name__icontains=word))
    if wanted.state == SENT:
        rows = rows.exclude(last_sent_on=None)
    elif wanted.state:
        rows = rows.filter(state=wanted.state, last_sent_on=None)
    if wanted.verdict:
        rows = rows.filter(latest_verdict=wanted.verdict)
    if wanted.due:
        rows = rows.filter(due_on=None) if wanted.due == "none" else rows.filter(due_on__lt=on, last_sent_on=None)
    if wanted.cites:
        cited = Citation.objects.filter(
            response__question__questionnaire=OuterRef("pk"), revision__evidence__reference=wanted.cites
        )
        rows = rows.filter(Exists(cited))
    if wanted.owner:
        rows = rows.filter(owner=None if wanted.owner == NOBODY else int(wanted.owner))
    _, order = ORDERS[wanted.order]
    return rows.distinct().order_by(*order)  # type: ignore[arg-type]  # names and expressions, as Django takes them


def lines(page: Iterable[Questionnaire], *, on: date, at: datetime) -> list[Line]:
    """Return one page of the inbox; ``page`` are rows of ``sought``."""
    rows = list(page)
    progress = progress_by_questionnaire(rows, at=at)
    counts = counts_of([row.pk for row in rows])
    systems = _systems_of(rows)
    return [
        Line(
            questionnaire=row,
            state=QuestionnaireState(row.state),
            systems=systems.get(row.pk, ()),
            counts=counts.get(row.pk, Counts()),
            verdict=getattr(row, "latest_verdict", None) or "",
            readiness=getattr(row, "latest_readiness", None),
            overdue=row.due_on is not None and row.due_on < on and not getattr(row, "last_sent_on", None),
            sent_on=getattr(row, "last_sent_on", None),
            progress=progress.get(row.pk),
        )
        for row in rows
    ]


def counts_of(questionnaires: Sequence[int]) -> dict[int, Counts]:
    """Count the questions of some questionnaires only: an inbox of many would count all of them for each page."""
    rows = (
        Question.objects.filter(questionnaire_id__in=questionnaires)
        .order_by()
        .values("questionnaire_id")
        .annotate(
            questions=Count("pk"),
            ready=Count("pk", filter=Q(response__band=Band.READY)),
            suggested=Count("pk", filter=Q(response__band=Band.SUGGESTED)),
            approved=Count("pk", filter=Q(response__status=ResponseStatus.APPROVED)),
        )
    )
    return {
        row["questionnaire_id"]: Counts(**{name: row[name] for name in ("questions", "ready", "suggested", "approved")})
        for row in rows
    }


def _systems_of(rows: Sequence[Questionnaire]) -> dict[int, tuple[str, ...]]:
    through = Questionnaire.systems.through
    found: dict[int, list[str]] = {}
    pairs = through.objects.filter(questionnaire__in=rows).order_by("aisystem__name")
    for questionnaire_id, name in pairs.values_list("questionnaire_id", "aisystem__name"):
        found.setdefault(questionnaire_id, []).append(name)
    return {pk: tuple(names) for pk, names in found.items()}
