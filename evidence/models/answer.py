"""LibraryAnswer: an approved answer to a question that no checklist requirement covers."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from evidence.models.library import Evidence
from evidence.models.owned import Owned, OwnedQuerySet


class Audience(models.TextChoices):
    PUBLIC = "public", "Public"
    NDA = "nda", "Under NDA"


class LibraryAnswer(Owned):
    question = models.TextField()
    question_key = models.CharField(max_length=64, help_text="SHA-256 of the normalised question.")
    answer = models.CharField(max_length=2000, help_text="The short answer: yes, no, a value.")
    comment = models.TextField(blank=True)
    owner = models.CharField(max_length=200, blank=True)
    reviewed_on = models.DateField(null=True, blank=True)
    product = models.CharField(max_length=200, blank=True, help_text="The product it holds for; empty for all.")
    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.PUBLIC)
    evidence = models.ForeignKey(Evidence, null=True, blank=True, on_delete=models.SET_NULL, related_name="answers")
    source = models.CharField(max_length=255, blank=True, help_text="The file it was imported from.")
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    approved_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)
    embedding = models.BinaryField(null=True, blank=True, help_text="384 float16 numbers, normalised.")

    objects: ClassVar[OwnedQuerySet[LibraryAnswer]] = OwnedQuerySet.as_manager()  # type: ignore[assignment]  # as_manager is typed as Manager

    class Meta:
        ordering = ("question", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "question_key", "product"),
                condition=models.Q(retired_at__isnull=True),
                name="library_answer_is_unique",
            ),
            models.CheckConstraint(
                condition=models.Q(audience__in=Audience.values), name="library_answer_audience_is_known"
            ),
        )

    def __str__(self) -> str:
        return self.question
