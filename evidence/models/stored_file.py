"""StoredFile: the name and hash of a file an organisation holds; the bytes are in the store, once."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from evidence.models.owned import Owned, OwnedQuerySet


class StoredFile(Owned):
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=255)
    size = models.PositiveBigIntegerField()
    stored_at = models.DateTimeField()

    objects: ClassVar[OwnedQuerySet[StoredFile]] = OwnedQuerySet.as_manager()  # type: ignore[assignment]  # as_manager is typed as Manager

    class Meta:
        ordering = ("-stored_at", "-pk")
        constraints = (models.UniqueConstraint(fields=("organisation", "sha256"), name="file_is_held_once"),)

    def __str__(self) -> str:
        return self.name
