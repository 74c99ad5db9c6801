"""What people did about evidence after it was confirmed: checks with its issuer, and withdrawals."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from evidence.models.library import Evidence, EvidenceRevision
from evidence.models.stored_file import StoredFile


class RecordChanged(Exception):
    """An attempt to change the record of a check."""


class CheckResult(models.TextChoices):
    CONFIRMED = "confirmed", "The issuer or register confirms it"
    DIFFERS = "differs", "Something differs"
    NOT_FOUND = "not_found", "It was not found there"


class OutsideCheck(models.Model):
    """A person looked outside the document: in a register, on the issuer's page, by asking. Never changed."""

    revision = models.ForeignKey(EvidenceRevision, on_delete=models.CASCADE, related_name="checks")
    place = models.CharField(max_length=200, help_text="The register, or who was asked.")
    address = models.CharField(max_length=500, blank=True, help_text="Kept as text; it is never fetched.")
    checked_on = models.DateField()
    result = models.CharField(max_length=20, choices=CheckResult.choices)
    note = models.TextField(blank=True)
    screenshot = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ("-recorded_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(result__in=CheckResult.values), name="outside_check_result_is_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.revision} at {self.place}"

    def save(self, *args: object, **kwargs: object) -> None:
        """:raises RecordChanged: if the check is already stored"""
        if not self._state.adding:
            raise RecordChanged("The record of a check is never changed: record another one.")
        super().save(force_insert=True)


class Withdrawal(models.Model):
    """A time during which evidence was out of use, with the reason; ended by putting it back."""

    evidence = models.ForeignKey(Evidence, on_delete=models.CASCADE, related_name="withdrawals")
    reason = models.CharField(max_length=500, blank=True)
    effective_on = models.DateField(help_text="From this day on nothing should have rested on it.")
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    withdrawn_at = models.DateTimeField()
    reinstated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reinstated_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-withdrawn_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("evidence",), condition=models.Q(reinstated_at__isnull=True), name="withdrawal_is_open_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.evidence} from {self.effective_on}"
