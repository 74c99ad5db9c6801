"""QuestionMapping: what a question asks for; Decision: what a person taught about a question."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from evidence.models.owned import Owned, OwnedQuerySet
from rfp.models.question import Question


class MappingStatus(models.TextChoices):
    PROPOSED = "proposed", "Proposed"
    CONFIRMED = "confirmed", "Confirmed"
    REJECTED = "rejected", "Rejected"


class QuestionMapping(models.Model):
    """A proposal of the engine or the decision of a person, with its reasons in words."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="mappings")
    status = models.CharField(max_length=10, choices=MappingStatus.choices, default=MappingStatus.PROPOSED)
    category = models.CharField(max_length=40)
    confidence = models.FloatField()
    decisive_confidence = models.FloatField()
    polarity = models.CharField(max_length=10, blank=True)
    polarity_confidence = models.FloatField()
    yes_would_say = models.CharField(max_length=10, default="direct", help_text="What a yes would say.")
    answer_type = models.CharField(max_length=20)
    false_premise = models.TextField(blank=True)
    asks_edition = models.TextField(blank=True)
    parts = models.JSONField(default=list, help_text="[[text, [requirement, ...], answer type], ...]")
    controls = models.JSONField(default=list, help_text="[[framework, ref, relation, score], ...]")
    reasons = models.JSONField(default=list)
    above_line = models.BooleanField()
    decided_before = models.BooleanField(default=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("question", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("question",),
                condition=models.Q(status="proposed"),
                name="mapping_is_proposed_once",
            ),
            models.UniqueConstraint(
                fields=("question",),
                condition=models.Q(status="confirmed"),
                name="mapping_is_confirmed_once",
            ),
            models.CheckConstraint(condition=models.Q(status__in=MappingStatus.values), name="mapping_status_is_known"),
            models.CheckConstraint(
                condition=models.Q(status="proposed", decided_at__isnull=True)
                | (~models.Q(status="proposed") & models.Q(decided_at__isnull=False)),
                name="mapping_decision_has_a_date",
            ),
        )

    def __str__(self) -> str:
        return f"{self.question} -> {self.category}"


class MappedRequirement(models.Model):
    """One candidate requirement of a mapping, best first."""

    mapping = models.ForeignKey(QuestionMapping, on_delete=models.CASCADE, related_name="requirements")
    rank = models.PositiveSmallIntegerField()
    ref = models.CharField(max_length=20)
    probability = models.FloatField()
    decisive = models.BooleanField()
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ("mapping", "rank")
        constraints = (models.UniqueConstraint(fields=("mapping", "rank"), name="mapped_rank_is_unique"),)

    def __str__(self) -> str:
        return self.ref


class Decision(Owned):
    """A mapping that a person decided, for this question and the next ones like it."""

    question_key = models.CharField(max_length=64, help_text="SHA-256 of the normalised question.")
    text = models.TextField()
    category = models.CharField(max_length=40)
    requirements = models.JSONField(default=list)
    polarity = models.CharField(max_length=10, blank=True)
    confirmed = models.BooleanField(default=True, help_text="False: this mapping was rejected.")
    embedding = models.BinaryField(null=True, blank=True, help_text="384 float16 numbers, normalised.")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField()

    objects: ClassVar[OwnedQuerySet[Decision]] = OwnedQuerySet.as_manager()  # type: ignore[assignment]  # as_manager is typed as Manager

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "question_key", "category", "confirmed"), name="decision_is_taught_once"
            ),
        )

    def __str__(self) -> str:
        return self.text[:80]
