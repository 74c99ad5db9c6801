"""Measure accuracy on labelled data with the shipped product."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.table import Table

from rfp.evaluation import evidence, mapping, workbooks
from rfp.evaluation.report import Evaluation, EvaluationInvalid

KINDS: dict[str, Callable[[Path], Evaluation]] = {
    "mapping": mapping.evaluate,
    "evidence": evidence.evaluate,
    "workbooks": workbooks.evaluate,
}
MISSES_SHOWN = 40


class Command(BaseCommand):
    help = "Measure accuracy on labelled data."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", choices=sorted(KINDS))
        parser.add_argument("path", type=Path, help="A labelled file, or a folder of them.")
        parser.add_argument("--json", action="store_true", help="Print one JSON object and nothing else.")

    def handle(self, *args: object, kind: str, path: Path, json: bool, **options: object) -> None:
        if not path.exists():
            raise CommandError(f"There is no {path}.")
        try:
            result = KINDS[kind](path)
        except EvaluationInvalid as problem:
            raise CommandError(str(problem)) from problem
        if json:
            self.stdout.write(as_json(result))
        else:
            print_result(Console(), result)


def as_json(result: Evaluation) -> str:
    return json.dumps(result.figures, ensure_ascii=False, indent=2, sort_keys=False)


def print_rows(console: Console, name: str, rows: Sequence[Mapping[str, object]]) -> None:
    columns = list(dict.fromkeys(column for row in rows for column in row))
    table = Table(title=name)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*("" if row.get(column) is None else str(row[column]) for column in columns))
    console.print(table)


def print_result(console: Console, result: Evaluation) -> None:
    figures = Table("figure", "value", title=f"evaluate {result.kind}", title_justify="left")
    for name, value in result.figures.items():
        if isinstance(value, (int, float)):
            figures.add_row(name, f"{value:.4f}" if isinstance(value, float) else str(value))
        elif isinstance(value, dict):
            for key, inner in value.items():
                figures.add_row(f"{name}: {key}", f"{inner:.4f}" if isinstance(inner, float) else str(inner))
    console.print(figures)
    for name, value in result.figures.items():
        if isinstance(value, list):
            print_rows(console, name, value)
    if result.misses:
        misses = Table("case", "text", "expected", "got", "reason", title=f"{len(result.misses)} misses")
        for miss in result.misses[:MISSES_SHOWN]:
            misses.add_row(miss.case, miss.text[:90], miss.expected, miss.got, miss.reason[:120])
        console.print(misses)
        if len(result.misses) > MISSES_SHOWN:
            console.print(f"... and {len(result.misses) - MISSES_SHOWN} more.")
    if result.confusion:
        columns = sorted({name for row in result.confusion.values() for name in row} | set(result.confusion))
        confusion = Table("labelled \\ predicted", *columns, title="confusion")
        for label, row in result.confusion.items():
            confusion.add_row(label, *(str(row.get(column, "")) for column in columns))
        console.print(confusion)
    for note in result.notes:
        console.print(note)
