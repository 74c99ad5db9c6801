"""Questionnaire: a buyer's file and the deal it is about."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from evidence.models import AISystem, StoredFile
from evidence.models.owned import Owned, OwnedQuerySet
from rfp.models.layout import RememberedLayout


class Stage(models.TextChoices):
    """When proof is asked for (rule G-7)."""

    CONTRACT = "contract", "Contract"
    PILOT = "pilot", "Pilot"
    PRODUCTION = "production", "Production"


class QuestionnaireState(models.TextChoices):
    """received -> read -> mapped -> drafted -> exported; each step can be run again."""

    RECEIVED = "received", "Received"
    READ = "read", "Read"
    MAPPED = "mapped", "Mapped"
    DRAFTED = "drafted", "Drafted"
    EXPORTED = "exported", "Files made"


class LayoutOrigin(models.TextChoices):
    """Where the layout came from that the questions were read with."""

    DETECTED = "detected", "Detected"
    REMEMBERED = "remembered", "Remembered"
    CONFIRMED = "confirmed", "Confirmed"


def buyer_key(buyer: str) -> str:
    """Return a buyer's name without what does not tell two buyers apart: case and spaces."""
    return " ".join(buyer.split()).casefold()


class Questionnaire(Owned):
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=255, help_text="As it was uploaded; the same bytes may come under others.")
    title = models.CharField(max_length=255)
    buyer = models.CharField(max_length=200, blank=True)
    buyer_key = models.CharField(max_length=600, blank=True, help_text="The buyer as deals are told apart by it.")
    state = models.CharField(max_length=10, choices=QuestionnaireState.choices, default=QuestionnaireState.RECEIVED)
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.CONTRACT)
    systems = models.ManyToManyField(AISystem, related_name="+", blank=True)
    nda_signed = models.BooleanField(default=False, help_text="Answers under NDA may go to this buyer.")
    region = models.CharField(max_length=80, blank=True, help_text="Where the buyer is, e.g. EU; empty if not known.")
    sectors = models.JSONField(default=list, help_text="Add-ons of the buyer's profile, e.g. eu_financial.")
    due_on = models.DateField(null=True, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, help_text="Raised by each change of the deal.")
    layout = models.TextField(blank=True, help_text="The layout in the form of a layout file.")
    layout_fingerprint = models.CharField(max_length=64, blank=True)
    layout_confidence = models.FloatField(null=True, blank=True)
    layout_origin = models.CharField(max_length=10, choices=LayoutOrigin.choices, default=LayoutOrigin.DETECTED)
    remembered_layout = models.ForeignKey(
        RememberedLayout, null=True, blank=True, on_delete=models.SET_NULL, related_name="questionnaires"
    )
    layout_confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    layout_confirmed_at = models.DateTimeField(null=True, blank=True)
    mapping_version = models.CharField(max_length=80, blank=True)
    mapped_by = models.ManyToManyField(
        "rfp.MappingVersion", related_name="+", blank=True, help_text="The published versions it was mapped with."
    )
    calibration = models.CharField(max_length=200, blank=True, help_text="Whose decisions the line was set from.")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()

    objects: ClassVar[OwnedQuerySet[Questionnaire]] = OwnedQuerySet.as_manager()  # type: ignore[assignment]  # as_manager is typed as Manager

    class Meta:
        ordering = ("-created_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state__in=QuestionnaireState.values), name="questionnaire_state_is_known"
            ),
            models.CheckConstraint(condition=models.Q(stage__in=Stage.values), name="questionnaire_stage_is_known"),
            models.UniqueConstraint(
                fields=("organisation", "file", "buyer_key"), name="questionnaire_file_is_imported_once_per_buyer"
            ),
        )

    def __str__(self) -> str:
        return self.title
