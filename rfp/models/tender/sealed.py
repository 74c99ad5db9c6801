"""SealedVersion: the rules of a tender as they were fixed. A later change is a new version; the old ones stay."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from rfp.models.frozen import Frozen, FrozenQuerySet, NeverChanges
from rfp.models.tender.tender import Tender


class SealedChanged(NeverChanges):
    """An attempt to change or delete sealed rules."""

    def __init__(self) -> None:
        Exception.__init__(self, "Sealed rules never change: seal a new version with its reason.")


class SealedVersion(Frozen):
    """``digest`` is the SHA-256 of the payload as canonical JSON (see :func:`rfp.queries.tenders.sealing.digest`)."""

    refusal = SealedChanged

    tender = models.ForeignKey(Tender, on_delete=models.PROTECT, related_name="sealed_versions")
    number = models.PositiveIntegerField()
    payload = models.JSONField()
    digest = models.CharField(max_length=64)
    reason = models.TextField(blank=True, help_text="Why the rules changed; empty for the first version.")
    sealed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    sealed_at = models.DateTimeField()

    objects: ClassVar[models.Manager[SealedVersion]] = models.Manager.from_queryset(FrozenQuerySet)()

    class Meta:
        ordering = ("tender", "number")
        get_latest_by = "number"
        constraints = (
            models.UniqueConstraint(fields=("tender", "number"), name="sealed_version_number_is_unique"),
            models.CheckConstraint(
                condition=models.Q(number=1) | ~models.Q(reason=""), name="sealed_version_after_the_first_has_a_reason"
            ),
        )

    def __str__(self) -> str:
        return f"Version {self.number} of {self.tender}"
