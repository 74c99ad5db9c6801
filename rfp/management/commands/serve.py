"""Serve the web app on this machine, with the fictional vendor of the demo if asked.

For others on a network run ``rfp.wsgi`` in a web server's own worker processes instead.
"""

from __future__ import annotations

import os
import secrets
import signal
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db.models import QuerySet
from django.utils import timezone
from rich.console import Console

from accounts.actions.people import vouch_for
from accounts.models import Organisation, User
from accounts.queries import roles_held
from evidence.actions.catalogue import load_catalogue
from rfp.actions.demo import APPROVER
from rfp.models import Questionnaire, QuestionnaireState

STOPS_WITHIN = 10  # seconds


class Command(BaseCommand):
    help = "Serve the web app on this machine, with the process that does its jobs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--demo", type=Path, help="Load the demo first; its files are made in this folder.")

    def handle(self, *args: object, port: int, demo: Path | None, **options: object) -> None:
        call_command("migrate", verbosity=0)
        load_catalogue(at=timezone.now())
        if demo is not None:
            self._prepare(demo, Console(), port)
        # Its note speaks of reloading and tracebacks, which are off here.
        os.environ["DJANGO_RUNSERVER_HIDE_WARNING"] = "true"
        with runner():
            call_command("runserver", f"127.0.0.1:{port}", use_reloader=False, skip_checks=True)

    def _prepare(self, folder: Path, console: Console, port: int) -> None:
        """Run the demo unless it was run before, and give its people a password for this run."""
        if not _vendors().filter(pk__in=_answered()).exists():
            call_command("demo", out=folder)
        password = secrets.token_urlsafe(9)
        console.print(f"\n[bold]Countersign[/] at http://localhost:{port} with the demo's vendor. Sign in as")
        for person in User.objects.filter(memberships__organisation__in=_vendors()).distinct().order_by("email"):
            person.set_password(password)
            person.save(update_fields=["password"])
            vouch_for(person)
            roles = "; ".join(f"{held} of {organisation}" for organisation, held in roles_held(person))
            console.print(f"  {person.email:<28} {roles}", highlight=False)
        console.print(f"Password of each, new at every start: [bold]{password}[/]\n", highlight=False)


@contextmanager
def runner() -> Iterator[None]:
    """Have a child process do the jobs meanwhile; with a broker the Celery workers do them."""
    if settings.REDIS_URL:
        yield
        return
    signal.signal(signal.SIGTERM, _stop)
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "work", "--beside", str(os.getpid())]
    child = subprocess.Popen(command)  # noqa: S603  # our own command
    try:
        yield
    finally:
        child.terminate()
        try:
            child.wait(timeout=STOPS_WITHIN)
        except subprocess.TimeoutExpired:
            # Its lease lapses, and the next runner takes its job up again.
            child.kill()


def _stop(number: int, frame: object) -> NoReturn:
    raise SystemExit(0)


def _vendors() -> QuerySet[Organisation]:
    return Organisation.objects.filter(memberships__user__email=APPROVER)


def _answered() -> QuerySet[Questionnaire, int]:
    return Questionnaire.objects.filter(state=QuestionnaireState.EXPORTED).values_list("organisation_id", flat=True)
