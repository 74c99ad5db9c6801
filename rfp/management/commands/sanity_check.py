"""Look whether an installation is whole: every file, audit trail, job and count."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from rich.console import Console

from rfp.actions.backups.compare import differences
from rfp.actions.backups.manifest import BackupUnusable, Manifest
from rfp.console.progress import LiveReporter
from rfp.queries.sanity import CHECKS, Looked


class Command(BaseCommand):
    help = "Look whether this installation is whole: every file, audit trail, job and count."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--against", type=Path, metavar="BACKUP", help="Compare with what a backup holds, too.")

    def handle(self, *args: object, against: Path | None, **options: object) -> None:
        looked: dict[str, Looked] = {}
        at = timezone.now()
        try:
            manifest = Manifest.read(against) if against else None
        except BackupUnusable as problem:
            raise CommandError(str(problem)) from problem
        with LiveReporter(Console()) as told:
            for name, check in CHECKS.items():
                told.stage(name)
                looked[name] = check(at, told.progress)
        if manifest is not None:
            looked["The same as the backup"] = differences(manifest)
        for name, found in looked.items():
            self.stdout.write(f"{'✕' if found.problems else '✓'} {name}: {found.things} looked at")
            for line in (*found.problems, *found.notes):
                self.stdout.write(f"    {line}")
        wrong = sum(len(found.problems) for found in looked.values())
        if wrong:
            raise CommandError(f"{wrong} things are wrong.")
        self.stdout.write("Everything is whole.")
