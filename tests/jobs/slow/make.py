"""Make a small world in the database of the processes under test, or ask for jobs in it: ``make.py enqueue 3 k``."""

from __future__ import annotations

import os
import sys

import django


def main(command: str, *arguments: str) -> None:
    from django.utils import timezone

    from accounts.actions.people import create_organisation
    from accounts.models import Organisation, OrganisationKind
    from rfp.actions import intake, jobs
    from rfp.models import Job, JobKind, Questionnaire
    from rfp.tasks import ring

    now = timezone.now()
    if command == "world":
        vendor = create_organisation(name="Vera Vendor", slug="vera-vendor", kind=OrganisationKind.VENDOR, at=now)
        for number in range(int(arguments[0])):
            intake.receive(organisation=vendor, content=b"%d" % number, name=f"{number}.csv", by=None, at=now)
    elif command == "enqueue":
        vendor = Organisation.objects.get()
        for questionnaire in Questionnaire.objects.order_by("pk")[: int(arguments[0])]:
            jobs.enqueue(
                organisation=vendor,
                kind=JobKind.EXPORT,
                questionnaire=questionnaire,
                key=f"{arguments[1]}:{questionnaire.pk}",
                by=None,
                at=now,
            )
    else:
        for job in Job.objects.values_list("pk", flat=True):
            for _ in range(int(arguments[0])):
                ring(job)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.jobs.slow_settings")
    django.setup()
    main(*sys.argv[1:])
