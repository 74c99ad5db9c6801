"""Bring a backup back into an installation that holds nothing."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from rich.console import Console

from rfp.actions.backups import restore
from rfp.actions.backups.manifest import BackupUnusable
from rfp.console.progress import LiveReporter


class Command(BaseCommand):
    help = "Bring a backup back into an installation that holds nothing yet (docs/backup.md)."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--check", action="store_true", help="Only compare the backup with its manifest.")

    def handle(self, *args: object, folder: Path, check: bool, **options: object) -> None:
        try:
            with LiveReporter(Console()) as told:
                manifest = restore.check(folder, told=told) if check else restore.restore(folder, told=told)
        except BackupUnusable as problem:
            raise CommandError(str(problem)) from problem
        except (OSError, DatabaseError) as problem:
            raise CommandError(f"The backup could not be brought back: {str(problem).strip()}") from problem
        if check:
            self.stdout.write(f"The backup of {manifest.made_at} is whole.")
        else:
            self.stdout.write(f"The backup of {manifest.made_at} is back. `manage.py sanity_check` looks at all of it.")
