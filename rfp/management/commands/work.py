"""The runner process of an installation without a broker: it does the jobs one after the other."""

from __future__ import annotations

import logging
import math
import os
import signal
import time
from argparse import ArgumentParser
from typing import NoReturn

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, close_old_connections
from django.utils import timezone

from rfp.actions import jobs, reminders, work
from rfp.actions.alive import show_life, this_process

log = logging.getLogger(__name__)
LOOKS_EVERY = 0.5  # seconds
SAYS_EVERY = 15  # seconds between two signs of life
REMINDS_EVERY = 600  # seconds between looks at whose day has begun


class Command(BaseCommand):
    help = "Do the jobs that people ask for on the pages; `manage.py serve` starts this by itself."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="Do what waits, then stop.")
        parser.add_argument("--beside", type=int, metavar="PID", help="Stop when this parent process is gone.")

    def handle(self, *args: object, once: bool, beside: int | None, **options: object) -> None:
        if settings.REDIS_URL:
            raise CommandError("REDIS_URL is set: jobs are done by `celery -A rfp worker`, not by this process.")
        signal.signal(signal.SIGTERM, _stop)
        reminded = time.monotonic()
        said = -math.inf
        try:
            while beside is None or os.getppid() == beside:
                if time.monotonic() - said >= SAYS_EVERY:
                    said = time.monotonic()
                    _say()
                if _do_next():
                    continue
                if once:
                    return
                if time.monotonic() - reminded >= REMINDS_EVERY:
                    reminded = time.monotonic()
                    _remind()
                time.sleep(LOOKS_EVERY)
        except KeyboardInterrupt:
            return


def _do_next() -> bool:
    """Do the next job, if one waits. A database that is away is asked again later."""
    close_old_connections()
    try:
        jobs.sweep(at=timezone.now())
        waiting = jobs.next_waiting()
        return waiting is not None and work.perform(job=waiting, clock=timezone.now)
    except OperationalError:
        log.exception("the database is away; looking again")
        return False


def _say() -> None:
    try:
        show_life(name=this_process(), at=timezone.now())
    except OperationalError:
        log.exception("the database is away; a sign of life is given later")


def _remind() -> None:
    try:
        reminders.remind_where_due(at=timezone.now())
    except OperationalError:
        log.exception("the database is away; reminders are looked at again")


def _stop(number: int, frame: object) -> NoReturn:
    """End at once: a job at work is given back and waits for the next runner."""
    raise SystemExit(0)
