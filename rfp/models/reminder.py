"""Reminders that a proof runs out: who is told, what was told, and what is quiet until a day.

What has lapsed is told of every week until it is renewed or withdrawn; only a reason and a day make it quiet.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models

from accounts.models import Organisation
from evidence.models import Evidence


class Audience(models.TextChoices):
    OWNERS = "owners", "All evidence owners"
    KEEPER = "keeper", "The person who keeps the document"


class ReminderSetting(models.Model):
    """Whom an organisation reminds; without a row, all evidence owners. ``run_on`` is the day of the latest run."""

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="+")
    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.OWNERS)
    run_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(audience__in=Audience.values), name="reminder_audience_is_known"),
        )

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_audience_display()}"


class Reminder(models.Model):
    """One step told to one person; ``step`` is the days before the end, or minus the weeks since it."""

    evidence = models.ForeignKey(Evidence, on_delete=models.CASCADE, related_name="reminders")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    ends_on = models.DateField()
    step = models.SmallIntegerField()
    text = models.TextField()
    told_at = models.DateTimeField()
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("told_at", "pk")
        constraints = (
            models.UniqueConstraint(fields=("evidence", "user", "ends_on", "step"), name="reminder_is_told_once"),
        )

    def __str__(self) -> str:
        return self.text


class Snooze(models.Model):
    """Why nobody is reminded of a document until a day; the day included."""

    evidence = models.ForeignKey(Evidence, on_delete=models.CASCADE, related_name="snoozes")
    reason = models.CharField(max_length=500)
    until = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at", "-pk")
        constraints = (models.CheckConstraint(condition=~models.Q(reason=""), name="snooze_has_a_reason"),)

    def __str__(self) -> str:
        return f"{self.evidence} until {self.until}: {self.reason}"
