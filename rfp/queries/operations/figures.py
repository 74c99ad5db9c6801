"""Figures of the whole installation for its metrics. Nothing here names an organisation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import product

from django.db.models import Count

from rfp.models import Job, JobKind, JobState
from rfp.queries.operations.jobs import standing_of
from rfp.queries.operations.workers import workers_alive


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    jobs: Sequence[tuple[str, str, int]]  # kind, state, how many
    lag_seconds: float
    workers: int


def figures(*, at: datetime) -> Figures:
    """Return how many jobs there are of each kind and state, the lag of the queue, and how many processes do jobs."""
    rows = Job.objects.order_by().values_list("kind", "state").annotate(number=Count("pk"))
    counted = {(kind, state): number for kind, state, number in rows}
    return Figures(
        jobs=[(kind, state, counted.get((kind, state), 0)) for kind, state in product(JobKind.values, JobState.values)],
        lag_seconds=standing_of(None, at=at).lag.total_seconds(),
        workers=workers_alive(at=at),
    )
