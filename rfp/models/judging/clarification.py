"""Clarification: a buyer asks a vendor back about one question; who says what stays as it was said.

asked ──► answered ──► asked again ...        an answer may propose another wording of the vendor's answer,
              └──► taken over | left as is     which counts only once the buyer takes it over
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from rfp.models.frozen import Frozen, FrozenQuerySet
from rfp.models.tender.participant import Participant, UploadLink
from rfp.models.tender.submission import Submission, SubmittedAnswer
from rfp.models.tender.tender import TenderQuestion


class Side(models.TextChoices):
    BUYER = "buyer", "Buyer"
    VENDOR = "vendor", "Vendor"


class ClarificationNote(Frozen):
    """One thing that was said about a question; the notes of a vendor and a question are a thread."""

    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="clarifications")
    question = models.ForeignKey(TenderQuestion, on_delete=models.PROTECT, related_name="clarifications")
    side = models.CharField(max_length=10, choices=Side.choices)
    text = models.TextField()
    due_on = models.DateField(null=True, blank=True, help_text="By when the buyer would like to hear.")
    proposes = models.BooleanField(default=False, help_text="The vendor proposes another answer.")
    value = models.CharField(max_length=20, blank=True)
    proposed = models.TextField(blank=True, help_text="The answer as it would stand in the cell.")
    before = models.ForeignKey(
        SubmittedAnswer,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="What it is to replace.",
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=254)
    link = models.ForeignKey(UploadLink, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects: ClassVar[models.Manager[ClarificationNote]] = models.Manager.from_queryset(FrozenQuerySet)()

    class Meta:
        ordering = ("participant", "question", "at", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(side__in=Side.values), name="clarification_side_is_known"),
            models.CheckConstraint(condition=~Q(text=""), name="clarification_says_something"),
            models.CheckConstraint(
                condition=Q(proposes=False) | Q(side=Side.VENDOR), name="clarification_proposed_by_the_vendor"
            ),
        )

    def __str__(self) -> str:
        return f"{self.by_name}: {self.text[:60]}"


class TakenOver(Frozen):
    """Whether a proposed answer counts: the buyer decides, with a reason, once. What was said before stays."""

    note = models.OneToOneField(ClarificationNote, on_delete=models.PROTECT, related_name="decision")
    counts = models.BooleanField()
    reason = models.TextField()
    submission = models.ForeignKey(
        Submission, null=True, on_delete=models.PROTECT, related_name="+", help_text="The version that holds it."
    )
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    objects: ClassVar[models.Manager[TakenOver]] = models.Manager.from_queryset(FrozenQuerySet)()

    class Meta:
        constraints = (models.CheckConstraint(condition=~Q(reason=""), name="taken_over_has_a_reason"),)

    def __str__(self) -> str:
        return f"{self.note}: {'counts' if self.counts else 'left as it was'}"
