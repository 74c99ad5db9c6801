"""Invitation: an address asked to join an organisation with some roles. The link in the mail is the only key to it."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models.functions import Lower

from accounts.models.membership import Role
from accounts.models.organisation import Organisation
from accounts.models.user import User


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def pending(self) -> InvitationQuerySet:
        """Neither accepted nor taken back; the time may be over."""
        return self.filter(accepted_at=None, revoked_at=None)

    def open(self, *, at: datetime) -> InvitationQuerySet:
        return self.pending().filter(expires_at__gt=at)


class Invitation(models.Model):
    """One address, one organisation. The token is never stored: its SHA-256 finds the row."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField()
    roles = models.JSONField(default=list)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(User, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ("email",)
        constraints = (
            models.UniqueConstraint(
                "organisation",
                Lower("email"),
                condition=models.Q(accepted_at__isnull=True, revoked_at__isnull=True),
                name="invitation_is_pending_once",
            ),
            models.CheckConstraint(
                condition=models.Q(accepted_at__isnull=True) | models.Q(revoked_at__isnull=True),
                name="invitation_is_accepted_or_revoked",
            ),
            models.CheckConstraint(
                condition=models.Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | models.Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="invitation_is_accepted_by_somebody",
            ),
        )

    def __str__(self) -> str:
        return f"{self.email} to {self.organisation}"

    @property
    def wanted(self) -> tuple[Role, ...]:
        return tuple(Role(role) for role in self.roles)

    @property
    def role_names(self) -> str:
        return ", ".join(role.label for role in self.wanted)
