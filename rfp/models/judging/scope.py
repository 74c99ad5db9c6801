"""What a buyer decides about the scope of a vendor: which system is offered, and what does not apply to it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from evidence.models import AISystem
from rfp.models.tender.participant import Participant
from rfp.models.tender.tender import TenderQuestion


class OfferedSystem(models.Model):
    """The vendor's AI system that stands for one the tender asks about. Evidence about any other does not count."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="offered")
    asked = models.CharField(max_length=200, help_text="The name in the tender.")
    system = models.ForeignKey(AISystem, on_delete=models.PROTECT, related_name="+")
    chosen_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    chosen_at = models.DateTimeField()

    class Meta:
        ordering = ("participant", "asked")
        constraints = (models.UniqueConstraint(fields=("participant", "asked"), name="offered_system_is_one"),)

    def __str__(self) -> str:
        return f"{self.asked}: {self.system}"


class ApprovedNotApplicable(models.Model):
    """A requirement, or a question outside the checklist, that the buyer agrees does not apply to a vendor."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="not_applicable")
    requirement = models.CharField(max_length=20, blank=True)
    question = models.ForeignKey(TenderQuestion, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    approved_at = models.DateTimeField()
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("participant", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("participant", "requirement"),
                condition=Q(ended_at__isnull=True) & ~Q(requirement=""),
                name="not_applicable_requirement_is_approved_once",
            ),
            models.UniqueConstraint(
                fields=("participant", "question"),
                condition=Q(ended_at__isnull=True, question__isnull=False),
                name="not_applicable_question_is_approved_once",
            ),
            models.CheckConstraint(
                condition=(Q(requirement="") & Q(question__isnull=False))
                | (~Q(requirement="") & Q(question__isnull=True)),
                name="not_applicable_is_a_requirement_or_a_question",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="not_applicable_has_a_reason"),
        )

    def __str__(self) -> str:
        return self.requirement or str(self.question)
