"""AISystem: an AI system the vendor offers, and the changes that end older evidence about it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from evidence.models.owned import Owned, OwnedQuerySet


class AISystem(Owned):
    name = models.CharField(max_length=200)
    aliases = models.JSONField(default=list, blank=True, help_text="Other names that documents and buyers use.")
    kind = models.CharField(max_length=200, blank=True)
    takes_prompts = models.BooleanField(default=True)
    uses_tools = models.BooleanField(default=False, help_text="Agents or tool calls.")
    affects_people = models.BooleanField(default=True)
    high_impact = models.BooleanField(default=False)
    domain = models.CharField(max_length=80, blank=True)
    in_production_since = models.DateField(null=True, blank=True)
    retired_on = models.DateField(null=True, blank=True)

    objects: ClassVar[OwnedQuerySet[AISystem]] = OwnedQuerySet.as_manager()  # type: ignore[assignment]  # as_manager is typed as Manager

    class Meta:
        ordering = ("name",)
        constraints = (models.UniqueConstraint(fields=("organisation", "name"), name="system_name_is_unique"),)

    def __str__(self) -> str:
        return self.name


class MaterialChange(models.Model):
    """A new base model, training data class, tool, autonomy or decision use (rule R-CHANGE)."""

    system = models.ForeignKey(AISystem, on_delete=models.CASCADE, related_name="material_changes")
    happened_on = models.DateField()
    description = models.CharField(max_length=300)

    class Meta:
        ordering = ("system", "happened_on", "pk")

    def __str__(self) -> str:
        return f"{self.system} {self.happened_on}: {self.description}"
