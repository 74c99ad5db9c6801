"""Tell the vendors' people what runs out: run once a day."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from accounts.models import Organisation, OrganisationKind
from rfp.actions.reminders import mail_reminders, remind


class Command(BaseCommand):
    help = "Remind people of evidence that lapses, on the page and by e-mail. Run it daily; twice a day does no harm."

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        for organisation in Organisation.objects.filter(kind=OrganisationKind.VENDOR):
            told = remind(organisation=organisation, on=timezone.localdate(now, organisation.zone), at=now)
            sent = mail_reminders(organisation=organisation, at=now)
            self.stdout.write(f"{organisation}: {told} told, {sent} e-mails sent")
