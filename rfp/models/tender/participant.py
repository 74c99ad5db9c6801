"""Who takes part in a tender, by which links they get in, and which evaluators declared an interest in whom."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models import Organisation
from rfp.models.tender.tender import Tender


class Participant(models.Model):
    """A vendor in a tender: one that works on this platform, or one for which the buyer keeps an organisation."""

    tender = models.ForeignKey(Tender, on_delete=models.CASCADE, related_name="participants")
    name = models.CharField(max_length=200)
    alias = models.CharField(max_length=40, help_text="What evaluators see instead of the name in a blind tender.")
    vendor_organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="On this platform."
    )
    kept_organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="Kept by the buyer."
    )
    price = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    invited_at = models.DateTimeField()
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("tender", "pk")
        constraints = (
            models.UniqueConstraint(fields=("tender", "name"), name="participant_name_is_unique"),
            models.UniqueConstraint(fields=("tender", "alias"), name="participant_alias_is_unique"),
            models.UniqueConstraint(fields=("tender", "vendor_organisation"), name="participant_vendor_is_one"),
            models.CheckConstraint(
                condition=Q(vendor_organisation__isnull=False, kept_organisation__isnull=True)
                | Q(vendor_organisation__isnull=True, kept_organisation__isnull=False),
                name="participant_is_one_organisation",
            ),
            models.CheckConstraint(condition=Q(price__isnull=True) | Q(price__gte=0), name="participant_price_is_one"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def organisation(self) -> Organisation:
        """Return whose evidence is judged."""
        kept = self.kept_organisation or self.vendor_organisation
        if kept is None:
            raise AssertionError("the database keeps one of them set")
        return kept

    @property
    def is_on_platform(self) -> bool:
        return self.vendor_organisation_id is not None


class UploadLinkQuerySet(models.QuerySet["UploadLink"]):
    def live(self, *, at: datetime) -> UploadLinkQuerySet:
        """Neither taken back, nor too old, nor of a vendor that withdrew."""
        return self.filter(revoked_at=None, expires_at__gt=at, participant__withdrawn_at=None)


class UploadLink(models.Model):
    """A way in for a vendor without an account. Neither the token nor the code is stored: their SHA-256 is.

    A code is sent to ``email`` alone. Each code that was typed rightly opens the link once (``used``); after
    ``max_uses`` openings it opens no more.
    """

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="links")
    email = models.EmailField()
    token_hash = models.CharField(max_length=64, unique=True)
    code_hash = models.CharField(max_length=64, blank=True)
    code_expires_at = models.DateTimeField(null=True, blank=True)
    code_tries = models.PositiveSmallIntegerField(default=0, help_text="Wrong codes typed since the last was sent.")
    expires_at = models.DateTimeField()
    max_uses = models.PositiveSmallIntegerField(default=20)
    used = models.PositiveSmallIntegerField(default=0)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = UploadLinkQuerySet.as_manager()

    class Meta:
        ordering = ("participant", "-created_at", "-pk")
        constraints = (
            models.CheckConstraint(condition=Q(used__lte=F("max_uses")), name="upload_link_is_not_overused"),
        )

    def __str__(self) -> str:
        return f"link for {self.email} of {self.participant}"


class InterestDeclaration(models.Model):
    """What an evaluator says about interests in a vendor, or in none of them; the latest about each counts."""

    tender = models.ForeignKey(Tender, on_delete=models.CASCADE, related_name="declarations")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    participant = models.ForeignKey(
        Participant, null=True, blank=True, on_delete=models.CASCADE, related_name="declarations"
    )
    conflicted = models.BooleanField(help_text="Whether the person must not score this vendor.")
    text = models.TextField(blank=True)
    declared_at = models.DateTimeField()

    class Meta:
        ordering = ("tender", "user", "-declared_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(conflicted=False) | Q(participant__isnull=False, text__gt=""),
                name="interest_declaration_says_in_whom_and_what",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} on {self.participant or 'all vendors'}"
