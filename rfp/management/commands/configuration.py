"""The reference of the configuration, written from what the settings read: docs/configuration.md and .env.example."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from rfp.env import VARIABLES

REFERENCE, EXAMPLE = Path("docs/configuration.md"), Path(".env.example")
_HEAD = """# Configuration

Written by `manage.py configuration --write` from what `rfp/settings.py` reads. Everything comes from the
environment, every variable is optional, and a value that cannot be right stops the start with a sentence that says
what to set.

| variable | value | without it | |
|---|---|---|---|
"""
_EXAMPLE_HEAD = (
    "# Every variable is optional: without any, Countersign runs on SQLite below var/ (docs/configuration.md).\n"
)


class Command(BaseCommand):
    help = "Print the reference of the configuration, or write it and .env.example where they belong."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--write", action="store_true", help=f"Write {REFERENCE} and {EXAMPLE}.")

    def handle(self, *args: object, write: bool, **options: object) -> None:
        if not write:
            self.stdout.write(reference())
            return
        for path, text in documents().items():
            (settings.BASE_DIR / path).write_text(text, encoding="utf-8")
            self.stdout.write(f"Written {path}")


def documents() -> Mapping[Path, str]:
    return {REFERENCE: reference(), EXAMPLE: example()}


def reference() -> str:
    rows = [
        f"| `{one.name}` | {one.kind} | {f'`{one.default}`' if one.default else '–'} | {one.about} |\n"
        for one in VARIABLES.values()
    ]
    return _HEAD + "".join(rows)


def example() -> str:
    lines = [f"# {one.name + '=' + one.default:<58} {one.about}\n" for one in VARIABLES.values()]
    return _EXAMPLE_HEAD + "".join(lines)
