"""RememberedLayout: a confirmed layout, used for the next file of the same shape."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from evidence.models import StoredFile
from evidence.models.owned import Owned, OwnedQuerySet


class RememberedLayout(Owned):
    fingerprint = models.CharField(max_length=64)
    name = models.CharField(max_length=200, blank=True)
    layout = models.TextField()
    detected = models.TextField(blank=True, help_text="What was detected on the file it was confirmed on.")
    origin = models.ForeignKey(
        StoredFile, null=True, on_delete=models.SET_NULL, related_name="+", help_text="The file it was confirmed on."
    )
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    confirmed_at = models.DateTimeField()

    objects: ClassVar[OwnedQuerySet[RememberedLayout]] = OwnedQuerySet.as_manager()  # type: ignore[assignment]  # as_manager is typed as Manager

    class Meta:
        ordering = ("name", "pk")
        constraints = (
            models.UniqueConstraint(fields=("organisation", "fingerprint"), name="layout_shape_is_remembered_once"),
        )

    def __str__(self) -> str:
        return self.name or self.fingerprint[:12]
