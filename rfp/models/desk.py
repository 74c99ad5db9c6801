"""What people do at the desk beside answering: who is asked to answer, what is said of a question, and each step."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from rfp.models.question import Question
from rfp.models.questionnaire import Questionnaire


class Assignment(models.Model):
    """A person is asked to see to a question. One is open at a time."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="assignments")
    assignee = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="assignments")
    note = models.TextField(blank=True)
    due_on = models.DateField(null=True, blank=True)
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    assigned_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    done = models.BooleanField(default=False, help_text="Ended because it was done, not because another was asked.")

    class Meta:
        ordering = ("question", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("question",), condition=Q(ended_at__isnull=True), name="question_is_assigned_once"
            ),
        )
        indexes = (models.Index(fields=("assignee",), condition=Q(ended_at__isnull=True), name="assignment_open"),)

    def __str__(self) -> str:
        return f"{self.question} for {self.assignee}"


class Remark(models.Model):
    """What a person says about a question to the others. ``mentioned`` are told."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="remarks")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField()
    said_at = models.DateTimeField()
    mentioned = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="mentions", blank=True)

    class Meta:
        ordering = ("question", "pk")

    def __str__(self) -> str:
        return self.text[:80]


class StepKind(models.TextChoices):
    APPROVED = "approved", "Approved"
    UNAPPROVED = "unapproved", "Approval taken back"
    WRITTEN = "written", "Written"
    SKIPPED = "skipped", "Skipped"


class Step(models.Model):
    """What a person did at the desk last, so that it can be undone. Approvals of one click are one step."""

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.CASCADE, related_name="steps")
    question = models.ForeignKey(Question, null=True, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=10, choices=StepKind.choices)
    version = models.PositiveIntegerField(null=True, help_text="Of the answer after a person wrote it.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("questionnaire", "pk")
        constraints = (models.CheckConstraint(condition=Q(kind__in=StepKind.values), name="step_kind_is_known"),)
        indexes = (models.Index(fields=("questionnaire", "by"), name="steps_of_a_person"),)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} by {self.by}"
