"""Export: a file handed out, and the proof that nothing but answers changed in it."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from evidence.models import StoredFile
from rfp.models.questionnaire import Questionnaire


class ExportKind(models.TextChoices):
    WORKBOOK = "workbook", "Filled workbook"
    REPORT = "report", "Word report"
    DATA = "data", "JSON"


class Export(models.Model):
    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.CASCADE, related_name="exports")
    kind = models.CharField(max_length=10, choices=ExportKind.choices)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=255, help_text="Under which it is handed out; the same bytes may have several.")
    draft = models.BooleanField(help_text="Holds answers that nobody approved; says so in name and content.")
    fidelity = models.JSONField(null=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("questionnaire", "-made_at", "-pk")
        constraints = (
            models.CheckConstraint(condition=models.Q(kind__in=ExportKind.values), name="export_kind_is_known"),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.questionnaire}"
