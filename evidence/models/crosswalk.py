"""The crosswalk between items of frameworks, as states that are added and never overwritten."""

from __future__ import annotations

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models import Organisation
from evidence.models.catalogue import Control, seen_by


class Relation(models.TextChoices):
    """How the source relates to the target, in the names of OSCAL control mapping."""

    EQUAL_TO = "equal-to", "equal to"
    EQUIVALENT_TO = "equivalent-to", "equivalent to"
    SUBSET_OF = "subset-of", "part of"
    SUPERSET_OF = "superset-of", "contains"
    INTERSECTS_WITH = "intersects-with", "overlaps with"
    NO_RELATIONSHIP = "no-relationship", "not related to"


class CrosswalkStatus(models.TextChoices):
    DRAFT = "draft", "Draft"
    CONFIRMED = "confirmed", "Confirmed"
    REMOVED = "removed", "Removed"


class CrosswalkQuerySet(models.QuerySet["Crosswalk"]):
    def seen_by(self, organisation: Organisation) -> Self:
        """Return the states in force that an organisation sees; of one pair there may be one for each owner."""
        return self.filter(seen_by(organisation), current=True).filter(
            seen_by(organisation, "source__framework__owner"), seen_by(organisation, "target__framework__owner")
        )


class Crosswalk(models.Model):
    """One state of how a source item relates to a target item, for one owner.

    A change adds a state and lets go of the one ``before`` it; undoing a state brings that one back. Without an owner
    it is shipped. What an organisation states of a pair counts for it in place of what the provider states, and that
    in place of what is shipped.
    """

    owner = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    source = models.ForeignKey(Control, on_delete=models.CASCADE, related_name="maps_to")
    target = models.ForeignKey(Control, on_delete=models.CASCADE, related_name="mapped_from")
    relation = models.CharField(max_length=20, choices=Relation.choices)
    confidence = models.CharField(max_length=20, blank=True)
    rationale = models.TextField(blank=True)
    status = models.CharField(max_length=10, choices=CrosswalkStatus.choices, default=CrosswalkStatus.DRAFT)
    current = models.BooleanField(default=True)
    before = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="after")
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    changed_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[CrosswalkQuerySet] = CrosswalkQuerySet.as_manager()  # type: ignore[assignment]  # as_manager is typed as Manager

    class Meta:
        ordering = ("source", "target", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("source", "target"),
                condition=Q(owner__isnull=True, current=True),
                name="shipped_crosswalk_pair_is_unique",
            ),
            models.UniqueConstraint(
                fields=("owner", "source", "target"),
                condition=Q(current=True),
                name="crosswalk_pair_is_unique_for_its_owner",
            ),
            models.CheckConstraint(condition=~Q(source=F("target")), name="crosswalk_joins_two_items"),
            models.CheckConstraint(condition=Q(relation__in=Relation.values), name="crosswalk_relation_is_known"),
            models.CheckConstraint(condition=Q(status__in=CrosswalkStatus.values), name="crosswalk_status_is_known"),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True) | Q(current=False), name="crosswalk_undone_is_not_in_force"
            ),
        )

    def __str__(self) -> str:
        return f"{self.source} {self.relation} {self.target}"
