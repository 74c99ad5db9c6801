"""LayoutDraft: the layout of a questionnaire while people correct it, step by step, before it is confirmed."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from rfp.models.questionnaire import Questionnaire


class LayoutDraft(models.Model):
    """``step`` is the one that holds; those after it were undone and can be done again until another is made."""

    questionnaire = models.OneToOneField(Questionnaire, on_delete=models.CASCADE, related_name="layout_draft")
    step = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("questionnaire",)

    def __str__(self) -> str:
        return f"draft of the layout of {self.questionnaire}"


class LayoutStep(models.Model):
    draft = models.ForeignKey(LayoutDraft, on_delete=models.CASCADE, related_name="steps")
    number = models.PositiveIntegerField()
    layout = models.TextField(help_text="The layout after this step, in the form of a layout file.")
    said = models.CharField(max_length=300, help_text="What the step did, in a sentence.")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("draft", "number")
        constraints = (models.UniqueConstraint(fields=("draft", "number"), name="layout_step_is_numbered_once"),)

    def __str__(self) -> str:
        return f"{self.number}: {self.said}"
