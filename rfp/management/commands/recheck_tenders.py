"""Judge the vendors of every open tender anew: run once a day."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from rfp.actions.judging.judge import judge_all
from rfp.models import Tender


class Command(BaseCommand):
    help = "Judge the vendors of tenders that vendors were invited to. Run it daily; twice a day does no harm."

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        for tender in Tender.objects.exclude(opened_at=None).select_related("organisation"):
            vendors = list(tender.participants.filter(withdrawn_at=None).select_related("tender__organisation"))
            changed = judge_all(participants=vendors, by=None, at=now)
            self.stdout.write(f"{tender.organisation}, {tender}: {len(vendors)} judged, {changed} changed")
