"""The life of a job: asked for, taken up, kept alive, ended. Only these functions change a Job row."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.utils.module_loading import import_string

from accounts import audit
from accounts.models import Organisation, User
from rfp.models import LIVE, Job, JobKind, JobState, Questionnaire

MOST_LAPSES = 3
POISONED = (
    f"It was started {MOST_LAPSES} times, and each time whatever worked on it stopped without a word. "
    "Its input is kept. Try again; if it ends like this once more, tell whoever runs this installation."
)


def lease() -> timedelta:
    """Return how long a job is let alone that says nothing."""
    return timedelta(seconds=settings.JOB_LEASE_SECONDS)


class Fenced(Exception):
    """The attempt is no longer the job's own: another worker has it, or a person cancelled it. Write nothing."""


def enqueue(
    *,
    organisation: Organisation,
    kind: JobKind,
    questionnaire: Questionnaire,
    input: Mapping[str, object] | None = None,
    key: str,
    by: User | None,
    at: datetime,
) -> Job:
    """Ask for a job; asking again with the same key returns the job of the first time, whatever its state.

    It starts after the caller's transaction has committed.
    """
    with transaction.atomic():
        job, created = Job.objects.get_or_create(
            organisation=organisation,
            key=key,
            defaults={
                "kind": kind,
                "questionnaire": questionnaire,
                "input": dict(input or {}),
                "created_by": by,
                "created_at": at,
            },
        )
        if created:
            _note(job, "job.queued", by, at)
            ring(job.pk)
    return job


def claim(*, job: int, at: datetime) -> Job | None:
    """Take up a waiting job; None if it is not waiting, or another job is at work on its questionnaire."""
    try:
        with transaction.atomic():
            taken = Job.objects.filter(pk=job, state=JobState.QUEUED).update(
                state=JobState.RUNNING,
                attempt=F("attempt") + 1,
                lease_until=at + lease(),
                started_at=at,
                stage="",
                stage_at=at,
                done=0,
                total=0,
                problem="",
            )
            if not taken:
                return None
            return Job.objects.select_related("organisation", "questionnaire__organisation", "created_by").get(pk=job)
    except IntegrityError:
        # The database lets one job at a time run on a questionnaire; this one waits for its turn.
        return None


def next_waiting() -> int | None:
    """Return the job that waits longest and could start, or None."""
    busy = Job.objects.filter(state=JobState.RUNNING).values("questionnaire")
    waiting = Job.objects.filter(state=JobState.QUEUED).exclude(questionnaire__in=busy)
    return waiting.order_by("created_at", "pk").values_list("pk", flat=True).first()


def hold(*, job: Job, at: datetime) -> None:
    """Renew the lease. In a transaction this is the fence: what follows commits only if the attempt is still ours.

    :raises Fenced: if it is not
    """
    if not _ours(job).update(lease_until=at + lease()):
        raise Fenced


def report(*, job: Job, stage: str, stage_at: datetime, done: int, total: int, at: datetime) -> None:
    """Store how far a job is and renew its lease.

    :raises Fenced: if the attempt is no longer the job's own
    """
    if not _ours(job).update(stage=stage, stage_at=stage_at, done=done, total=total, lease_until=at + lease()):
        raise Fenced


@transaction.atomic
def finish(*, job: Job, at: datetime) -> None:
    """End a job well; call it in the transaction of its last effect.

    :raises Fenced: if the attempt is no longer the job's own
    """
    _end(job, JobState.DONE, at)


@transaction.atomic
def fail(*, job: Job, problem: str, at: datetime) -> None:
    """End a job with the reason, in a sentence that says what to do.

    :raises Fenced: if the attempt is no longer the job's own
    """
    _end(job, JobState.FAILED, at, problem=problem)
    _note(job, "job.failed", None, at, problem=problem)


@transaction.atomic
def give_back(*, job: Job, at: datetime) -> None:
    """Let a job wait again because its worker was told to stop; it does not count against the job."""
    if _ours(job).update(state=JobState.QUEUED, lease_until=None, queued_at=at):
        ring(job.pk)


@transaction.atomic
def retry(*, job: Job, by: User | None, at: datetime) -> bool:
    """Let a failed or cancelled job wait again with the same input; False if it is neither any more."""
    ended = Job.objects.filter(pk=job.pk, state__in=(JobState.FAILED, JobState.CANCELLED))
    anew = {"lapses": 0, "problem": "", "stage": "", "done": 0, "total": 0, "finished_at": None}
    if not ended.update(state=JobState.QUEUED, queued_at=at, **anew):
        return False
    _note(job, "job.retried", by, at)
    ring(job.pk)
    return True


@transaction.atomic
def cancel(*, job: Job, by: User | None, at: datetime) -> bool:
    """Stop a job: what it has not stored by now it will not store. False if it has ended already."""
    live = Job.objects.filter(pk=job.pk, state__in=LIVE)
    if not live.update(state=JobState.CANCELLED, lease_until=None, finished_at=at):
        return False
    _note(job, "job.cancelled", by, at)
    _ring_next(job)
    return True


def sweep(*, at: datetime) -> list[int]:
    """Take up what was left lying and return the jobs that wait.

    A running job whose lease lapsed waits again; one that has lapsed too often ends as failed.
    """
    lapsed = Job.objects.filter(state=JobState.RUNNING, lease_until__lt=at)
    for job in lapsed.select_related("organisation", "questionnaire"):
        _take_up(job, at)
    return list(
        Job.objects.filter(state=JobState.QUEUED).order_by("created_at", "pk").values_list("pk", flat=True)[:100]
    )


@transaction.atomic
def _take_up(job: Job, at: datetime) -> None:
    # The lease is part of the condition: a worker that renews it at this moment keeps the job.
    lapsed = _ours(job).filter(lease_until__lt=at)
    if job.lapses + 1 < MOST_LAPSES:
        lapsed.update(state=JobState.QUEUED, lease_until=None, queued_at=at, lapses=F("lapses") + 1)
        return
    changes = {"state": JobState.FAILED, "lease_until": None, "problem": POISONED, "finished_at": at}
    if lapsed.update(lapses=F("lapses") + 1, **changes):
        _note(job, "job.failed", None, at, problem=POISONED)
        _ring_next(job)


def ring(job: int) -> None:
    """Tell the workers after the commit that a job waits. A lost call loses nothing: the sweep calls again."""
    transaction.on_commit(partial(import_string(settings.JOB_DOORBELL), job))


def _ours(job: Job) -> QuerySet[Job]:
    return Job.objects.filter(pk=job.pk, attempt=job.attempt, state=JobState.RUNNING)


def _end(job: Job, state: JobState, at: datetime, *, problem: str = "") -> None:
    if not _ours(job).update(state=state, lease_until=None, problem=problem, finished_at=at):
        raise Fenced
    _ring_next(job)


def _ring_next(job: Job) -> None:
    """Whatever waited for this questionnaire can start now."""
    waiting = Job.objects.filter(state=JobState.QUEUED, questionnaire_id=job.questionnaire_id)
    following = waiting.order_by("created_at", "pk").values_list("pk", flat=True).first()
    if following is not None:
        ring(following)


def _note(job: Job, event: str, by: User | None, at: datetime, *, problem: str = "") -> None:
    details = {"job": job.kind, **({"problem": problem} if problem else {})}
    audit.record(organisation=job.organisation, event=event, target=job.questionnaire, by=by, at=at, details=details)
