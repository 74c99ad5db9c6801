"""Doing a job: claimed, kept alive while it runs, ended in the transaction of its last effect or with a reason."""

from __future__ import annotations

import logging
import signal
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from types import FrameType
from typing import NoReturn

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction

from evidence.storage import FileMissing
from rfp import logs, metrics
from rfp.actions import jobs
from rfp.actions.export import AnswersMoved
from rfp.actions.job import Storing, draft, hand_out, make_files
from rfp.actions.storing import ChangedMeanwhile
from rfp.models import Job, JobKind
from rfp.workbook.errors import WorkbookRefused

log = logging.getLogger(__name__)

Clock = Callable[[], datetime]
TOLD_EVERY = 0.4  # seconds between two reports of progress


class TookTooLong(Exception):
    """The job ran longer than any job may."""


class Run:
    """One attempt at a job: tells the row how far it is, and opens the transactions that hold its fence."""

    def __init__(self, job: Job, clock: Clock) -> None:
        self.job = job
        self._clock = clock
        self._stage, self._stage_at = "", clock()
        self._told_at: datetime | None = None

    @property
    def stage_name(self) -> str:
        return self._stage

    def stage(self, name: str) -> None:
        self._stage, self._stage_at = name, self._clock()
        self._tell(0, 0, self._stage_at)

    def progress(self, done: int, total: int) -> None:
        now = self._clock()
        if done == total or self._told_at is None or (now - self._told_at).total_seconds() >= TOLD_EVERY:
            self._tell(done, total, now)

    def _tell(self, done: int, total: int, now: datetime) -> None:
        self._told_at = now
        jobs.report(job=self.job, stage=self._stage, stage_at=self._stage_at, done=done, total=total, at=now)

    @contextmanager
    def step(self) -> Iterator[None]:
        with transaction.atomic():
            jobs.hold(job=self.job, at=self._clock())
            yield

    @contextmanager
    def end(self) -> Iterator[None]:
        with transaction.atomic():
            jobs.hold(job=self.job, at=self._clock())
            yield
            jobs.finish(job=self.job, at=self._clock())

    @property
    def storing(self) -> Storing:
        return Storing(step=self.step, end=self.end)


def perform(*, job: int, clock: Clock) -> bool:
    """Do a job if it waits; False if there was nothing to do. How it went stands in its row.

    A fault of the job ends the job with a reason, never the worker. Where the database is away, nothing can be
    recorded: the lease lapses and the job is taken up again.
    """
    claimed = jobs.claim(job=job, at=clock())
    if claimed is None:
        log.info("job %s is not waiting: nothing to do", job)
        return False
    with logs.about(job=job, kind=claimed.kind, attempt=claimed.attempt, organisation=claimed.organisation_id):
        began = time.perf_counter()
        outcome = _attempt(Run(claimed, clock), clock)
        seconds = time.perf_counter() - began
        metrics.job_ended(kind=claimed.kind, outcome=outcome, seconds=seconds)
        log.info("job %s: %s", job, outcome, extra={"figures": {"ms": round(1000 * seconds)}})
    return True


def _attempt(run: Run, clock: Clock) -> str:
    """Do a claimed job; return in a word how it ended."""
    claimed = run.job
    try:
        with _kept_alive(claimed, clock), _limited(settings.JOB_LIMIT_SECONDS):
            KINDS[JobKind(claimed.kind)](run)
    except jobs.Fenced:
        log.warning("job %s: attempt %s is no longer its own; it wrote nothing more", claimed.pk, claimed.attempt)
        return "fenced"
    except ChangedMeanwhile:
        jobs.give_back(job=claimed, at=clock())
        return "given_back"
    except (OperationalError, InterfaceError):
        log.exception("job %s: the database is away; the job is taken up again when its lease lapses", claimed.pk)
        return "database_away"
    except (KeyboardInterrupt, SystemExit):
        jobs.give_back(job=claimed, at=clock())
        raise
    except Exception as problem:  # noqa: BLE001  # whatever it is, it ends this job and not the worker
        _fail(run, problem, clock)
        return "failed"
    return "done"


def _fail(run: Run, problem: Exception, clock: Clock) -> None:
    known = isinstance(problem, (WorkbookRefused, FileMissing, AnswersMoved, TookTooLong))
    if known:
        log.info("job %s failed in %r: %s", run.job.pk, run.stage_name, type(problem).__name__)
    else:
        log.error("job %s failed in %r", run.job.pk, run.stage_name, exc_info=problem)
    said = (
        str(problem)
        if known
        else (
            f"Something went wrong in the step “{run.stage_name}” ({type(problem).__name__}). Try again; if it fails "
            f"once more, tell whoever runs this installation that it was job {run.job.pk}."
        )
    )
    try:
        jobs.fail(job=run.job, problem=said, at=clock())
    except jobs.Fenced:
        log.warning("job %s: it failed, but was no longer this attempt's own", run.job.pk)


def _draft_all(run: Run) -> None:
    job = run.job
    drafted = draft(
        job.questionnaire,
        on=_day(job),
        layout_text=str(job.input.get("layout", "")),
        by=job.created_by,
        at=_began(job),
        told=run,
        storing=run.storing,
    )
    hand_out(job.questionnaire, drafted, by=job.created_by, at=_began(job), told=run, storing=run.storing)


def _make_files(run: Run) -> None:
    job = run.job
    make_files(
        job.questionnaire,
        on=_day(job),
        approved_only=bool(job.input.get("final", False)),
        by=job.created_by,
        at=_began(job),
        told=run,
        storing=run.storing,
    )


KINDS: Mapping[JobKind, Callable[[Run], None]] = {
    JobKind.ANSWER: _draft_all,
    JobKind.REDRAFT: _draft_all,
    JobKind.EXPORT: _make_files,
}


def _day(job: Job) -> date:
    """Return the day to judge for: the one asked for, else the day of the asking where the people are."""
    asked = job.input.get("on")
    return date.fromisoformat(asked) if asked else job.created_at.astimezone(job.organisation.zone).date()


def _began(job: Job) -> datetime:
    return job.started_at or job.created_at


@contextmanager
def _kept_alive(job: Job, clock: Clock) -> Iterator[None]:
    """Renew the lease from a thread of its own: some steps compute for long without a word.

    The thread gives up when the job may no longer run: a step that hangs where no signal reaches it loses its lease.
    """
    if connection.in_atomic_block:
        # Its rows are not there for another connection before the commit; nobody else can take such a job either.
        yield
        return
    over = threading.Event()
    beats = threading.Thread(target=_beat, args=(job, clock, over), name=f"lease of job {job.pk}", daemon=True)
    beats.start()
    try:
        yield
    finally:
        over.set()
        beats.join()


def _beat(job: Job, clock: Clock, over: threading.Event) -> None:
    pause = settings.JOB_LEASE_SECONDS / 3
    for _ in range(int(settings.JOB_LIMIT_SECONDS / pause) + 1):
        if over.wait(pause):
            return
        try:
            jobs.hold(job=job, at=clock())
        except jobs.Fenced:
            return  # the job itself finds out at its next word
        except (OperationalError, InterfaceError):
            log.warning("job %s: its lease could not be renewed", job.pk, exc_info=True)
        finally:
            connection.close()


@contextmanager
def _limited(seconds: int) -> Iterator[None]:
    """Stop what runs longer than that; only the main thread of a process can be stopped this way."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, frame: FrameType | None) -> NoReturn:
        raise TookTooLong(
            f"It took longer than {seconds // 60} minutes and was stopped. Try again, or split the file in two."
        )

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
