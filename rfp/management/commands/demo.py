"""Set up the demo's vendor and run the main job on the demo buyer's workbook."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone
from rich.console import Console

from evidence.queries import systems_named
from rfp.actions.demo import BUYER, DEMO_DAY, World, prepare
from rfp.actions.job import Order, run
from rfp.console.progress import LiveReporter
from rfp.console.summary import print_summary
from rfp.management.commands.answer import write_package


class Command(BaseCommand):
    help = "Answer the demo buyer's workbook from the demo vendor's evidence."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--out", type=Path, default=Path("out/demo"), help="Folder for everything the demo makes.")

    def handle(self, *args: object, out: Path, **options: object) -> None:
        console = Console()
        call_command("migrate", verbosity=0)
        at = timezone.now()
        with LiveReporter(console) as told:
            told.stage("Setting up the demo vendor")
            world = prepare(out / "input", at=at, progress=told.progress)
            done = run(_order(world), at=at, told=told)
        console.print(
            f"\n[bold]{world.vendor}[/] answers [bold]{BUYER}[/] as of {DEMO_DAY.isoformat()}: {world.evidence} "
            f"attestations with {world.documents} documents, {world.answers} approved answers, "
            f"{world.decisions} past decisions."
        )
        paths = write_package(done.package, out, beside=world.workbook)
        print_summary(console, done.package.told, [("Original", world.workbook), *paths])


def _order(world: World) -> Order:
    return Order(
        vendor=world.vendor,
        content=world.workbook.read_bytes(),
        name=world.workbook.name,
        on=DEMO_DAY,
        buyer=BUYER,
        systems=systems_named(world.vendor, ()),
        by=world.sales_engineer,
    )
