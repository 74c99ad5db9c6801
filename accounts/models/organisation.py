"""Organisation: the owner of every row that is not the shared catalogue."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.db import models


class OrganisationKind(models.TextChoices):
    VENDOR = "vendor", "Vendor"
    BUYER = "buyer", "Buyer"
    PROVIDER = "provider", "Provider of this service"


class Organisation(models.Model):
    """A vendor, a buyer, or the provider that keeps the shared mapping."""

    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(max_length=10, choices=OrganisationKind.choices)
    legal_entity = models.CharField(max_length=200, blank=True, help_text="The entity that signs contracts.")
    time_zone = models.CharField(max_length=60, default="UTC", help_text="Evidence is judged on dates in this zone.")
    requires_two_factor = models.BooleanField(
        default=False, help_text="Members get in only with a second step at sign-in."
    )
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("name",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(kind__in=OrganisationKind.values), name="organisation_kind_is_known"
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)
