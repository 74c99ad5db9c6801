"""Submission: what a vendor handed in, as it came. A changed answer is a new version beside it, never instead of it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from evidence.models import StoredFile
from rfp.models.frozen import Frozen, FrozenQuerySet
from rfp.models.release import Release
from rfp.models.tender.participant import Participant, UploadLink
from rfp.models.tender.tender import Tender, TenderQuestion


class Submission(Frozen):
    """The latest one that counts (see :func:`rfp.queries.tenders.submissions.counted`) is the vendor's word."""

    tender = models.ForeignKey(Tender, on_delete=models.PROTECT, related_name="submissions")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="submissions")
    number = models.PositiveIntegerField(help_text="Counts what one vendor handed in.")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=255, help_text="As the file came; it may tell who sent it.")
    sha256 = models.CharField(max_length=64)
    received_at = models.DateTimeField()
    late = models.BooleanField(help_text="After the due time, or after the tender was closed.")
    link = models.ForeignKey(UploadLink, null=True, blank=True, on_delete=models.PROTECT, related_name="submissions")
    release = models.ForeignKey(Release, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    altered = models.JSONField(default=list, help_text="What was altered in the form: [[kind, place, words], ...]")

    objects: ClassVar[models.Manager[Submission]] = models.Manager.from_queryset(FrozenQuerySet)()

    class Meta:
        ordering = ("tender", "participant", "number")
        constraints = (models.UniqueConstraint(fields=("participant", "number"), name="submission_number_is_unique"),)

    def __str__(self) -> str:
        return f"{self.participant}, {self.number}"


class SubmittedAnswer(Frozen):
    """What a submission says to one question; a blank is a row too."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="answers")
    question = models.ForeignKey(TenderQuestion, on_delete=models.PROTECT, related_name="answers")
    value = models.CharField(
        max_length=20, blank=True, help_text="yes, no, partial, not_applicable, planned; empty: says something else."
    )
    text = models.TextField(blank=True, help_text="What stands in the answer cell, letter for letter.")
    comment = models.TextField(blank=True)
    evidence_refs = models.TextField(blank=True, help_text="What stands in the evidence cell.")
    altered = models.CharField(max_length=300, blank=True, help_text="What of its row was altered, in words.")

    objects: ClassVar[models.Manager[SubmittedAnswer]] = models.Manager.from_queryset(FrozenQuerySet)()

    class Meta:
        ordering = ("submission", "question")
        constraints = (
            models.UniqueConstraint(fields=("submission", "question"), name="submitted_answer_question_is_unique"),
        )

    def __str__(self) -> str:
        return f"{self.question}: {self.text or 'blank'}"


class SubmittedFile(Frozen):
    """A document that a vendor sent along by its link; its facts are read in the organisation kept for the vendor."""

    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="files")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    received_at = models.DateTimeField()
    late = models.BooleanField()
    link = models.ForeignKey(UploadLink, null=True, blank=True, on_delete=models.PROTECT, related_name="files")

    objects: ClassVar[models.Manager[SubmittedFile]] = models.Manager.from_queryset(FrozenQuerySet)()

    class Meta:
        ordering = ("participant", "received_at", "pk")
        constraints = (
            models.UniqueConstraint(fields=("participant", "sha256"), name="submitted_file_is_received_once"),
        )

    def __str__(self) -> str:
        return self.name


class LateDecision(Frozen):
    """Whether something that came late counts: a person of the buyer decides, with a reason, once."""

    submission = models.OneToOneField(Submission, on_delete=models.PROTECT, related_name="late_decision")
    admitted = models.BooleanField()
    reason = models.TextField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    objects: ClassVar[models.Manager[LateDecision]] = models.Manager.from_queryset(FrozenQuerySet)()

    class Meta:
        constraints = (models.CheckConstraint(condition=~models.Q(reason=""), name="late_decision_has_a_reason"),)

    def __str__(self) -> str:
        return f"{self.submission}: {'counts' if self.admitted else 'does not count'}"
