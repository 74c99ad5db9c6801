"""Frameworks in the database: what mappings, findings and pages refer to.

The judging rules are read from the data files (``evidence.catalogs``). The rows here name what was loaded from them,
and what organisations brought in beside it: a framework without an owner is shipped and everybody's, one of a provider
is shared with everybody, any other is seen by its owner alone.
"""

from __future__ import annotations

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Organisation, OrganisationKind


class CatalogueRelease(models.Model):
    """One loaded version of the catalogue; loading the same content again changes nothing."""

    catalogue = models.CharField(max_length=80)
    version = models.CharField(max_length=40)
    as_of = models.DateField()
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 over the data files.")
    loaded_at = models.DateTimeField()

    class Meta:
        ordering = ("-loaded_at", "-pk")
        get_latest_by = ("loaded_at", "pk")

    def __str__(self) -> str:
        return f"{self.catalogue} {self.version}"


def seen_by(organisation: Organisation, owner: str = "owner") -> Q:
    """Return the condition under which an organisation sees a row, by the name of the field that holds its owner."""
    return (
        Q(**{f"{owner}__isnull": True})
        | Q(**{owner: organisation})
        | Q(**{f"{owner}__kind": OrganisationKind.PROVIDER})
    )


class FrameworkQuerySet(models.QuerySet["Framework"]):
    def seen_by(self, organisation: Organisation) -> Self:
        """Return what is shipped, what the provider shares, and the organisation's own."""
        return self.filter(seen_by(organisation))

    def shipped(self) -> Self:
        return self.filter(owner=None)


class Framework(models.Model):
    """A framework in one edition; the checklist of the mandate is one of them. A new edition is a row of its own."""

    owner = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    slug = models.CharField(max_length=60, help_text="Its id in files and mappings, such as nist-ai-rmf-1.0.")
    name = models.CharField(max_length=200)
    edition = models.CharField(max_length=120)
    publisher = models.CharField(max_length=120, blank=True)
    status = models.CharField(max_length=40)
    effective_on = models.DateField(null=True, blank=True)
    supersedes = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="newer")
    superseded_on = models.DateField(null=True, blank=True)
    licence_note = models.TextField(blank=True)
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    imported_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[FrameworkQuerySet] = FrameworkQuerySet.as_manager()  # type: ignore[assignment]  # as_manager is typed as Manager

    class Meta:
        ordering = ("slug", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("slug",), condition=Q(owner__isnull=True), name="shipped_framework_slug_is_unique"
            ),
            models.UniqueConstraint(fields=("owner", "slug"), name="framework_slug_is_unique_for_its_owner"),
        )

    def __str__(self) -> str:
        return f"{self.name} {self.edition}"


class FrameworkAlias(models.Model):
    """Another name under which buyers ask for a framework."""

    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=120)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("framework", "pk")
        constraints = (models.UniqueConstraint(fields=("framework", "name"), name="framework_alias_is_unique"),)

    def __str__(self) -> str:
        return self.name


class Control(models.Model):
    """An item of a framework: a requirement, a control, a clause, a subcategory or a named threat."""

    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="controls")
    ref = models.CharField(max_length=60)
    title = models.CharField(max_length=300)
    kind = models.CharField(max_length=60, blank=True)
    text = models.TextField(blank=True)
    group = models.CharField(max_length=200, blank=True, help_text="The heading it stands under.")
    predecessors = models.JSONField(default=list, help_text="Refs of the edition before that it came from.")
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("framework", "position", "pk")
        constraints = (models.UniqueConstraint(fields=("framework", "ref"), name="control_ref_is_unique"),)

    def __str__(self) -> str:
        return f"{self.framework.slug} {self.ref}"
