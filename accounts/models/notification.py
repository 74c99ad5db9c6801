"""Notification: something that one person should know in one organisation, until they have read it."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from accounts.models.organisation import Organisation


class Notification(models.Model):
    """``url`` is a path within the product. A ``key`` tells a person the same thing only once."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=40, help_text="What it is about: mention, assignment, evidence.lapsing ...")
    text = models.TextField()
    url = models.CharField(max_length=300, blank=True)
    key = models.CharField(max_length=200, blank=True, help_text="Empty where every telling is a new one.")
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "user", "key"),
                condition=~models.Q(key=""),
                name="notification_is_told_once",
            ),
        )
        indexes = (
            models.Index(
                fields=("user", "organisation"), condition=models.Q(read_at__isnull=True), name="notification_unread"
            ),
        )

    def __str__(self) -> str:
        return self.text
