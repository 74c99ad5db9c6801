"""Response: the answer to a question, with what it rests on, who wrote it and who let it go out."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from evidence.models import EvidenceRevision, LibraryAnswer
from rfp.models.question import Question


class Band(models.TextChoices):
    READY = "ready", "Ready"
    SUGGESTED = "suggested", "Suggested"
    BLANK = "blank", "Blank"


class ResponseStatus(models.TextChoices):
    DRAFT = "draft", "Draft"
    APPROVED = "approved", "Approved"


class Statement(models.Model):
    """What is said to a question. Without ``written_at`` the machine proposed it; with it, a person wrote it."""

    band = models.CharField(max_length=10, choices=Band.choices)
    value = models.CharField(max_length=20, help_text="yes, no, partial, not_applicable, needs_information.")
    option = models.JSONField(null=True, help_text="The buyer's own option, in its type.")
    text = models.TextField(blank=True, help_text="What goes into the answer cell when it takes words.")
    comment = models.TextField(blank=True)
    documents = models.TextField(blank=True, help_text="What goes into the evidence cell.")
    answered_on = models.DateField(null=True, blank=True, help_text="The day that answers a date question.")
    shown = models.TextField(blank=True, help_text="What will stand in the answer cell.")
    code = models.CharField(max_length=30, blank=True, help_text="Why the question is blank, as a report counts it.")
    reason = models.TextField(help_text="Why this answer was allowed, or why there is none.")
    failed_rules = models.JSONField(default=list)
    library_answer = models.ForeignKey(
        LibraryAnswer, null=True, blank=True, on_delete=models.SET_NULL, related_name="%(class)ss"
    )
    promise = models.CharField(max_length=80, blank=True, help_text="The first words that promise something.")
    drafted_at = models.DateTimeField()
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    written_at = models.DateTimeField(null=True, blank=True)
    unsupported = models.BooleanField(default=False, help_text="A person says more than the evidence shows.")
    override_reason = models.TextField(blank=True, help_text="Why it is said all the same.")

    class Meta:
        abstract = True


class Response(Statement):
    """The answer that stands. ``machine`` is what the machine says instead, where a person's answer stands."""

    question = models.OneToOneField(Question, on_delete=models.CASCADE, related_name="response")
    status = models.CharField(max_length=10, choices=ResponseStatus.choices, default=ResponseStatus.DRAFT)
    version = models.PositiveIntegerField(default=1)
    machine = models.ForeignKey("KeptAnswer", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    machine_changed_at = models.DateTimeField(null=True, blank=True, help_text="It says otherwise since the writing.")
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("question",)
        constraints = (
            models.CheckConstraint(
                condition=Q(status="draft", approved_at__isnull=True) | Q(status="approved", approved_at__isnull=False),
                name="response_approval_has_a_date",
            ),
            models.CheckConstraint(condition=Q(band__in=Band.values), name="response_band_is_known"),
            models.CheckConstraint(condition=~Q(band="blank") | Q(status="draft"), name="blank_is_never_approved"),
            models.CheckConstraint(
                condition=Q(written_at__isnull=True) | ~Q(band="ready"), name="written_by_a_person_is_never_ready"
            ),
            models.CheckConstraint(
                condition=Q(unsupported=False) | Q(written_at__isnull=False), name="only_a_person_goes_beyond_the_proof"
            ),
            models.CheckConstraint(
                condition=Q(unsupported=False) | Q(status="draft") | ~Q(override_reason=""),
                name="unsupported_is_approved_only_with_a_reason",
            ),
        )

    def __str__(self) -> str:
        return f"{self.value} to {self.question}"


class KeptAnswer(Statement):
    """An answer to a question that does not stand: another took its place, or a person's answer stands instead.

    ``version`` is the one it had while it stood; none for what the machine says beside a person's answer.
    """

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="kept_answers")
    version = models.PositiveIntegerField(null=True)
    citations = models.JSONField(default=list, help_text="[[revision, page, quote], ...]")
    kept_at = models.DateTimeField()

    class Meta:
        ordering = ("question", "pk")
        constraints = (models.UniqueConstraint(fields=("question", "version"), name="answer_is_kept_once"),)

    def __str__(self) -> str:
        return f"{self.value} to {self.question}, once"


class Citation(models.Model):
    """The revision, page and quote an answer rests on."""

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="citations")
    position = models.PositiveSmallIntegerField()
    revision = models.ForeignKey(EvidenceRevision, on_delete=models.PROTECT, related_name="citations")
    page = models.PositiveIntegerField(null=True, blank=True)
    quote = models.TextField(blank=True)

    class Meta:
        ordering = ("response", "position")
        constraints = (models.UniqueConstraint(fields=("response", "position"), name="citation_position_is_unique"),)

    def __str__(self) -> str:
        return f"{self.revision}, page {self.page}" if self.page else str(self.revision)
