"""Take a backup while people work."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from rich.console import Console

from rfp.actions.backups import write
from rfp.console.progress import LiveReporter


class Command(BaseCommand):
    help = "Write everything this installation holds into a new folder, while people work (docs/backup.md)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: object, folder: Path, **options: object) -> None:
        try:
            with LiveReporter(Console()) as told:
                made = write.take(folder, at=timezone.now(), told=told)
        except write.BackupRefused as problem:
            raise CommandError(str(problem)) from problem
        rows = sum(table.rows for table in made.tables.values())
        self.stdout.write(f"{rows} rows of {len(made.tables)} tables and {len(made.files)} files are in {folder}.")
        if made.missing:
            raise CommandError(
                f"The store has lost {len(made.missing)} files, the first is {made.missing[0]}. Everything else is in "
                "the backup; bring these back from an earlier one."
            )
