"""Celery's side of jobs: a message only rings at the door with the id of a job; its row says what is to be done."""

from __future__ import annotations

import logging

from celery import shared_task
from django.utils import timezone
from kombu.exceptions import OperationalError

from rfp.actions import jobs, reminders, work
from rfp.actions.alive import show_life, this_process

log = logging.getLogger(__name__)


def ring(job: int) -> None:
    """Tell the workers that a job waits. Without a broker nobody hears it now; the sweep rings again."""
    try:
        run_job.delay(job)
    except OperationalError:
        log.warning("job %s: the broker is away; the sweep will ring again", job)


def _run_job(job: int) -> None:
    work.perform(job=job, clock=timezone.now)


def _sweep() -> None:
    now = timezone.now()
    show_life(name=this_process(), at=now)
    for job in jobs.sweep(at=now):
        ring(job)
    reminders.remind_where_due(at=now)


run_job = shared_task(_run_job, name="rfp.run_job")
sweep = shared_task(_sweep, name="rfp.sweep")
