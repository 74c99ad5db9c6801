"""The jobs of this installation: what waits and for how long, what failed and why; trying again, and stopping."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Sequence

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from rich.console import Console
from rich.table import Table

from accounts.models import Organisation
from rfp.actions import jobs
from rfp.models import Job, JobState
from rfp.queries.operations.jobs import JobLine, Standing, jobs_in, lines, standing_of
from rfp.queries.operations.workers import workers_alive
from rfp.templatetags.operations import span


class Command(BaseCommand):
    help = "Show the jobs of this installation; `jobs --retry 12 13` and `jobs --cancel 12` change some."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--organisation", metavar="NAME", help="Only those of one, by its short name.")
        parser.add_argument("--state", choices=JobState.values, help="Only those in this state.")
        parser.add_argument("--limit", type=int, default=20, help="The newest so many; 20 unless told.")
        parser.add_argument("--json", action="store_true", help="For programs: everything as JSON.")
        parser.add_argument("--retry", type=int, nargs="+", metavar="NUMBER", default=())
        parser.add_argument("--cancel", type=int, nargs="+", metavar="NUMBER", default=())

    def handle(
        self,
        *args: object,
        organisation: str | None,
        state: str | None,
        limit: int,
        json: bool,
        retry: Sequence[int],
        cancel: Sequence[int],
        **options: object,
    ) -> None:
        if retry or cancel:
            self._change(retry, cancel)
            return
        now, whose = timezone.now(), _organisation(organisation)
        shown = lines(jobs_in(whose, state=state or "")[:limit], at=now)
        standing, alive = standing_of(whose, at=now), workers_alive(at=now)
        if json:
            self.stdout.write(_as_json(shown, standing, alive))
        else:
            _print(shown, standing, alive)

    def _change(self, retry: Sequence[int], cancel: Sequence[int]) -> None:
        found = Job.objects.select_related("organisation", "questionnaire").in_bulk([*retry, *cancel])
        if missing := sorted({*retry, *cancel} - set(found)):
            raise CommandError(f"There is no job {', '.join(map(str, missing))}. `manage.py jobs` shows the numbers.")
        for numbers, change, done in ((retry, jobs.retry, "waits again"), (cancel, jobs.cancel, "is stopped")):
            for number in numbers:
                changed = change(job=found[number], by=None, at=timezone.now())
                said = done if changed else f"is left as it is ({found[number].get_state_display().lower()})"
                self.stdout.write(f"Job {number} {said}.")


def _organisation(slug: str | None) -> Organisation | None:
    if slug is None:
        return None
    found = Organisation.objects.filter(slug=slug).first()
    if found is None:
        known = ", ".join(Organisation.objects.order_by("slug").values_list("slug", flat=True)[:20])
        raise CommandError(f"There is no organisation {slug}. Known are: {known or 'none'}.")
    return found


def _print(shown: Sequence[JobLine], standing: Standing, alive: int) -> None:
    console = Console()
    counts = ", ".join(f"{number} {JobState(state).label.lower()}" for state, number in standing.counts.items())
    console.print(f"{counts}. The first waits for {span(standing.lag)}. {alive} workers heard of in the last minute.")
    if standing.silent:
        console.print("Jobs wait and nothing takes them up: start `manage.py work`, or the Celery workers.")
    table = Table("number", "organisation", "job", "state", "begun", "waited", "took", "problem")
    for line in shown:
        job = line.job
        row = (str(job.pk), job.organisation.slug, job.kind, job.state, f"{job.attempt}×")
        table.add_row(*row, span(line.waited), span(line.took), job.problem)
    console.print(table)


def _as_json(shown: Sequence[JobLine], standing: Standing, alive: int) -> str:
    rows = [
        {
            "number": line.job.pk,
            "organisation": line.job.organisation.slug,
            "questionnaire": line.job.questionnaire_id,
            "kind": line.job.kind,
            "state": line.job.state,
            "attempt": line.job.attempt,
            "waited_seconds": line.waited and line.waited.total_seconds(),
            "took_seconds": line.took and line.took.total_seconds(),
            "problem": line.job.problem,
        }
        for line in shown
    ]
    counts = dict(standing.counts)
    return json.dumps(
        {"counts": counts, "lag_seconds": standing.lag.total_seconds(), "workers_alive": alive, "jobs": rows}, indent=1
    )
