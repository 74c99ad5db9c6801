"""Question and its answer cells, each known by sheet, row and column."""

from __future__ import annotations

from django.db import models

from rfp.models.questionnaire import Questionnaire


class Question(models.Model):
    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveIntegerField()
    sheet = models.CharField(max_length=255)
    row = models.PositiveIntegerField()
    column = models.PositiveIntegerField()
    text = models.TextField()
    key = models.CharField(max_length=64, blank=True, help_text="By which the same question is found elsewhere.")
    number = models.CharField(max_length=120, blank=True)
    section = models.TextField(blank=True)
    guidance = models.TextField(blank=True)
    condition = models.TextField(blank=True)
    hidden = models.BooleanField(default=False)
    sample = models.BooleanField(default=False)

    class Meta:
        ordering = ("questionnaire", "position")
        constraints = (
            models.UniqueConstraint(fields=("questionnaire", "position"), name="question_position_is_unique"),
        )
        indexes = (models.Index(fields=("key",), name="question_by_key"),)

    def __str__(self) -> str:
        return f"{self.sheet} row {self.row}: {self.text[:80]}"


class AnswerSlot(models.Model):
    """A cell the vendor may fill, as ``rfp.workbook.model.Slot`` describes it."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="slots")
    position = models.PositiveSmallIntegerField()
    sheet = models.CharField(max_length=255)
    row = models.PositiveIntegerField()
    column = models.PositiveIntegerField()
    role = models.CharField(max_length=20)
    kind = models.CharField(max_length=20)
    state = models.CharField(max_length=20)
    options = models.JSONField(default=list, help_text="[[value, label], ...] in the buyer's own types.")
    ticks = models.JSONField(default=list, help_text="[[value, label, row, column], ...]")
    mark = models.CharField(max_length=20, default="x")
    header = models.TextField(blank=True)
    current = models.JSONField(null=True)
    prior = models.CharField(max_length=20)
    added = models.BooleanField(default=False)

    class Meta:
        ordering = ("question", "position")
        constraints = (models.UniqueConstraint(fields=("question", "position"), name="slot_position_is_unique"),)

    def __str__(self) -> str:
        return f"{self.role} of {self.question}"
