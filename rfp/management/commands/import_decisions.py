"""Teach what questions ask for: what people decided counts at once for the same and near questions."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.models import OrganisationKind, User
from accounts.queries import OrganisationUnknown, organisation_named
from evidence.retrieval.encoder import shared_encoder
from rfp.actions.mapping import teach
from rfp.mapping.decisions import DecisionsInvalid, read_decisions


class Command(BaseCommand):
    help = "Import decisions on questions (docs/decisions.md)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--vendor", required=True)
        parser.add_argument("--by", metavar="EMAIL", help="Who decided.")

    def handle(self, *args: object, file: Path, vendor: str, by: str | None, **options: object) -> None:
        person = User.objects.filter(email__iexact=by).first() if by else None
        if by and person is None:
            raise CommandError(f"There is no person with the address {by}.")
        try:
            organisation = organisation_named(vendor, kind=OrganisationKind.VENDOR)
            decisions = read_decisions(file)
        except (OrganisationUnknown, DecisionsInvalid) as problem:
            raise CommandError(str(problem)) from problem
        added = teach(
            organisation=organisation, decisions=decisions, encoder=shared_encoder(), by=person, at=timezone.now()
        )
        self.stdout.write(f"{added} decisions added, {len(decisions) - added} known before.")
