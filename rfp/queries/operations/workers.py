"""Whether anything takes up jobs."""

from __future__ import annotations

from datetime import datetime, timedelta

from rfp.models import Job, JobState, SignOfLife

SILENT_AFTER = timedelta(seconds=60)


def workers_alive(*, at: datetime) -> int:
    """Return how many processes that do jobs were heard of in the last minute."""
    return SignOfLife.objects.filter(seen_at__gt=at - SILENT_AFTER).count()


def somebody_works(*, at: datetime) -> bool:
    """Return whether a process was heard of lately, or holds the lease of a job: at work it says nothing else."""
    return bool(workers_alive(at=at)) or _held(at=at)


def _held(*, at: datetime) -> bool:
    return Job.objects.filter(state=JobState.RUNNING, lease_until__gt=at).exists()
