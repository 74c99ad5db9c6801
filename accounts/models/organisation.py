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
    kept_by = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="kept",
        help_text="The buyer that keeps this vendor's papers, where the vendor does not work here itself.",
    )
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("name",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(kept_by__isnull=True) | models.Q(kind=OrganisationKind.VENDOR),
                name="organisation_that_is_kept_is_a_vendor",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=OrganisationKind.values), name="organisation_kind_is_known"
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def shown_name(self) -> str:
        """Return the name as people choose it by, which tells a vendor from the papers that are kept for it."""
        return f"{self.name} (kept by us)" if self.kept_by_id else self.name

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)
