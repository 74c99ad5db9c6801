"""Fill a vendor's library of approved answers from a spreadsheet, or from a questionnaire answered before."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.models import OrganisationKind, User
from accounts.queries import OrganisationUnknown, organisation_named
from evidence.actions.answer_rows import MayNotApproveAnswers
from rfp.actions.library import import_answered, import_answers
from rfp.workbook.answer_library import LibraryInvalid
from rfp.workbook.errors import WorkbookRefused

PROBLEMS_SHOWN = 50


class Command(BaseCommand):
    help = "Import approved answers: columns question and answer, or an answered questionnaire."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--vendor", required=True)
        parser.add_argument("--answered", action="store_true", help="The file is a questionnaire that was filled in.")
        parser.add_argument("--owner", default="", help="With --answered: who owns these answers.")
        parser.add_argument("--reviewed-on", type=date.fromisoformat, help="With --answered: the day of their review.")
        parser.add_argument(
            "--by", metavar="EMAIL", required=True, help="Who approves them: an approver or evidence owner."
        )

    def handle(self, *args: object, file: Path, vendor: str, answered: bool, by: str, **options: object) -> None:
        if not file.is_file():
            raise CommandError(f"There is no file {file}.")
        reviewed_on = options["reviewed_on"]
        if answered and not (isinstance(reviewed_on, date) and options["owner"]):
            raise CommandError("--answered needs --owner and --reviewed-on: an answer without them is never used.")
        person = User.objects.filter(email__iexact=by).first()
        if person is None:
            raise CommandError(f"There is no person with the address {by}.")
        at = timezone.now()
        try:
            organisation = organisation_named(vendor, kind=OrganisationKind.VENDOR)
            today = at.astimezone(organisation.zone).date()
            if answered and isinstance(reviewed_on, date):
                done = import_answered(
                    organisation=organisation,
                    content=file.read_bytes(),
                    name=file.name,
                    owner=str(options["owner"]),
                    reviewed_on=reviewed_on,
                    on=today,
                    by=person,
                    at=at,
                )
            else:
                done = import_answers(
                    organisation=organisation,
                    content=file.read_bytes(),
                    name=file.name,
                    on=today,
                    by=person,
                    at=at,
                )
        except LibraryInvalid as problem:
            shown = "\n".join(f"  {item}" for item in problem.problems[:PROBLEMS_SHOWN])
            raise CommandError(f"{problem}\n{shown}".rstrip()) from problem
        except (OrganisationUnknown, MayNotApproveAnswers, WorkbookRefused) as problem:
            raise CommandError(str(problem)) from problem
        kept = f", {done.kept} kept as in the library" if done.kept else ""
        self.stdout.write(f"{done.added} answers added, {done.changed} changed, {done.unchanged} as they were{kept}.")
