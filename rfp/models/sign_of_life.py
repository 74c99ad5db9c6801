"""SignOfLife: the latest moment at which a process that does jobs said that it is there."""

from __future__ import annotations

from django.db import models


class SignOfLife(models.Model):
    name = models.CharField(max_length=200, unique=True, help_text="The machine, and the process on it.")
    seen_at = models.DateTimeField()

    class Meta:
        ordering = ("name",)
        get_latest_by = "seen_at"

    def __str__(self) -> str:
        return self.name
