"""Draft: a document whose facts a person is still comparing with its text. It becomes a revision, or is thrown away."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from evidence.models.library import Evidence
from evidence.models.owned import Owned, OwnedQuerySet
from evidence.models.stored_file import StoredFile


class Draft(Owned):
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    evidence = models.ForeignKey(
        Evidence,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="drafts",
        help_text="What it becomes the next revision of; empty for something new.",
    )
    pages = models.JSONField(default=list, help_text="The text of the file by page.")
    problem = models.CharField(max_length=400, blank=True, help_text="Why no text was read.")
    proposals = models.JSONField(default=dict, help_text="By field: value, page, quote, sure.")
    values = models.JSONField(default=dict, help_text="By field: what the form holds.")
    reference = models.CharField(max_length=60, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    saved_at = models.DateTimeField()

    objects: ClassVar[OwnedQuerySet[Draft]] = OwnedQuerySet.as_manager()  # type: ignore[assignment]  # as_manager is typed as Manager

    class Meta:
        ordering = ("-created_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "file"),
                condition=models.Q(evidence__isnull=True),
                name="draft_of_a_new_file_is_one",
            ),
            models.UniqueConstraint(
                fields=("evidence",), condition=models.Q(evidence__isnull=False), name="draft_of_evidence_is_one"
            ),
        )

    def __str__(self) -> str:
        return self.values.get("title") or (self.file.name if self.file else "") or "Draft"
