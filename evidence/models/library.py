"""Evidence: typed attestations in revisions that never change once made.

The facts of a revision are one validated document (``evidence.catalogs`` defines its fields and turns it into the
judge's ``EvidenceFact``); the columns repeat what lists are filtered and sorted by. Status is derived for a
date by the judge and never stored.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from evidence.models.audience import Audience
from evidence.models.owned import Owned, OwnedQuerySet
from evidence.models.stored_file import StoredFile


class Evidence(Owned):
    """A thing that proves something, through its revisions."""

    reference = models.CharField(max_length=60, help_text="Short name that links and citations use.")
    audience = models.CharField(
        max_length=10,
        choices=Audience.choices,
        default=Audience.PUBLIC,
        help_text="To whom answers may name and quote it.",
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    objects: ClassVar[OwnedQuerySet[Evidence]] = OwnedQuerySet.as_manager()  # type: ignore[assignment]  # as_manager is typed as Manager

    class Meta:
        ordering = ("reference",)
        constraints = (
            models.UniqueConstraint(fields=("organisation", "reference"), name="evidence_reference_is_unique"),
            models.CheckConstraint(condition=Q(audience__in=Audience.values), name="evidence_audience_is_known"),
        )

    def __str__(self) -> str:
        return self.reference


class RevisionChanged(Exception):
    """An attempt to change the facts of a stored revision."""


class EvidenceRevision(models.Model):
    """One immutable state of an attestation. Confirmed by one person, verified by another."""

    evidence = models.ForeignKey(Evidence, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=300)
    issuer = models.CharField(max_length=200, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    facts = models.JSONField()
    sources = models.JSONField(default=dict, help_text="By field: the page and the words a fact was read from.")
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    verified_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("evidence", "-number")
        constraints = (
            models.UniqueConstraint(fields=("evidence", "number"), name="revision_number_is_unique"),
            models.CheckConstraint(
                condition=Q(verified_by__isnull=True)
                | Q(confirmed_by__isnull=True)
                | ~Q(verified_by=models.F("confirmed_by")),
                name="revision_is_verified_by_a_second_person",
            ),
        )

    def __str__(self) -> str:
        return f"{self.evidence.reference} r{self.number}"

    def save(self, *args: object, **kwargs: object) -> None:
        """:raises RevisionChanged: if anything but confirmation and verification of a stored revision is saved"""
        if not self._state.adding:
            fields = kwargs.get("update_fields")
            allowed = {"confirmed_by", "confirmed_at", "verified_by", "verified_at"}
            if not isinstance(fields, (list, tuple, set, frozenset)) or not set(fields) <= allowed:
                raise RevisionChanged("A revision never changes: add a new one.")
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # passed on as it came


class EvidenceLink(models.Model):
    """A revision that names another piece of evidence: a letter its document, a retest its report."""

    revision = models.ForeignKey(EvidenceRevision, on_delete=models.CASCADE, related_name="links")
    target = models.ForeignKey(Evidence, on_delete=models.CASCADE, related_name="linked_from")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("revision", "target"), name="evidence_link_is_unique"),)

    def __str__(self) -> str:
        return f"{self.revision} -> {self.target}"


class Passage(Owned):
    """A stretch of text of a revision's file, on one page, with its vector once encoded."""

    revision = models.ForeignKey(EvidenceRevision, on_delete=models.CASCADE, related_name="passages")
    sequence = models.PositiveIntegerField()
    page = models.PositiveIntegerField()
    text = models.TextField()
    embedding = models.BinaryField(null=True, blank=True, help_text="384 float16 numbers, normalised.")

    objects: ClassVar[OwnedQuerySet[Passage]] = OwnedQuerySet.as_manager()  # type: ignore[assignment]  # as_manager is typed as Manager

    class Meta:
        ordering = ("revision", "sequence")
        constraints = (models.UniqueConstraint(fields=("revision", "sequence"), name="passage_sequence_is_unique"),)

    def __str__(self) -> str:
        return f"{self.revision} page {self.page}"
