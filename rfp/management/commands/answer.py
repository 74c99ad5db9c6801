"""Answer a buyer's questionnaire from a vendor's evidence: the main job from the command line."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, ProgrammingError
from django.utils import timezone
from rich.console import Console

from accounts.models import OrganisationKind, User
from accounts.queries import OrganisationUnknown, organisation_named
from evidence.catalogs import mandate
from evidence.queries import SectorUnknown, SystemUnknown, known_sectors, systems_named
from rfp.actions.export import Package
from rfp.actions.job import Order, run
from rfp.actions.review import MayNotApprove
from rfp.console.progress import LiveReporter
from rfp.console.summary import print_summary
from rfp.models import Stage
from rfp.workbook.errors import WorkbookRefused

LONGEST_BUYER = 200
YEARS = range(2000, 2200)


class Command(BaseCommand):
    help = "Answer a buyer's questionnaire from a vendor's evidence library."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("workbook", type=Path, help="The buyer's file: xlsx, xlsm, csv, ods or docx.")
        parser.add_argument("--vendor", required=True, help="Name of the vendor whose library answers.")
        parser.add_argument("--out", type=Path, required=True, help="Folder for the filled file, report and JSON.")
        parser.add_argument("--buyer", default="", help="Who asks.")
        parser.add_argument("--stage", choices=Stage.values, help="Default: as known before, else contract.")
        parser.add_argument("--system", action="append", default=[], help="An AI system of the deal; default: all.")
        parser.add_argument("--sector", action="append", default=[], help="An add-on of the buyer's profile.")
        parser.add_argument("--on", type=_day, help="Judge as of this day (2026-11-24); default: today.")
        parser.add_argument("--due", type=_day, help="The day the buyer wants the answers back.")
        parser.add_argument("--nda", action="store_true", default=None, help="The buyer signed an NDA.")
        parser.add_argument("--layout", type=Path, help="A layout file that says where the questions are.")
        parser.add_argument("--save-layout", type=Path, help="Write the layout that was used, to be corrected by hand.")
        parser.add_argument("--approve-by", metavar="EMAIL", help="Approve the ready answers in this person's name.")
        parser.add_argument("--approve-suggested", action="store_true", help="Approve the suggested answers as well.")

    def handle(self, *args: object, **options: Any) -> None:
        if options["approve_suggested"] and not options["approve_by"]:
            raise CommandError("--approve-suggested needs --approve-by EMAIL.")
        for path in (options["workbook"], options["layout"]):
            if path is not None and not path.is_file():
                raise CommandError(f"There is no file {path}.")
        if options["out"].exists() and not options["out"].is_dir():
            raise CommandError(f"--out {options['out']} is a file; name a folder.")
        if options["save_layout"] is not None and not options["save_layout"].parent.is_dir():
            raise CommandError(f"--save-layout: there is no folder {options['save_layout'].parent}.")
        if len(options["buyer"]) > LONGEST_BUYER:
            raise CommandError(f"--buyer has {len(options['buyer'])} characters; {LONGEST_BUYER} fit.")
        console = Console()
        try:
            order = _order(options)
            with LiveReporter(console) as told:
                done = run(order, at=timezone.now(), told=told)
        except (OrganisationUnknown, SystemUnknown, SectorUnknown, WorkbookRefused, MayNotApprove) as problem:
            raise CommandError(str(problem)) from problem
        except (OperationalError, ProgrammingError) as problem:
            if "locked" in str(problem):
                raise CommandError("The database is busy with another job. Try again when it is done.") from problem
            raise CommandError(f"The database is not ready ({problem}). Run `manage.py migrate` first.") from problem
        try:
            if options["save_layout"] is not None:
                options["save_layout"].write_text(done.questionnaire.layout, encoding="utf-8")
            paths = write_package(done.package, options["out"], beside=options["workbook"])
        except OSError as problem:
            raise CommandError(
                f"The job is done and kept, but {problem.filename} cannot be written: {problem}."
            ) from problem
        print_summary(console, done.package.told, paths)


def write_package(package: Package, folder: Path, *, beside: Path) -> list[tuple[str, Path]]:
    """Write the files of a package; the buyer's original is never overwritten."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for label, file in (("Workbook", package.workbook), ("Report", package.report), ("JSON", package.data)):
        path = folder / file.name
        if path.exists() and beside.exists() and path.samefile(beside):
            path = folder / f"{path.stem} (answered){path.suffix}"
        path.write_bytes(file.content)
        paths.append((label, path))
    return paths


def _order(options: Mapping[str, Any]) -> Order:
    organisation = organisation_named(options["vendor"], kind=OrganisationKind.VENDOR)
    layout, approver = options["layout"], options["approve_by"]
    return Order(
        vendor=organisation,
        content=options["workbook"].read_bytes(),
        name=options["workbook"].name,
        on=options["on"] or timezone.localdate(timezone=organisation.zone),
        buyer=options["buyer"],
        stage=Stage(options["stage"]) if options["stage"] else None,
        systems=systems_named(organisation, options["system"]),
        sectors=known_sectors(mandate.load(), options["sector"]) or None,
        due_on=options["due"],
        nda_signed=options["nda"],
        layout_text=_layout_text(layout) if layout is not None else "",
        approve_by=_person(approver) if approver else None,
        approve_suggested=options["approve_suggested"],
    )


def _layout_text(file: Path) -> str:
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError as problem:
        raise CommandError(f"{file} is no text in UTF-8 (byte {problem.start}). Save the layout as UTF-8.") from problem
    if not text.strip():
        raise CommandError(f"{file} is empty. Write a layout with --save-layout and correct it.")
    return text


def _person(email: str) -> User:
    person = User.objects.filter(email__iexact=email, is_active=True).first()
    if person is None:
        raise CommandError(f"There is no person with the address {email}.")
    return person


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is no day; write it as 2026-11-24") from None
    if day.year not in YEARS:
        raise ArgumentTypeError(f"{text} is out of range: from {YEARS.start} to {YEARS.stop - 1}")
    return day
