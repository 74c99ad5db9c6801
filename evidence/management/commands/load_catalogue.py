"""Load the shipped catalogue into the database; loading it again changes nothing."""

from __future__ import annotations

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from evidence.actions.catalogue import load_catalogue
from evidence.catalogs.checklist import CHECKLIST
from evidence.catalogs.problems import CatalogueInvalid
from evidence.models import Control, Crosswalk, Framework


class Command(BaseCommand):
    help = "Load frameworks, requirements and the crosswalk from the data files."

    def handle(self, *args: object, **options: object) -> None:
        try:
            release = load_catalogue(at=timezone.now())
        except CatalogueInvalid as problem:
            raise CommandError(str(problem)) from problem
        crosswalk = Crosswalk.objects.filter(owner=None)
        shipped = Control.objects.filter(framework__owner=None)
        requirements = shipped.filter(framework__slug=CHECKLIST).count()
        self.stdout.write(
            f"{release}: {requirements} requirements, {Framework.objects.shipped().count() - 1} frameworks, "
            f"{shipped.count() - requirements} controls, {crosswalk.count()} crosswalk entries."
        )
