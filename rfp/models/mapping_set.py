"""MappingSet: what an organisation's administrators taught about mapping, in versions that never change once published.

A set is edited in one draft. Publishing freezes the draft and supersedes the version before; nothing is edited after
that, and going back publishes the content of an earlier version once more.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Organisation
from rfp.mapping.rules import Effect


class VersionState(models.TextChoices):
    """draft -> published -> superseded"""

    DRAFT = "draft", "Draft"
    PUBLISHED = "published", "Published"
    SUPERSEDED = "superseded", "Superseded"


class MappingSet(models.Model):
    """The one set of an organisation; that of the provider counts for every vendor, after the vendor's own."""

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("organisation",)

    def __str__(self) -> str:
        return f"mapping of {self.organisation}"


class MappingVersion(models.Model):
    """``edits`` is raised by every change of a draft: whoever publishes names the state of the draft that they saw."""

    set = models.ForeignKey(MappingSet, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=VersionState.choices, default=VersionState.DRAFT)
    edits = models.PositiveIntegerField(default=1)
    note = models.TextField(blank=True)
    digest = models.CharField(
        max_length=64, blank=True, help_text="SHA-256 of the content; equal content, equal digest."
    )
    based_on = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    restores = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="Gone back to by this one."
    )
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    opened_at = models.DateTimeField()
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("set", "-number")
        constraints = (
            models.UniqueConstraint(fields=("set", "number"), name="mapping_version_is_numbered_once"),
            models.UniqueConstraint(fields=("set",), condition=Q(state="draft"), name="mapping_set_has_one_draft"),
            models.UniqueConstraint(
                fields=("set",), condition=Q(state="published"), name="mapping_set_is_published_once"
            ),
            models.CheckConstraint(condition=Q(state__in=VersionState.values), name="mapping_version_state_is_known"),
            models.CheckConstraint(
                condition=Q(state="draft", published_at__isnull=True, digest="")
                | (~Q(state="draft") & Q(published_at__isnull=False) & ~Q(digest="")),
                name="mapping_version_is_published_with_a_digest",
            ),
        )

    def __str__(self) -> str:
        return f"version {self.number}"

    @property
    def is_draft(self) -> bool:
        return self.state == VersionState.DRAFT

    @property
    def is_superseded(self) -> bool:
        return self.state == VersionState.SUPERSEDED


class MappingRule(models.Model):
    """A rule of a version, as ``rfp.mapping.rules.Rule`` describes it; ``edits`` is raised by each change."""

    version = models.ForeignKey(MappingVersion, on_delete=models.CASCADE, related_name="rules")
    edits = models.PositiveIntegerField(default=1)
    name = models.CharField(max_length=80)
    all_of = models.JSONField(default=list, blank=True)
    any_of = models.JSONField(default=list, blank=True)
    none_of = models.JSONField(default=list, blank=True)
    quoted = models.JSONField(default=list, blank=True)
    headings = models.JSONField(default=list, blank=True)
    effect = models.CharField(max_length=10, choices=[(effect.value, effect.name) for effect in Effect])
    category = models.CharField(max_length=40, blank=True)
    requirements = models.JSONField(default=list, blank=True)
    controls = models.JSONField(default=list, blank=True)
    polarity = models.CharField(max_length=10, blank=True)
    priority = models.IntegerField(default=0)
    reason = models.CharField(max_length=300, blank=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ("version", "-priority", "name")
        constraints = (
            models.UniqueConstraint(fields=("version", "name"), name="mapping_rule_is_named_once"),
            models.CheckConstraint(condition=Q(effect__in=[*Effect]), name="mapping_rule_effect_is_known"),
        )

    def __str__(self) -> str:
        return self.name


class ExampleOrigin(models.TextChoices):
    WRITTEN = "written", "Written by an administrator"
    DESK = "desk", "Decided at the desk"
    FILE = "file", "From a file"


class MappingExample(models.Model):
    """A question whose mapping is confirmed; it decides the same question and leans near ones its way."""

    version = models.ForeignKey(MappingVersion, on_delete=models.CASCADE, related_name="examples")
    question_key = models.CharField(max_length=64, help_text="SHA-256 of the normalised question.")
    text = models.TextField()
    category = models.CharField(max_length=40)
    requirements = models.JSONField(default=list, blank=True)
    polarity = models.CharField(max_length=10, blank=True)
    embedding = models.BinaryField(help_text="384 float16 numbers, normalised.")
    origin = models.CharField(max_length=10, choices=ExampleOrigin.choices, default=ExampleOrigin.WRITTEN)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ("version", "pk")
        constraints = (
            models.UniqueConstraint(fields=("version", "question_key"), name="mapping_example_is_given_once"),
            models.CheckConstraint(
                condition=Q(origin__in=ExampleOrigin.values), name="mapping_example_origin_is_known"
            ),
        )

    def __str__(self) -> str:
        return self.text[:80]


class MappingTest(models.Model):
    """A question that must be mapped so for the version to be published."""

    version = models.ForeignKey(MappingVersion, on_delete=models.CASCADE, related_name="tests")
    question_key = models.CharField(max_length=64, help_text="SHA-256 of the normalised question and its heading.")
    text = models.TextField()
    heading = models.CharField(max_length=300, blank=True, help_text="The section or sheet it stands under.")
    category = models.CharField(max_length=40)
    requirements = models.JSONField(default=list, blank=True, help_text="All of them have to be decisive.")
    polarity = models.CharField(max_length=10, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ("version", "pk")
        constraints = (
            models.UniqueConstraint(fields=("version", "question_key"), name="mapping_test_is_written_once"),
        )

    def __str__(self) -> str:
        return self.text[:80]
