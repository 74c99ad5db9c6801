"""What needs a person today, and how the work goes: the start page, in a fixed number of queries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.authorization import Acting
from accounts.models import Organisation, User
from accounts.notices import unread_of
from evidence.models import AnswerState, AnswerVersion, Draft, Evidence, EvidenceRevision, LibraryAnswer, VersionState
from rfp.models import Assignment, Band, Decision, Job, JobState, Questionnaire, Response, ResponseStatus
from rfp.queries.board import systems_of
from rfp.queries.deals import open_deals, sectors_of
from rfp.queries.standing import Standing, standing_of
from rfp.queries.timeline import Ending, endings_in
from scoring.forecast import ExpiryStatus
from scoring.readiness import COUNTED_IN
from scoring.types import State

SOON = timedelta(days=7)
LAPSING = timedelta(days=90)
MOST_LINES = 8
FALLEN = "evidence.fallen"  # the kind of a notification


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDeal:
    """An open questionnaire with what waits in it: for approval, and for this person."""

    questionnaire: Questionnaire
    to_approve: int
    mine: int
    mine_due_on: date | None
    overdue: bool
    due_soon: bool
    job_failed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Evidence that waits for a person: facts nobody confirmed, and those nobody verified as a second one."""

    unconfirmed: int
    unverified: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What is counted over the whole organisation."""

    drafts: int  # uploaded documents whose facts nobody compared yet
    answers: int  # of the library, that wait for approval
    decisions: int  # that people took about mappings
    fallen: int  # proofs under answers, of whose falling away the person was told and has not read


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryBar:
    id: str
    title: str
    state: str
    readiness: int | None
    met: int
    applicable: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """How the evidence stands today; None of it for a person who may not read evidence."""

    verdict: str
    categories: Sequence[CategoryBar]
    lapsed: Sequence[Ending]
    lapsing: Sequence[Ending]
    waiting: Waiting
    documents: int
    systems: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """What waits for the person, the most urgent first."""

    assigned: Sequence[OpenDeal]
    to_approve: Sequence[OpenDeal]
    due: Sequence[OpenDeal]
    failed: Sequence[OpenDeal]  # whose latest job failed
    deals: Sequence[OpenDeal]

    @property
    def total_to_approve(self) -> int:
        return sum(deal.to_approve for deal in self.to_approve)

    @property
    def total_assigned(self) -> int:
        return sum(deal.mine for deal in self.assigned)


def needs_of(acting: Acting, *, on: date) -> Needs:
    """Return what waits for a person in the open questionnaires of their organisation."""
    deals = [_open_deal(row, on) for row in _open_rows(acting.organisation, acting.user)]
    return Needs(
        assigned=[deal for deal in deals if deal.mine],
        to_approve=[deal for deal in deals if deal.to_approve] if acting.may_approve else [],
        due=[deal for deal in deals if deal.overdue or deal.due_soon],
        failed=[deal for deal in deals if deal.job_failed],
        deals=deals,
    )


def library_of(acting: Acting, deals: Sequence[OpenDeal], *, on: date) -> Library | None:
    """Judge the library for everything the vendor offers, as the gap board does."""
    if not acting.may_read_evidence:
        return None
    organisation = acting.organisation
    systems = systems_of(organisation)
    standing = standing_of(organisation, systems, sectors_of(deal.questionnaire for deal in deals), on=on)
    ending = [row for row in endings_in(organisation, standing) if row.matters and not _is_quiet(row)]
    waiting, documents = _waiting(organisation, acting.user)
    return Library(
        verdict=standing.gate().verdict,
        categories=_categories(standing),
        lapsed=[row for row in ending if row.lapsed],
        lapsing=[row for row in ending if not row.lapsed and _is_pressing(row)],
        waiting=waiting,
        documents=documents,
        systems=len(systems),
    )


def _open_rows(organisation: Organisation, user: User) -> QuerySet[Questionnaire]:
    waiting = (
        Response.objects.filter(
            question__questionnaire=OuterRef("pk"),
            status=ResponseStatus.DRAFT,
            band__in=(Band.READY, Band.SUGGESTED),
        )
        .order_by()
        .values("question__questionnaire")
        .annotate(number=Count("pk"))
    )
    mine = (
        Assignment.objects.filter(question__questionnaire=OuterRef("pk"), assignee=user, ended_at=None)
        .order_by()
        .values("question__questionnaire")
        .annotate(number=Count("pk"), first=Min("due_on"))
    )
    latest_job = Job.objects.filter(questionnaire=OuterRef("pk")).order_by("-created_at", "-pk")
    return (
        open_deals(organisation)
        .annotate(
            latest_job=Subquery(latest_job.values("state")[:1]),
            n_to_approve=Coalesce(Subquery(waiting.values("number")), 0),
            n_mine=Coalesce(Subquery(mine.values("number")), 0),
            mine_due_on=Subquery(mine.values("first")),
        )
        .order_by(F("due_on").asc(nulls_last=True), "-created_at", "-pk")
    )


def _open_deal(row: Questionnaire, on: date) -> OpenDeal:
    return OpenDeal(
        questionnaire=row,
        to_approve=getattr(row, "n_to_approve", 0),
        mine=getattr(row, "n_mine", 0),
        mine_due_on=getattr(row, "mine_due_on", None),
        overdue=row.due_on is not None and row.due_on < on,
        due_soon=row.due_on is not None and on <= row.due_on <= on + SOON,
        job_failed=getattr(row, "latest_job", None) == JobState.FAILED,
    )


def _is_pressing(ending: Ending) -> bool:
    return ending.status is not ExpiryStatus.OK or ending.ends_on <= ending.on + LAPSING


def _is_quiet(ending: Ending) -> bool:
    return ending.quiet_until is not None and ending.quiet_until >= ending.on


def _waiting(organisation: Organisation, user: User) -> tuple[Waiting, int]:
    """Count what waits, each document once and by its latest revision; nobody verifies what they confirmed."""
    latest = EvidenceRevision.objects.filter(evidence=OuterRef("pk")).order_by("-number")
    counted = (
        Evidence.objects.of(organisation)
        .annotate(
            confirmed=Subquery(latest.values("confirmed_at")[:1]),
            confirmer=Subquery(latest.values("confirmed_by")[:1]),
            verified=Subquery(latest.values("verified_at")[:1]),
        )
        .aggregate(
            documents=Count("pk"),
            unconfirmed=Count("pk", filter=Q(withdrawn_at=None, confirmed=None)),
            unverified=Count(
                "pk",
                filter=Q(withdrawn_at=None, confirmed__isnull=False, verified=None)
                & (Q(confirmer=None) | ~Q(confirmer=user.pk)),
            ),
        )
    )
    return Waiting(unconfirmed=counted["unconfirmed"], unverified=counted["unverified"]), counted["documents"]


def tally_of(organisation: Organisation, user: User) -> Tally:
    """Count in one query."""
    fallen = unread_of(organisation, user).filter(kind=FALLEN)
    pending = AnswerVersion.objects.filter(of=OuterRef("pk"), state=VersionState.IN_REVIEW)
    answers = LibraryAnswer.objects.filter(Exists(pending) | Q(state=AnswerState.IN_REVIEW)).exclude(
        state=AnswerState.RETIRED
    )
    row = (
        Organisation.objects.filter(pk=organisation.pk)
        .values_list(_number(Draft.objects.all()), _number(answers), _number(Decision.objects.all()), _number(fallen))
        .get()
    )
    drafts, waiting, decisions, told = row
    return Tally(drafts=drafts, answers=waiting, decisions=decisions, fallen=told)


def _number(rows: QuerySet[Any]) -> Coalesce:
    """Count the rows of the organisation that is asked about."""
    own = rows.filter(organisation=OuterRef("pk")).order_by().values("organisation")
    return Coalesce(Subquery(own.annotate(number=Count("pk")).values("number")), 0)


def _categories(standing: Standing) -> list[CategoryBar]:
    gate = standing.gate()
    readiness = standing.readiness(gate).by_category
    states: dict[str, Counter[State]] = {category.id: Counter() for category in standing.catalogue.categories}
    for name, result in standing.results.items():
        category = COUNTED_IN.get(name, standing.catalogue.requirements[name].category)
        if category in states:
            states[category][result.state] += 1
    return [
        CategoryBar(
            id=category.id,
            title=category.title,
            state=gate.categories[category.id],
            readiness=None if (share := readiness[category.id]) is None else int(share + 1e-9),
            met=sum(number for state, number in states[category.id].items() if state.is_met),
            applicable=sum(
                number for state, number in states[category.id].items() if state is not State.NOT_APPLICABLE
            ),
        )
        for category in standing.catalogue.categories
    ]
