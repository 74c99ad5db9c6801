"""LibraryAnswer: an answer to a question that no checklist requirement covers, and the versions it went through.

The answer holds what is in use. A change of an approved answer waits as a version beside it, and what was approved
stays in use until a second person approves the change.

    draft -> in review -> approved -> retired
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from evidence.models.audience import Audience
from evidence.models.library import Evidence
from evidence.models.owned import Owned, OwnedQuerySet


class AnswerState(models.TextChoices):
    DRAFT = "draft", "Draft"
    IN_REVIEW = "in_review", "Waits for approval"
    APPROVED = "approved", "Approved"
    RETIRED = "retired", "Retired"


class VersionState(models.TextChoices):
    DRAFT = "draft", "Draft"
    IN_REVIEW = "in_review", "Waits for approval"
    APPROVED = "approved", "Approved"
    DECLINED = "declined", "Sent back"
    WITHDRAWN = "withdrawn", "Withdrawn"


UNDECIDED = (VersionState.DRAFT, VersionState.IN_REVIEW)


class AnswerText(models.Model):
    """What an answer says and for what it holds."""

    question = models.TextField()
    answer = models.CharField(max_length=2000, help_text="The short answer: yes, no, a value.")
    comment = models.TextField(blank=True)
    owner = models.CharField(max_length=200, blank=True)
    reviewed_on = models.DateField(null=True, blank=True)
    product = models.CharField(
        max_length=600, blank=True, help_text="The AI systems it holds for, separated by semicolons; empty for all."
    )
    region = models.CharField(
        max_length=200, blank=True, help_text="The regions it holds for, separated by semicolons; empty for all."
    )
    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.PUBLIC)

    class Meta:
        abstract = True


class LibraryAnswer(AnswerText, Owned):
    question_key = models.CharField(max_length=64, help_text="SHA-256 of the normalised question.")
    evidence = models.ForeignKey(Evidence, null=True, blank=True, on_delete=models.SET_NULL, related_name="answers")
    source = models.CharField(max_length=255, blank=True, help_text="The file it was imported from.")
    state = models.CharField(max_length=10, choices=AnswerState.choices, default=AnswerState.APPROVED)
    version = models.PositiveIntegerField(default=1, help_text="Grows with every change, also one that waits.")
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="merged")
    embedding = models.BinaryField(null=True, blank=True, help_text="384 float16 numbers, normalised.")

    objects: ClassVar[OwnedQuerySet[LibraryAnswer]] = OwnedQuerySet.as_manager()  # type: ignore[assignment]  # as_manager is typed as Manager

    class Meta:
        ordering = ("question", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "question_key", "product", "region"),
                condition=Q(retired_at__isnull=True),
                name="library_answer_is_unique",
            ),
            models.CheckConstraint(condition=Q(audience__in=Audience.values), name="library_answer_audience_is_known"),
            models.CheckConstraint(condition=Q(state__in=AnswerState.values), name="library_answer_state_is_known"),
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(approved_at__isnull=False), name="library_answer_approval_has_a_date"
            ),
            models.CheckConstraint(
                condition=Q(state="retired", retired_at__isnull=False)
                | (~Q(state="retired") & Q(retired_at__isnull=True)),
                name="library_answer_retirement_has_a_date",
            ),
            models.CheckConstraint(
                condition=Q(written_by__isnull=True)
                | Q(approved_by__isnull=True)
                | ~Q(written_by=models.F("approved_by")),
                name="library_answer_is_approved_by_a_second_person",
            ),
        )

    def __str__(self) -> str:
        return self.question


class AnswerVersion(AnswerText):
    """One state of an answer: what somebody wrote, and what was decided about it."""

    of = models.ForeignKey(LibraryAnswer, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    evidence = models.ForeignKey(Evidence, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=10, choices=VersionState.choices)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    written_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    note = models.TextField(blank=True, help_text="Why it was changed or sent back.")

    class Meta:
        ordering = ("of", "-number")
        constraints = (
            models.UniqueConstraint(fields=("of", "number"), name="answer_version_number_is_unique"),
            models.UniqueConstraint(
                fields=("of",), condition=Q(state__in=["draft", "in_review"]), name="answer_has_one_change_that_waits"
            ),
            models.CheckConstraint(condition=Q(state__in=VersionState.values), name="answer_version_state_is_known"),
        )

    def __str__(self) -> str:
        return f"{self.of} v{self.number}"
