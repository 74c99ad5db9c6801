"""Load the shipped catalogue into the database; loading it again changes nothing."""

from __future__ import annotations

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from evidence.actions.catalogue import load_catalogue
from evidence.catalogs.problems import CatalogueInvalid
from evidence.models import Control, Crosswalk, Framework, Requirement


class Command(BaseCommand):
    help = "Load frameworks, requirements and the crosswalk from the data files."

    def handle(self, *args: object, **options: object) -> None:
        try:
            release = load_catalogue(at=timezone.now())
        except CatalogueInvalid as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(
            f"{release}: {Requirement.objects.count()} requirements, {Framework.objects.count()} frameworks, "
            f"{Control.objects.count()} controls, {Crosswalk.objects.count()} crosswalk entries."
        )
