"""RiskAcceptance: what a buyer's executive accepts of a vendor, until when; it changes a verdict and never a fact.

    asked for ──► signed ──► lapses by itself after its last day
        │            └─────► revoked
        ├──► declined
        └──► withdrawn by who asked

What was asked for never changes: to change a word of it is to ask anew, and a renewal is a new row.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from evidence.models.owned import Owned, OwnedQuerySet
from rfp.models.questionnaire import Stage
from rfp.models.tender.participant import Participant


class RiskDecision(models.TextChoices):
    OPEN = "", "Waits for an executive"
    SIGNED = "signed", "Signed"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Withdrawn"


class RiskChanged(Exception):
    """An attempt to change what was asked for."""


class RiskAcceptance(Owned):
    """One request and what became of it. Names and titles are kept as they were on the day."""

    number = models.PositiveIntegerField()
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="risks")
    vendor = models.CharField(max_length=200, help_text="As it was called on the day of the request.")
    stage = models.CharField(max_length=10, choices=Stage.choices)
    requirements = models.JSONField(help_text="Ids of the catalogue; an id never stands for those that rest on it.")
    systems = models.JSONField(default=list, help_text="Names of AI systems; empty for all that are asked about.")
    reason = models.TextField()
    residual_risk = models.TextField()
    compensating_controls = models.TextField()
    expires_on = models.DateField()
    review_on = models.DateField()
    renews = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="renewals")
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    requested_name = models.CharField(max_length=200)
    requested_at = models.DateTimeField()
    decision = models.CharField(max_length=10, choices=RiskDecision.choices, default=RiskDecision.OPEN, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_name = models.CharField(max_length=200, blank=True)
    decided_title = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True, help_text="The day where the buyer is.")
    decided_because = models.TextField(blank=True)
    second_step = models.CharField(max_length=20, blank=True, help_text="What the signer showed beside the password.")
    digest = models.CharField(max_length=64, help_text="SHA-256 of what was asked for: what a signature is under.")
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    revoked_name = models.CharField(max_length=200, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_on = models.DateField(null=True, blank=True)
    revoked_because = models.TextField(blank=True)

    objects: ClassVar[OwnedQuerySet[RiskAcceptance]] = OwnedQuerySet.as_manager()  # type: ignore[assignment]  # as_manager is typed as Manager

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=("organisation", "number"), name="risk_number_is_unique"),
            models.CheckConstraint(condition=Q(decision__in=RiskDecision.values), name="risk_decision_is_known"),
            models.CheckConstraint(
                condition=Q(decision="", decided_at__isnull=True, decided_on__isnull=True)
                | (~Q(decision="") & Q(decided_at__isnull=False, decided_on__isnull=False)),
                name="risk_decision_has_its_day",
            ),
            models.CheckConstraint(
                condition=~Q(decision=RiskDecision.SIGNED) | (~Q(decided_title="") & ~Q(second_step="")),
                name="risk_signature_has_title_and_second_step",
            ),
            models.CheckConstraint(
                condition=~Q(decision=RiskDecision.SIGNED)
                | Q(decided_by__isnull=True)
                | Q(requested_by__isnull=True)
                | ~Q(decided_by=F("requested_by")),
                name="risk_is_signed_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_on__isnull=True)
                | Q(revoked_at__isnull=False, revoked_on__isnull=False, decision=RiskDecision.SIGNED),
                name="risk_revoked_was_signed",
            ),
        )

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        return f"RISK-{self.number}"

    def save(self, *args: object, **kwargs: object) -> None:
        """:raises RiskChanged: if the row is already stored; decisions are conditional updates"""
        if not self._state.adding:
            raise RiskChanged("What was asked for never changes: ask anew.")
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # passed on as it came
