"""Award: the vendor that a buyer chose, by which judgement, and when it was taken back."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from rfp.models.judging.judgement import Judgement
from rfp.models.tender.participant import Participant
from rfp.models.tender.tender import Tender


class Award(models.Model):
    tender = models.ForeignKey(Tender, on_delete=models.PROTECT, related_name="awards")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="awards")
    judgement = models.ForeignKey(Judgement, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    awarded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    awarded_at = models.DateTimeField()
    reopened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reopened_at = models.DateTimeField(null=True, blank=True)
    reopened_because = models.TextField(blank=True)

    class Meta:
        ordering = ("tender", "-awarded_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("tender",), condition=Q(reopened_at__isnull=True), name="award_holds_for_one_vendor"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="award_has_a_reason"),
            models.CheckConstraint(
                condition=Q(reopened_at__isnull=True) | ~Q(reopened_because=""), name="award_reopened_has_a_reason"
            ),
        )

    def __str__(self) -> str:
        return f"{self.tender}: {self.participant}"
