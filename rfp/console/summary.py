"""The end of the main job on a terminal: what was answered, what was not and why, and where the files are."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from rfp.reporting import words
from rfp.reporting.data import ReportData

_STYLES = {"QUALIFIED": "green", "ACCEPTED_WITH_RISK": "yellow", "UNDER_REVIEW": "yellow", "NOT_QUALIFIED": "red"}


def print_summary(console: Console, data: ReportData, paths: list[tuple[str, Path]]) -> None:
    """Print what came of a job."""
    console.print()
    answered = data.count("ready") + data.count("suggested")
    console.print(
        f"[bold]{answered} of {len(data.answers)} questions answered[/] "
        f"({data.count('ready')} ready, {data.count('suggested')} suggested), {data.count('blank')} left blank"
    )
    blanks = Table(box=None, show_header=False, pad_edge=False)
    for blank in data.blanks:
        blanks.add_row(f"  {blank.count}", escape(blank.reason), f"[dim]{escape(blank.advice)}[/]")
    console.print(blanks)
    console.print()
    style = _STYLES[data.verdict]
    readiness = "not assessed" if data.readiness is None else f"readiness {data.readiness} of 100"
    verdict = words.VERDICTS[data.verdict]
    console.print(f"[bold]Verdict on {words.day(data.as_of)}: [{style}]{verdict}[/], {readiness}[/]")
    for reason in data.verdict_reasons:
        console.print(f"  {escape(reason)}")
    table = Table(box=None, pad_edge=False, header_style="dim")
    for heading in ("  Category", "State", "Readiness", "Met", "Proven until"):
        table.add_column(heading, justify="right" if heading in ("Readiness", "Met") else "left")
    for line in (*data.categories, *data.addons):
        table.add_row(
            f"  {line.title}",
            f"{words.MARKS[line.state]} {words.STATES[line.state]}",
            "–" if line.readiness is None else str(line.readiness),
            f"{line.requirements_met} of {line.requirements_applicable}",
            words.day(line.expires_on),
        )
    console.print(table)
    if data.first_steps:
        console.print("\n[bold]What to do first[/]")
        for number, step in enumerate(data.first_steps, start=1):
            console.print(f"  {number}. {escape(step)}")
    console.print(f"\n[dim]{escape(data.fidelity)}[/]")
    for note in data.file_notes:
        console.print(f"[dim]{escape(note)}[/]")
    console.print()
    for label, path in paths:
        console.print(f"[bold]{label:<9}[/] {escape(str(path))}", soft_wrap=True)
    if data.draft:
        console.print("\n[yellow]DRAFT:[/] nobody approved these answers yet; the file names and the report say so.")
