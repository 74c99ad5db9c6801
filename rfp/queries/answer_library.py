"""The answer library as its pages list it: what is in use, what waits, what is due for review, where it was used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.models import AuditEvent, Organisation
from evidence import shelf
from evidence.catalogs import mandate
from evidence.models import (
    UNDECIDED,
    AISystem,
    AnswerState,
    AnswerVersion,
    Evidence,
    LibraryAnswer,
    VersionState,
)
from rfp.answering.scope import parts
from rfp.models import Question, Response
from scoring.dates import add_months

SOON = timedelta(days=30)
EVERY_SYSTEM = "all"  # stands for answers that name no system
WAITING = "waiting"  # new, or changed, and nobody has approved it
ORDERS: Mapping[str, tuple[str, Sequence[object]]] = {
    "": ("Question", ("question", "pk")),
    "due": ("Review due first", (F("reviewed_on").asc(nulls_first=True), "question", "pk")),
    "used": ("Most used first", ("-uses", "question", "pk")),
    "new": ("Newest first", ("-pk",)),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """Which answers to list, and in which order; an empty field asks for all that are not retired."""

    text: str = ""
    state: str = ""  # a state, or waiting
    owner: str = ""
    product: str = ""
    audience: str = ""
    needs: str = ""  # due, overdue, lapsed (its evidence), evidence (none linked) or use (never used)
    order: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One answer of the library."""

    answer: LibraryAnswer
    uses: int
    waits: bool  # a change of it, or all of it, waits for approval
    due_on: date | None
    on: date
    proof: shelf.Item | None = None

    @property
    def overdue(self) -> bool:
        return self.due_on is None or self.due_on < self.on

    @property
    def due_soon(self) -> bool:
        return self.due_on is not None and self.on <= self.due_on <= self.on + SOON

    @property
    def systems(self) -> Sequence[str]:
        return parts(self.answer.product)


def sought(organisation: Organisation, wanted: Sought, *, on: date) -> QuerySet[LibraryAnswer]:
    """Return the answers that fit, each with how often it was used and whether a change waits."""
    rows = counted(LibraryAnswer.objects.of(organisation))
    if wanted.state == WAITING:
        rows = rows.filter(Q(waits=True) | Q(state=AnswerState.IN_REVIEW)).exclude(state=AnswerState.RETIRED)
    elif wanted.state:
        rows = rows.filter(state=wanted.state)
    else:
        rows = rows.exclude(state=AnswerState.RETIRED)
    if wanted.owner:
        rows = rows.filter(owner=wanted.owner)
    if wanted.product == EVERY_SYSTEM:
        rows = rows.filter(product="")
    elif wanted.product:
        rows = rows.filter(product__icontains=wanted.product)
    if wanted.audience:
        rows = rows.filter(audience=wanted.audience)
    rows = _needing(organisation, rows, wanted.needs, on)
    for word in wanted.text.split():
        rows = rows.filter(
            Q(question__icontains=word)
            | Q(answer__icontains=word)
            | Q(comment__icontains=word)
            | Q(evidence__reference__icontains=word)
        )
    _, order = ORDERS[wanted.order]
    return rows.select_related("evidence").order_by(*order)  # type: ignore[arg-type]  # names and expressions, as Django takes them


def in_use(rows: QuerySet[LibraryAnswer]) -> QuerySet[LibraryAnswer]:
    """Return those that a buyer may be given: approved by a second person."""
    return rows.filter(state=AnswerState.APPROVED)


def counted(rows: QuerySet[LibraryAnswer]) -> QuerySet[LibraryAnswer]:
    used = Response.objects.filter(library_answer=OuterRef("pk")).order_by().values("library_answer")
    waiting = AnswerVersion.objects.filter(of=OuterRef("pk"), state=VersionState.IN_REVIEW)
    return rows.annotate(
        uses=Coalesce(Subquery(used.annotate(count=Count("pk")).values("count"), output_field=IntegerField()), 0),
        waits=Exists(waiting),
    )


def _needing(
    organisation: Organisation, rows: QuerySet[LibraryAnswer], needs: str, on: date
) -> QuerySet[LibraryAnswer]:
    if needs == "use":
        return rows.filter(~Exists(Response.objects.filter(library_answer=OuterRef("pk"))))
    if needs == "lapsed":
        return rows.filter(evidence__in=gone(shelf.items(organisation, on=on)))
    kinds = {"overdue": overdue_on(on), "due": due_by(on), "evidence": Q(evidence=None)}
    return rows.filter(kinds[needs]) if needs else rows


def gone(items: Iterable[shelf.Item]) -> list[int]:
    """Return the documents that have lapsed or were withdrawn: what rests on them is to be looked at again."""
    return [item.pk for item in items if item.lapsed or item.verdict == shelf.WITHDRAWN]


def overdue_on(on: date) -> Q:
    return Q(reviewed_on=None) | Q(reviewed_on__lt=add_months(on, -mandate.load().parameters.review_months))


def due_by(on: date) -> Q:
    return overdue_on(on) | Q(reviewed_on__lte=add_months(on + SOON, -mandate.load().parameters.review_months))


def lines(organisation: Organisation, page: Iterable[LibraryAnswer], *, on: date) -> list[Line]:
    """Return one page of the library; ``page`` are rows of ``sought``."""
    rows = list(page)
    needed = any(row.evidence_id for row in rows)
    return lines_on(rows, shelf.items(organisation, on=on) if needed else (), on=on)


def lines_on(rows: Iterable[LibraryAnswer], items: Iterable[shelf.Item], *, on: date) -> list[Line]:
    """Return the lines of answers, with what the documents they rest on are worth."""
    proofs = {item.pk: item for item in items}
    return [line_of(row, on=on, proof=proofs.get(row.evidence_id or 0)) for row in rows]


def line_of(row: LibraryAnswer, *, on: date, proof: shelf.Item | None = None) -> Line:
    return Line(
        answer=row,
        uses=getattr(row, "uses", 0),
        waits=bool(getattr(row, "waits", False)),
        due_on=due_on(row),
        on=on,
        proof=proof,
    )


def due_on(row: LibraryAnswer) -> date | None:
    """Return the last day on which an answer counts as reviewed; nothing for one that never was."""
    return add_months(row.reviewed_on, mandate.load().parameters.review_months) if row.reviewed_on else None


def owners_of(organisation: Organisation) -> list[str]:
    rows = LibraryAnswer.objects.of(organisation).exclude(owner="").order_by("owner")
    return list(rows.values_list("owner", flat=True).distinct())


def systems_of(organisation: Organisation) -> list[str]:
    return list(AISystem.objects.of(organisation).filter(retired_on=None).values_list("name", flat=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many answers there are of each kind that somebody may have to look at."""

    approved: int
    waiting: int
    drafts: int
    retired: int
    due: int
    without_evidence: int
    unused: int


def counts_of(organisation: Organisation, *, on: date) -> Counts:
    """Count in one query."""
    used = Response.objects.filter(library_answer=OuterRef("pk"))
    waiting = AnswerVersion.objects.filter(of=OuterRef("pk"), state=VersionState.IN_REVIEW)
    approved = Q(state=AnswerState.APPROVED)
    rows = LibraryAnswer.objects.of(organisation).annotate(used=Exists(used), waits=Exists(waiting))
    kinds = {
        "approved": approved,
        "waiting": (Q(waits=True) | Q(state=AnswerState.IN_REVIEW)) & ~Q(state=AnswerState.RETIRED),
        "drafts": Q(state=AnswerState.DRAFT),
        "retired": Q(state=AnswerState.RETIRED),
        "due": approved & due_by(on),
        "without_evidence": approved & Q(evidence=None),
        "unused": approved & Q(used=False),
    }
    return Counts(**rows.aggregate(**{name: Count("pk", filter=kind) for name, kind in kinds.items()}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Everything the page of one answer shows."""

    line: Line
    pending: AnswerVersion | None
    versions: Sequence[AnswerVersion]
    events: Sequence[AuditEvent]
    used_in: Sequence[Question]


MOST_USES = 50
MOST_EVENTS = 50


def answer_of(organisation: Organisation, pk: int) -> LibraryAnswer | None:
    return (
        counted(LibraryAnswer.objects.of(organisation))
        .filter(pk=pk)
        .select_related("organisation", "evidence", "written_by", "approved_by", "merged_into")
        .first()
    )


def sheet_of(organisation: Organisation, answer: LibraryAnswer, *, on: date) -> Sheet:
    people = ("written_by", "decided_by", "evidence")
    versions = list(answer.versions.select_related(*people).order_by("-number"))
    used_in = Question.objects.filter(response__library_answer=answer).select_related("questionnaire", "response")
    events = AuditEvent.objects.filter(
        organisation_id=organisation.pk, target_kind=LibraryAnswer._meta.label_lower, target_id=str(answer.pk)
    )
    return Sheet(
        line=lines(organisation, [answer], on=on)[0],
        pending=next((version for version in versions if version.state in UNDECIDED), None),
        versions=versions,
        events=list(events.order_by("-sequence")[:MOST_EVENTS]),
        used_in=list(used_in.order_by("-questionnaire__created_at", "position")[:MOST_USES]),
    )


def evidence_of(organisation: Organisation) -> QuerySet[Evidence]:
    """Return the documents that an answer may rest on."""
    return Evidence.objects.of(organisation).filter(withdrawn_at=None).order_by("reference")
