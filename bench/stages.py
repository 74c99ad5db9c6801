"""What ``bench.job`` runs in a process of its own: make a world of a size, or do the job in it and time its stages."""

from __future__ import annotations

import json
import resource
import sys
import time
from datetime import date
from pathlib import Path

from django.core.management import call_command
from django.utils import timezone

from accounts.models import Organisation
from bench.job import SIZES
from evidence.queries import systems_named
from rfp.actions.job import Order, run

ON = date(2026, 11, 18)  # the day on which the demo's certificates are judged


class Clock:
    """Times the stages that a job reports, with the peak memory of the process so far."""

    def __init__(self) -> None:
        self._rows: list[dict[str, object]] = []
        self._stage, self._began, self._spent = "", time.perf_counter(), time.process_time()

    def stage(self, name: str) -> None:
        self._close()
        self._stage, self._began, self._spent = name, time.perf_counter(), time.process_time()

    def progress(self, done: int, total: int) -> None:
        return None

    def finish(self) -> list[dict[str, object]]:
        self._close()
        return self._rows

    def _close(self) -> None:
        if self._stage:
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            seconds = time.perf_counter() - self._began
            processor = time.process_time() - self._spent
            self._rows.append({"stage": self._stage, "seconds": seconds, "processor": processor, "peak_mib": peak})


def prepare(folder: Path, passages: int) -> None:
    """Make the database, the vendor with its passages, and a workbook of each size."""
    from bench import world  # what draws the demo's files is no part of the job and of its start

    call_command("migrate", verbosity=0)
    world.vendor(folder / "input", passages)
    for questions in {asked for asked, _ in SIZES}:
        (folder / f"{questions}.xlsx").write_bytes(world.workbook(questions))


def do(folder: Path, questions: int) -> list[dict[str, object]]:
    """Do the job on a workbook of a size and return its stages."""
    vendor = Organisation.objects.get(slug="tessera-grove")
    path = folder / f"{questions}.xlsx"
    order = Order(
        vendor=vendor,
        content=path.read_bytes(),
        name=path.name,
        on=ON,
        buyer="Kestrel Mutual Insurance",
        systems=systems_named(vendor, ()),
    )
    clock = Clock()
    run(order, at=timezone.now(), told=clock)
    return clock.finish()


if __name__ == "__main__":
    what, where, size = sys.argv[1:4]
    if what == "prepare":
        prepare(Path(where), int(size))
    else:
        print(json.dumps(do(Path(where), int(size))))
