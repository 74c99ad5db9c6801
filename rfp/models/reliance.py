"""What was done after evidence fell away: answers reopened, and buyers told."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from evidence.models import Evidence
from rfp.models.question import Question
from rfp.models.release import Release


class Reopening(models.Model):
    """The answers that relied on a document were taken back, with the reason; it can be undone answer by answer."""

    evidence = models.ForeignKey(Evidence, on_delete=models.CASCADE, related_name="reopenings")
    reason = models.TextField()
    library_answers = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.evidence}: {self.reason}"


class ReopenedAnswer(models.Model):
    """An approval that was taken back: of which answer in which version, and whose it was."""

    reopening = models.ForeignKey(Reopening, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="+")
    version = models.PositiveIntegerField()
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    approved_at = models.DateTimeField()

    class Meta:
        ordering = ("reopening", "pk")
        constraints = (
            models.UniqueConstraint(fields=("reopening", "question"), name="answer_is_reopened_once_a_time"),
        )

    def __str__(self) -> str:
        return f"{self.question} in version {self.version}"


class Settlement(models.Model):
    """How a sent version was put right with its buyer after a document it cites fell away."""

    evidence = models.ForeignKey(Evidence, on_delete=models.CASCADE, related_name="settlements")
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="settlements")
    note = models.CharField(max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at", "-pk")
        constraints = (
            models.UniqueConstraint(fields=("evidence", "release"), name="sent_version_is_settled_once"),
            models.CheckConstraint(condition=~models.Q(note=""), name="settlement_says_how"),
        )

    def __str__(self) -> str:
        return self.note
