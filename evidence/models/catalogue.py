"""The shared catalogue in the database: what mappings, findings and pages refer to.

The rules themselves are read from the data files (``evidence.catalogs``); these rows name what was loaded,
with the version that every verdict stores. The catalogue belongs to no organisation.
"""

from __future__ import annotations

from django.db import models


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


class Framework(models.Model):
    """A framework in one edition."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    edition = models.CharField(max_length=120)
    publisher = models.CharField(max_length=120, blank=True)
    status = models.CharField(max_length=40)
    effective_on = models.DateField(null=True, blank=True)
    superseded_by = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="older")
    superseded_on = models.DateField(null=True, blank=True)
    licence_note = models.TextField(blank=True)

    class Meta:
        ordering = ("slug",)

    def __str__(self) -> str:
        return f"{self.name} {self.edition}"


class Control(models.Model):
    """An item of a framework: a control, a clause, a subcategory or a named threat."""

    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="controls")
    ref = models.CharField(max_length=60)
    title = models.CharField(max_length=300)
    kind = models.CharField(max_length=60, blank=True)
    text = models.TextField(blank=True)

    class Meta:
        ordering = ("framework", "pk")
        constraints = (models.UniqueConstraint(fields=("framework", "ref"), name="control_ref_is_unique"),)

    def __str__(self) -> str:
        return f"{self.framework.slug} {self.ref}"


class Requirement(models.Model):
    """A requirement of the mandate's checklist."""

    ref = models.CharField(max_length=20, unique=True)
    category = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)
    weight = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField()
    release = models.ForeignKey(CatalogueRelease, on_delete=models.PROTECT, related_name="requirements")

    class Meta:
        ordering = ("position",)

    def __str__(self) -> str:
        return f"{self.ref} {self.title}"


class Crosswalk(models.Model):
    """How a requirement relates to a control, in the relation names of OSCAL control mapping."""

    class Relation(models.TextChoices):
        EQUAL_TO = "equal-to"
        EQUIVALENT_TO = "equivalent-to"
        SUBSET_OF = "subset-of"
        SUPERSET_OF = "superset-of"
        INTERSECTS_WITH = "intersects-with"
        NO_RELATIONSHIP = "no-relationship"

    requirement = models.ForeignKey(Requirement, on_delete=models.CASCADE, related_name="crosswalk")
    control = models.ForeignKey(Control, on_delete=models.CASCADE, related_name="crosswalk")
    relation = models.CharField(max_length=20, choices=Relation.choices)
    confidence = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ("requirement", "control")
        constraints = (
            models.UniqueConstraint(fields=("requirement", "control"), name="crosswalk_pair_is_unique"),
            models.CheckConstraint(
                condition=models.Q(
                    relation__in=[
                        "equal-to",
                        "equivalent-to",
                        "subset-of",
                        "superset-of",
                        "intersects-with",
                        "no-relationship",
                    ]
                ),
                name="crosswalk_relation_is_known",
            ),
        )

    def __str__(self) -> str:
        return f"{self.requirement.ref} {self.relation} {self.control}"
