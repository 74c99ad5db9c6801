"""Jobs as those see them who look after them: what waits and how long, what failed and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, QuerySet
from django.db.models.functions import Coalesce

from accounts.models import Organisation
from evidence.models.owned import OwnedQuerySet
from rfp.models import Job, JobState
from rfp.queries.operations.workers import somebody_works
from rfp.queries.progress import SLOW_START

LATELY = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class JobLine:
    """One job with what it waited and took; None where that is not known yet."""

    job: Job
    waited: timedelta | None
    took: timedelta | None

    @property
    def mark(self) -> str:
        """Return the state as the chips of the pages know it."""
        return {JobState.DONE: "stage_done", JobState.RUNNING: "stage_running", JobState.FAILED: "stage_stopped"}.get(
            JobState(self.job.state), self.job.state
        )

    @property
    def may_be_retried(self) -> bool:
        return self.job.state in (JobState.FAILED, JobState.CANCELLED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How jobs stand: how many in each state, and how long the one at the head of the queue has waited."""

    counts: Mapping[str, int]
    failed_lately: int
    lag: timedelta
    silent: bool  # jobs wait, and nothing takes them up

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def jobs_in(organisation: Organisation | None, *, state: str = "") -> QuerySet[Job]:
    """Return the jobs of an organisation, or of all, newest first."""
    rows = _of(organisation).select_related("questionnaire", "organisation", "created_by")
    return rows.filter(state=state) if state else rows


def lines(jobs: Iterable[Job], *, at: datetime) -> list[JobLine]:
    return [JobLine(job=job, waited=_waited(job, at), took=_took(job, at)) for job in jobs]


def standing_of(organisation: Organisation | None, *, at: datetime) -> Standing:
    """Return how the jobs of an organisation stand, or those of all."""
    rows = _of(organisation)
    counts = dict.fromkeys(JobState.values, 0)
    counts.update(rows.order_by().values_list("state").annotate(Count("pk")))
    oldest = rows.filter(state=JobState.QUEUED).aggregate(since=Min(Coalesce("queued_at", "created_at")))["since"]
    lag = at - oldest if oldest is not None else timedelta()
    return Standing(
        counts=counts,
        failed_lately=rows.filter(state=JobState.FAILED, finished_at__gt=at - LATELY).count(),
        lag=max(lag, timedelta()),
        silent=lag.total_seconds() > SLOW_START and not somebody_works(at=at),
    )


def _of(organisation: Organisation | None) -> OwnedQuerySet[Job]:
    return Job.objects.all() if organisation is None else Job.objects.of(organisation)


def _waited(job: Job, at: datetime) -> timedelta | None:
    if job.state == JobState.QUEUED:
        return max(at - job.waits_since, timedelta())
    return max(job.started_at - job.waits_since, timedelta()) if job.started_at else None


def _took(job: Job, at: datetime) -> timedelta | None:
    if job.started_at is None or job.state == JobState.QUEUED:
        return None
    return (job.finished_at or at) - job.started_at
