"""EvidenceGrant: a vendor lets one buyer see one piece of evidence for one tender, until a day."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models

from evidence.models import Evidence
from evidence.models.owned import Owned, OwnedQuerySet
from rfp.models.tender.tender import Tender


class EvidenceGrantQuerySet(OwnedQuerySet["EvidenceGrant"]):
    def active(self, *, at: datetime) -> Self:
        """Not taken back, not over, and under an NDA only once the buyer has accepted it."""
        accepted = models.Q(nda_hash="") | models.Q(nda_accepted_at__isnull=False)
        return self.filter(accepted, revoked_at=None, expires_at__gt=at)


class EvidenceGrant(Owned):
    """``organisation`` is the vendor that grants; the recipient is the organisation of the tender."""

    tender = models.ForeignKey(Tender, on_delete=models.CASCADE, related_name="grants")
    evidence = models.ForeignKey(Evidence, on_delete=models.CASCADE, related_name="grants")
    purpose = models.CharField(max_length=300)
    expires_at = models.DateTimeField()
    nda_text = models.TextField(blank=True, help_text="What the buyer has to agree to first; empty for nothing.")
    nda_hash = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the text that was agreed to.")
    nda_accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    nda_accepted_at = models.DateTimeField(null=True, blank=True)
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    granted_at = models.DateTimeField()
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[EvidenceGrantQuerySet] = EvidenceGrantQuerySet.as_manager()  # type: ignore[assignment]  # as_manager is typed as Manager

    class Meta:
        ordering = ("tender", "evidence", "-granted_at")
        constraints = (
            models.UniqueConstraint(
                fields=("tender", "evidence"), condition=models.Q(revoked_at__isnull=True), name="grant_is_given_once"
            ),
            models.CheckConstraint(condition=~models.Q(purpose=""), name="grant_has_a_purpose"),
        )

    def __str__(self) -> str:
        return f"{self.evidence} for {self.tender}"
