"""The list of the review desk: what can be asked for, how much there is of each, and where one stands in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Count, Exists, Max, Min, Q, QuerySet, Sum

from accounts.models import Organisation, User
from rfp.answering.content import BlankCode
from rfp.models import (
    Assignment,
    Band,
    Citation,
    Finding,
    MappedRequirement,
    MappingStatus,
    Question,
    Questionnaire,
    Release,
    ResponseStatus,
    Step,
    StepKind,
)
from rfp.queries.answers import says, seal_from
from rfp.queries.releases import conflicts_with_sent

PAGE = 50
# Blanks that nobody has to do anything about.
AT_REST = (BlankCode.SKIPPED, BlankCode.NOT_ASKED, BlankCode.LEFT_BLANK)
# What can be asked for, in the order it is offered, with its words.
SHOWS: Mapping[str, str] = {
    "open": "Open",
    "ready": "Ready",
    "unsure": "Unsure",
    "blank": "Blank",
    "approved": "Approved",
    "mine": "Mine",
    "unassigned": "Unassigned",
    "expiring": "Expiring before the due date",
    "conflict": "Conflicts with an answer sent",
    "promise": "Promises",
    "written": "Written by people",
    "unsupported": "Not supported by proof",
    "skipped": "Skipped by you",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskSought:
    """Which questions to list; an empty field asks for all."""

    show: str = ""
    sheet: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskCounts:
    total: int
    shows: Counter[str]
    sheets: Sequence[tuple[str, int]]  # in the buyer's order
    ready_to_approve: int  # above the line, and cited
    seal: str  # stands for them as they are shown

    @property
    def offered(self) -> list[tuple[str, str, int]]:
        return [(name, label, self.shows[name]) for name, label in SHOWS.items()]


@dataclass(frozen=True, kw_only=True)
class Desk:
    """What the conditions of one person's desk rest on, gathered where they are asked for."""

    questionnaire: Questionnaire
    user: User

    @cached_property
    def conflicts(self) -> frozenset[int]:
        return frozenset(conflicts_with_sent(self.questionnaire) if was_anything_sent(self.questionnaire) else ())

    def condition(self, show: str) -> Q:
        """Return what holds for the questions of a kind."""
        return _CONDITIONS[show](self)


def questionnaire_at_desk(organisation: Organisation, pk: int) -> Questionnaire | None:
    """Return a questionnaire, with whether anything was ever sent to anybody, which spares most desks some queries."""
    sent = Exists(Release.objects.filter(organisation=organisation))
    rows = Questionnaire.objects.of(organisation).select_related("organisation", "file")
    return rows.annotate(any_sent=sent).filter(pk=pk).first()


def was_anything_sent(questionnaire: Questionnaire) -> bool:
    known: bool | None = getattr(questionnaire, "any_sent", None)
    if known is None:
        return Release.objects.filter(organisation=questionnaire.organisation_id).exists()
    return known


def counts_of(desk: Desk) -> DeskCounts:
    """Count the questions of every kind, in one query."""
    kinds = {f"n_{name}": Count("pk", filter=desk.condition(name)) for name in SHOWS}
    groups = Question.objects.filter(questionnaire=desk.questionnaire).order_by().values("sheet")
    cited = Citation.objects.filter(response__question__questionnaire=desk.questionnaire)
    named = Q(response__library_answer__isnull=False) | Q(pk__in=cited.values("response__question"))
    ready = _draft(Band.READY) & named
    sealed = {
        "waiting": Count("pk", filter=ready),
        "versions": Sum("response__version", filter=ready),
        "drafted_at": Max("response__drafted_at", filter=ready),
    }
    rows: list[Any] = list(groups.annotate(total=Count("pk"), first=Min("position"), **sealed, **kinds))
    waiting = sum(row["waiting"] for row in rows)
    latest = max((row["drafted_at"] for row in rows if row["drafted_at"]), default=None)
    return DeskCounts(
        ready_to_approve=waiting,
        seal=seal_from(waiting, sum(row["versions"] or 0 for row in rows), latest),
        total=sum(row["total"] for row in rows),
        shows=Counter({name: sum(row[f"n_{name}"] for row in rows) for name in SHOWS}),
        sheets=[(row["sheet"], row["total"]) for row in sorted(rows, key=lambda row: row["first"])],
    )


def sought(desk: Desk, wanted: DeskSought) -> QuerySet[Question]:
    """Return the questions that fit, in the buyer's order."""
    rows = Question.objects.filter(questionnaire=desk.questionnaire).order_by("position")
    if wanted.show:
        rows = rows.filter(desk.condition(wanted.show))
    if wanted.sheet:
        rows = rows.filter(sheet=wanted.sheet)
    for word in wanted.text.split():
        rows = rows.filter(says(word))
    return rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a question stands among those that fit. ``number`` is zero for one that does not fit (any more)."""

    ids: Sequence[int]
    number: int
    before: int | None
    after: int | None

    @property
    def total(self) -> int:
        return len(self.ids)


def place_of(rows: QuerySet[Question], question: Question | None) -> Place:
    """Return where a question stands, with its neighbours in the list."""
    found = list(rows.values_list("pk", "position"))
    ids = [pk for pk, _ in found]
    if question is None:
        return Place(ids=ids, number=0, before=None, after=None)
    earlier = sum(1 for _, position in found if position < question.position)
    here = earlier < len(found) and found[earlier][0] == question.pk
    after = earlier + 1 if here else earlier
    return Place(
        ids=ids,
        number=earlier + 1 if here else 0,
        before=ids[earlier - 1] if earlier else None,
        after=ids[after] if after < len(ids) else None,
    )


def listed(ids: Sequence[int]) -> list[Question]:
    """Return the questions of a page of the list with what their lines show."""
    rows = Question.objects.filter(pk__in=ids).select_related("response").order_by("position")
    return list(
        rows.only(
            "questionnaire_id",
            "position",
            "sheet",
            "row",
            "column",
            "text",
            "number",
            "response__band",
            "response__approved_at",
            "response__unsupported",
        )
    )


def next_open(desk: Desk, wanted: DeskSought, *, after: Question) -> Question | None:
    """Return the question to go on with: the next open one that fits, from the beginning again at the end."""
    rows = sought(desk, wanted).filter(desk.condition("open")).exclude(desk.condition("skipped")).exclude(pk=after.pk)
    return rows.filter(position__gt=after.position).first() or rows.first()


def _open(desk: Desk) -> Q:
    rests = Q(response__band=Band.BLANK, response__code__in=AT_REST)
    return (Q(response=None) | Q(response__status=ResponseStatus.DRAFT)) & ~rests


def _draft(band: Band) -> Q:
    return Q(response__band=band, response__status=ResponseStatus.DRAFT)


# The sets are named by subqueries that stand by themselves: a database makes each once, not once a question.


def _assigned(desk: Desk) -> QuerySet[Assignment]:
    return Assignment.objects.filter(question__questionnaire=desk.questionnaire, ended_at=None)


def _expiring(desk: Desk) -> Q:
    due = desk.questionnaire.due_on
    if due is None:
        return Q(pk__in=[])
    cited = Citation.objects.filter(response__question__questionnaire=desk.questionnaire)
    rests = MappedRequirement.objects.filter(
        mapping__question__questionnaire=desk.questionnaire,
        mapping__status__in=(MappingStatus.CONFIRMED, MappingStatus.PROPOSED),
        ref__in=_lapsing(desk.questionnaire),
        decisive=True,
    )
    ending = cited.filter(revision__valid_until__lt=due)
    answered = Q(response__band__in=(Band.READY, Band.SUGGESTED))
    return answered & (
        Q(pk__in=ending.values("response__question"))
        | (Q(pk__in=rests.values("mapping__question")) & Q(pk__in=cited.values("response__question")))
    )


def _lapsing(questionnaire: Questionnaire) -> QuerySet[Finding, str]:
    """Return the requirements whose proof runs out before the answers are due, as the latest verdict knows it."""
    latest = questionnaire.assessments.order_by("-made_at", "-pk").values("pk")[:1]
    rows = Finding.objects.filter(assessment__in=latest, expires_on__lt=questionnaire.due_on)
    return rows.order_by().values_list("requirement", flat=True)


def _skipped(desk: Desk) -> Q:
    steps = Step.objects.filter(
        questionnaire=desk.questionnaire, by=desk.user, kind=StepKind.SKIPPED, undone_at=None, question__isnull=False
    )
    return _open(desk) & Q(pk__in=steps.values("question"))


_CONDITIONS = {
    "open": _open,
    "ready": lambda desk: _draft(Band.READY),
    "unsure": lambda desk: _draft(Band.SUGGESTED),
    "blank": lambda desk: Q(response__band=Band.BLANK),
    "approved": lambda desk: Q(response__status=ResponseStatus.APPROVED),
    "mine": lambda desk: Q(pk__in=_assigned(desk).filter(assignee=desk.user).values("question")),
    "unassigned": lambda desk: _open(desk) & ~Q(pk__in=_assigned(desk).values("question")),
    "expiring": _expiring,
    "conflict": lambda desk: Q(pk__in=desk.conflicts),
    "promise": lambda desk: Q(response__promise__gt=""),
    "written": lambda desk: Q(response__written_at__isnull=False),
    "unsupported": lambda desk: Q(response__unsupported=True),
    "skipped": _skipped,
}
