"""Tender: what a buyer asks several vendors, and by which rules their answers are scored."""

from __future__ import annotations

from typing import ClassVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from evidence.models.owned import Owned, OwnedQuerySet
from rfp.models.questionnaire import Questionnaire, Stage
from rfp.models.tender.state import TenderState, state_of

FROM_ONE_TO_FIVE = (MinValueValidator(1), MaxValueValidator(5))


class PriceFormula(models.TextChoices):
    """How a price becomes points; declared before anybody names one."""

    NONE = "none", "The price is not scored"
    LOWEST_PROPORTIONAL = "lowest_proportional", "Lowest price divided by the price"
    LINEAR_ENVELOPE = "linear_envelope", "In a straight line: all points at nothing, none at the envelope"


class Tender(Owned):
    """The rows below it are the rules as they stand. Scoring reads them from a :class:`SealedVersion` alone."""

    name = models.CharField(max_length=200)
    reference = models.CharField(max_length=60, blank=True, help_text="The buyer's own number for it.")
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.CONTRACT)
    add_ons = models.JSONField(default=list, blank=True, help_text="Add-ons of the buyer's profile, e.g. eu_financial.")
    systems = models.JSONField(default=list, blank=True, help_text="Names of the AI systems in question.")
    impact = models.PositiveSmallIntegerField(default=3, validators=FROM_ONE_TO_FIVE)
    likelihood = models.PositiveSmallIntegerField(default=3, validators=FROM_ONE_TO_FIVE)
    blind = models.BooleanField(default=False, help_text="Evaluators see an alias instead of the vendor's name.")
    price_formula = models.CharField(max_length=20, choices=PriceFormula.choices, default=PriceFormula.NONE)
    price_envelope = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    price_weight = models.DecimalField(
        max_digits=9, decimal_places=4, default=0, help_text="Beside the weights of the criteria, in the same unit."
    )
    currency = models.CharField(max_length=3, default="EUR")
    time_zone = models.CharField(max_length=60, default="UTC", help_text="Days and the due time are counted in it.")
    questionnaire = models.OneToOneField(
        Questionnaire,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="tender",
        help_text="The form that vendors fill in.",
    )
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    due_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, help_text="Raised by each change of the definition.")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    # Each of these is an act of its own: none of them brings about another.
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    scoring_opened_at = models.DateTimeField(null=True, blank=True)
    awarded_at = models.DateTimeField(null=True, blank=True)
    award = models.ForeignKey("rfp.Participant", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[OwnedQuerySet[Tender]] = OwnedQuerySet.as_manager()  # type: ignore[assignment]  # as_manager is typed as Manager

    class Meta:
        ordering = ("-created_at", "-pk")
        constraints = (
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="tender_stage_is_known"),
            models.CheckConstraint(condition=Q(price_formula__in=PriceFormula.values), name="tender_formula_is_known"),
            models.CheckConstraint(condition=Q(impact__range=(1, 5)), name="tender_impact_is_from_1_to_5"),
            models.CheckConstraint(condition=Q(likelihood__range=(1, 5)), name="tender_likelihood_is_from_1_to_5"),
            models.CheckConstraint(condition=Q(price_weight__gte=0), name="tender_price_weight_is_not_negative"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(opened_at__isnull=False), name="tender_is_opened_before_closed"
            ),
            models.CheckConstraint(
                condition=Q(scoring_opened_at__isnull=True) | Q(closed_at__isnull=False),
                name="tender_is_closed_before_scored",
            ),
            models.CheckConstraint(
                condition=Q(awarded_at__isnull=True, award__isnull=True)
                | Q(awarded_at__isnull=False, award__isnull=False, scoring_opened_at__isnull=False),
                name="tender_award_has_its_time_and_follows_scoring",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def state(self) -> TenderState:
        return state_of(
            opened=self.opened_at is not None,
            closed=self.closed_at is not None,
            scoring_opened=self.scoring_opened_at is not None,
            awarded=self.awarded_at is not None,
        )

    @property
    def is_draft(self) -> bool:
        return self.state is TenderState.DRAFT

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)


class Criterion(models.Model):
    """What a group of questions is weighed for, such as security or service."""

    tender = models.ForeignKey(Tender, on_delete=models.CASCADE, related_name="criteria")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    weight = models.DecimalField(max_digits=9, decimal_places=4)
    guidance = models.TextField(blank=True, help_text="For scorers; never in a file for vendors.")

    class Meta:
        ordering = ("tender", "position", "pk")
        constraints = (
            models.UniqueConstraint(fields=("tender", "name"), name="criterion_name_is_unique"),
            models.CheckConstraint(condition=Q(weight__gte=0), name="criterion_weight_is_not_negative"),
        )

    def __str__(self) -> str:
        return self.name


class TenderQuestion(models.Model):
    """A question of the form with the rules it is scored by. Words and cells are those of ``question``."""

    tender = models.ForeignKey(Tender, on_delete=models.CASCADE, related_name="questions")
    question = models.OneToOneField("rfp.Question", on_delete=models.PROTECT, related_name="in_tender")
    position = models.PositiveIntegerField()
    criterion = models.ForeignKey(Criterion, null=True, blank=True, on_delete=models.SET_NULL, related_name="questions")
    kind = models.CharField(max_length=20, help_text="How it is answered: choice, tick, text, date, number.")
    options = models.JSONField(default=list, help_text="The labels to choose from, in the order of the form.")
    weight = models.DecimalField(max_digits=9, decimal_places=4, default=1)
    knock_out = models.BooleanField(default=False)
    accepted = models.JSONField(default=list, help_text="Labels that pass a knock-out.")
    info_only = models.BooleanField(default=False, help_text="Read, and not scored.")
    guidance = models.TextField(blank=True, help_text="For scorers; never in a file for vendors.")
    rule = models.JSONField(default=dict, help_text='What each label scores, 0 to 1 as text: {"Yes": "1"}.')
    requirements = models.JSONField(default=list, help_text="Refs of the checklist that it asks about.")

    class Meta:
        ordering = ("tender", "position")
        constraints = (
            models.UniqueConstraint(fields=("tender", "position"), name="tender_question_position_is_unique"),
            models.CheckConstraint(condition=Q(weight__gte=0), name="tender_question_weight_is_not_negative"),
            models.CheckConstraint(
                condition=Q(knock_out=False) | Q(info_only=False), name="tender_question_knock_out_is_no_information"
            ),
        )

    def __str__(self) -> str:
        return f"{self.position}: {self.text[:80]}"

    @property
    def text(self) -> str:
        return self.question.text

    @property
    def section(self) -> str:
        return self.question.section

    @property
    def number(self) -> str:
        return self.question.number or str(self.position)

    @property
    def key(self) -> str:
        return self.question.key


class Evaluator(models.Model):
    """A person who scores, in a group, some of the criteria or all of them."""

    tender = models.ForeignKey(Tender, on_delete=models.CASCADE, related_name="evaluators")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    group = models.CharField(max_length=60, blank=True)
    criteria = models.ManyToManyField(Criterion, related_name="+", blank=True, help_text="Empty: all of them.")
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("tender", "group", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("tender", "user"), condition=Q(removed_at__isnull=True), name="evaluator_is_named_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} scores {self.tender}"
