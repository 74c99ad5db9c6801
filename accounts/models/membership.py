"""Membership: what a person may do in one organisation."""

from __future__ import annotations

from django.db import models

from accounts.models.organisation import Organisation
from accounts.models.user import User


class Role(models.TextChoices):
    SALES_ENGINEER = "sales_engineer", "Sales engineer"
    EVIDENCE_OWNER = "evidence_owner", "Evidence owner"
    EXPERT = "expert", "Expert"
    APPROVER = "approver", "Approver"
    MAPPING_ADMINISTRATOR = "mapping_administrator", "Mapping administrator"
    PROCUREMENT = "procurement", "Procurement"
    EVALUATOR = "evaluator", "Evaluator"
    EXECUTIVE = "executive", "Executive"
    ADMINISTRATOR = "administrator", "Organisation administrator"


class Membership(models.Model):
    """One role of a person in an organisation; several roles are several rows."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=30, choices=Role.choices)
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("organisation", "user", "role")
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "user", "role"),
                condition=models.Q(ended_at__isnull=True),
                name="membership_role_is_held_once",
            ),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="membership_role_is_known"),
        )

    def __str__(self) -> str:
        return f"{self.user} as {self.get_role_display()} of {self.organisation}"
