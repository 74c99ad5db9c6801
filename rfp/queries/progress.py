"""How far a job is, for people: its stages with their counts, the time left, and why it failed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from accounts.models import Organisation
from rfp.models import LIVE, Job, JobKind, JobState, Questionnaire
from rfp.models.job import STAGES

FEW_SECONDS = 5
SLOW_START = 20  # seconds after which a job that waits should have been taken up


@dataclass(frozen=True, slots=True, kw_only=True)
class StageLine:
    """One stage. ``state`` is done, running, stopped or waiting; ``total`` is nothing where a stage does not count."""

    name: str
    state: str
    done: int = 0
    total: int = 0

    @property
    def share(self) -> int:
        return min(100 * self.done // self.total, 100) if self.total else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    job: Job
    stages: Sequence[StageLine]
    time_left: str  # in words; nothing where it cannot be known
    waits_for: str  # why it has not begun

    @property
    def live(self) -> bool:
        return self.job.state in LIVE

    @property
    def failed(self) -> bool:
        return self.job.state == JobState.FAILED

    @property
    def may_be_retried(self) -> bool:
        return self.job.state in (JobState.FAILED, JobState.CANCELLED)

    @property
    def now(self) -> StageLine | None:
        return next((line for line in self.stages if line.state == "running"), None)

    @property
    def position(self) -> int:
        """Return the number of the stage at work, from one."""
        return next((number for number, line in enumerate(self.stages, start=1) if line.state == "running"), 0)


def latest_job(questionnaire: Questionnaire) -> Job | None:
    return questionnaire.jobs.select_related("organisation", "questionnaire").first()


def at_work(questionnaire: Questionnaire, *, at: datetime) -> Progress | None:
    """Return how far the latest job is while it is under way, or why it failed; None when nothing is to be told."""
    job = latest_job(questionnaire)
    progress = progress_of(job, at=at) if job else None
    return progress if progress and (progress.live or progress.failed) else None


def job_of(organisation: Organisation, pk: int) -> Job | None:
    return Job.objects.of(organisation).select_related("organisation", "questionnaire").filter(pk=pk).first()


def progress_of(job: Job, *, at: datetime) -> Progress:
    return Progress(job=job, stages=_stages(job), time_left=_time_left(job, at), waits_for=_waits_for(job, at))


def progress_by_questionnaire(questionnaires: Iterable[Questionnaire], *, at: datetime) -> dict[int, Progress]:
    """Return the latest job of each questionnaire, where it is at work or has failed."""
    latest: dict[int, Job] = {}
    for job in Job.objects.filter(questionnaire__in=list(questionnaires)).order_by("created_at", "pk"):
        latest[job.questionnaire_id] = job
    shown = (*LIVE, JobState.FAILED)
    return {pk: progress_of(job, at=at) for pk, job in latest.items() if job.state in shown}


def _stages(job: Job) -> list[StageLine]:
    names = [str(step) for step in STAGES[JobKind(job.kind)]]
    if job.state == JobState.DONE:
        return [StageLine(name=name, state="done") for name in names]
    at = names.index(job.stage) if job.stage in names else -1
    here = "running" if job.state == JobState.RUNNING else "stopped"
    return [
        StageLine(name=name, state=here, done=job.done, total=job.total)
        if number == at and job.state != JobState.QUEUED
        else StageLine(name=name, state="done" if number < at else "waiting")
        for number, name in enumerate(names)
    ]


def _time_left(job: Job, at: datetime) -> str:
    """Return the rest of the stage at the pace so far."""
    if job.state != JobState.RUNNING or not job.done or not job.total or job.stage_at is None:
        return ""
    pace = (at - job.stage_at).total_seconds() / job.done
    seconds = pace * (job.total - job.done)
    if seconds < FEW_SECONDS:
        return "a few seconds left in this step"
    if seconds < 90:
        return f"about {round(seconds / 5) * 5} seconds left in this step"
    return f"about {round(seconds / 60)} minutes left in this step"


def _waits_for(job: Job, at: datetime) -> str:
    if job.state != JobState.QUEUED:
        return ""
    if Job.objects.filter(questionnaire_id=job.questionnaire_id, state=JobState.RUNNING).exists():
        return "It waits for the job that is at work on this questionnaire."
    if (at - job.created_at).total_seconds() < SLOW_START:
        return "It starts in a moment."
    ahead = Job.objects.filter(organisation_id=job.organisation_id, state__in=LIVE, created_at__lt=job.created_at)
    if number := ahead.count():
        return f"{number} of your organisation's jobs {'is' if number == 1 else 'are'} before it."
    return "Nothing has taken it up yet. It is not lost: tell whoever runs this installation that jobs wait."
