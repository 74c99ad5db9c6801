"""Judgement: what a vendor's proof was worth for a tender on a day, frozen; and which one holds now."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from rfp.models.frozen import Frozen, FrozenQuerySet
from rfp.models.questionnaire import Stage
from rfp.models.tender.participant import Participant
from rfp.models.tender.submission import Submission, SubmittedAnswer
from rfp.models.tender.tender import TenderQuestion


class Judgement(Frozen):
    """The verdict and all it rests on. Judged again with the same result, the earlier one goes on to hold."""

    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="judgements")
    number = models.PositiveIntegerField()
    as_of = models.DateField(help_text="The day in the buyer's zone.")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    stage = models.CharField(max_length=10, choices=Stage.choices)
    add_ons = models.JSONField(help_text="Of the buyer's profile.")
    systems = models.JSONField(help_text="[[name in the tender, the vendor's name for it or nothing], ...]")
    verdict = models.CharField(max_length=30)
    readiness = models.PositiveSmallIntegerField(null=True, help_text="0 to 99 while the gate fails, else to 100.")
    readiness_by_category = models.JSONField()
    readiness_of_add_ons = models.FloatField(null=True)
    categories = models.JSONField(help_text="By category: passed, failed, under_review or not_assessed.")
    open_requirements = models.JSONField(help_text="Those of the gate that are not met.")
    accepted = models.JSONField(help_text="By open requirement: the reference of the accepted risk that covers it.")
    lapsing = models.JSONField(help_text="References of accepted risks that end within the time of warning.")
    expires_on = models.DateField(null=True, help_text="The first last day of what is met.")
    expires_by_category = models.JSONField()
    catalogue_version = models.CharField(max_length=40)
    catalogue_digest = models.CharField(max_length=64)
    evidence_snapshot = models.JSONField(help_text="[[reference, revision, SHA-256 of the file], ...]")
    submission = models.ForeignKey(Submission, null=True, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, help_text="SHA-256 of what it says, without the day.")

    objects: ClassVar[models.Manager[Judgement]] = models.Manager.from_queryset(FrozenQuerySet)()

    class Meta:
        ordering = ("participant", "-number")
        constraints = (models.UniqueConstraint(fields=("participant", "number"), name="judgement_number_is_unique"),)

    def __str__(self) -> str:
        return f"{self.participant}: {self.verdict} on {self.as_of}"


class JudgedRequirement(Frozen):
    """The state of one requirement in a judgement."""

    judgement = models.ForeignKey(Judgement, on_delete=models.PROTECT, related_name="requirements")
    requirement = models.CharField(max_length=20)
    state = models.CharField(max_length=20)
    problems = models.JSONField(help_text="[[rule, sentence], ...]")
    evidence = models.JSONField(help_text="References of what was judged best, accepted or not.")
    expires_on = models.DateField(null=True)
    systems_open = models.JSONField(default=list)

    objects: ClassVar[models.Manager[JudgedRequirement]] = models.Manager.from_queryset(FrozenQuerySet)()

    class Meta:
        ordering = ("judgement", "pk")
        constraints = (
            models.UniqueConstraint(fields=("judgement", "requirement"), name="judged_requirement_is_unique"),
        )

    def __str__(self) -> str:
        return f"{self.requirement} {self.state}"


class JudgedClaim(Frozen):
    """What proof says of one answer. ``standing`` is one of :class:`scoring.tender.offers.Standing`."""

    judgement = models.ForeignKey(Judgement, on_delete=models.PROTECT, related_name="claims")
    question = models.ForeignKey(TenderQuestion, on_delete=models.PROTECT, related_name="+")
    answer = models.ForeignKey(SubmittedAnswer, null=True, on_delete=models.PROTECT, related_name="+")
    standing = models.CharField(max_length=20)
    because = models.JSONField(help_text="[[requirement, rule, sentence], ...]")
    cites = models.JSONField(help_text="[[reference, revision id, page or 0, quote], ...]")

    objects: ClassVar[models.Manager[JudgedClaim]] = models.Manager.from_queryset(FrozenQuerySet)()

    class Meta:
        ordering = ("judgement", "question")
        constraints = (models.UniqueConstraint(fields=("judgement", "question"), name="judged_claim_is_unique"),)

    def __str__(self) -> str:
        return f"{self.question}: {self.standing}"


class JudgedVendor(models.Model):
    """The judgement that holds for a vendor, and the day on which it was last found to."""

    participant = models.OneToOneField(Participant, on_delete=models.CASCADE, related_name="judged")
    judgement = models.ForeignKey(Judgement, on_delete=models.PROTECT, related_name="+")
    looked_on = models.DateField()
    looked_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.judgement}, looked at on {self.looked_on}"
