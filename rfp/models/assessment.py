"""Assessment: the verdict on a day, frozen with the rules and the evidence it was made from."""

from __future__ import annotations

from django.db import models

from rfp.models.questionnaire import Questionnaire, Stage


class AssessmentChanged(Exception):
    """An attempt to change a stored assessment."""


class Assessment(models.Model):
    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.CASCADE, related_name="assessments")
    stage = models.CharField(max_length=10, choices=Stage.choices)
    as_of = models.DateField()
    verdict = models.CharField(max_length=30)
    readiness = models.PositiveSmallIntegerField(null=True, help_text="0 to 99 while the gate fails, else to 100.")
    readiness_by_category = models.JSONField(default=dict)
    expires_on = models.DateField(null=True)
    catalogue_version = models.CharField(max_length=40)
    catalogue_digest = models.CharField(max_length=64)
    evidence_snapshot = models.JSONField(help_text="[[reference, revision, SHA-256 of the file], ...]")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("questionnaire", "-made_at", "-pk")
        get_latest_by = ("made_at", "pk")

    def __str__(self) -> str:
        return f"{self.verdict} on {self.as_of}"

    def save(self, *args: object, **kwargs: object) -> None:
        """:raises AssessmentChanged: if the assessment is already stored"""
        if not self._state.adding:
            raise AssessmentChanged("An assessment never changes: make a new one.")
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # passed on as it came


class Finding(models.Model):
    """The state of one requirement in an assessment."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="findings")
    requirement = models.CharField(max_length=20)
    state = models.CharField(max_length=20)
    problems = models.JSONField(default=list, help_text="[[rule, sentence], ...]")
    evidence = models.JSONField(default=list, help_text="References of the evidence that counts.")
    expires_on = models.DateField(null=True)
    start_by = models.DateField(null=True)

    class Meta:
        ordering = ("assessment", "pk")
        constraints = (
            models.UniqueConstraint(fields=("assessment", "requirement"), name="finding_requirement_is_unique"),
        )

    def __str__(self) -> str:
        return f"{self.requirement} {self.state}"
