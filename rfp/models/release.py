"""Release: a final package as it was sent to a buyer, frozen with what it rested on.

The rows are only ever added. What was written is copied from the package itself, not referred to: answers are drafted
again, questions read again and library answers retired, and a sent version must still say what it said.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from evidence.models import StoredFile
from evidence.models.owned import Owned
from rfp.models.assessment import Assessment
from rfp.models.export import Export, ExportKind
from rfp.models.frozen import Frozen, FrozenQuerySet, NeverChanges
from rfp.models.question import Question
from rfp.models.questionnaire import Questionnaire, Stage


class SentChanged(NeverChanges):
    """An attempt to change or delete what was sent."""

    def __init__(self) -> None:
        Exception.__init__(self, "What was sent never changes: send a new version.")


class Sent(Frozen):
    """A row of a sent package."""

    refusal = SentChanged

    class Meta:
        abstract = True


class Way(models.TextChoices):
    EMAIL = "email", "E-mail"
    PORTAL = "portal", "Buyer's portal"
    TRANSFER = "transfer", "File transfer"
    HAND = "hand", "By hand"
    OTHER = "other", "Another way"


class Release(Sent, Owned):
    """A final package that an approver recorded as sent."""

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.PROTECT, related_name="releases")
    number = models.PositiveIntegerField(help_text="Counts the versions sent of one questionnaire.")
    title = models.CharField(max_length=255)
    buyer = models.CharField(max_length=200, blank=True)
    buyer_key = models.CharField(max_length=600, blank=True)
    stage = models.CharField(max_length=10, choices=Stage.choices)
    systems = models.JSONField(default=list, help_text="The AI systems that were answered for.")
    nda_signed = models.BooleanField(help_text="Whether an NDA with the buyer was on record.")
    sent_to = models.CharField(max_length=300)
    sent_on = models.DateField()
    way = models.CharField(max_length=10, choices=Way.choices)
    note = models.TextField(blank=True)
    as_of = models.DateField(help_text="The day the evidence was judged on.")
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="releases")
    evidence_snapshot = models.JSONField(help_text="[[reference, revision, SHA-256 of the file], ...]")
    catalogue_version = models.CharField(max_length=120)
    catalogue_digest = models.CharField(max_length=64)
    mapping_version = models.CharField(max_length=80, blank=True)
    product_version = models.CharField(max_length=40, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects: ClassVar[FrozenQuerySet[Release]] = FrozenQuerySet.as_manager()  # type: ignore[assignment]  # as_manager is typed as Manager

    class Meta:
        ordering = ("-sent_on", "-recorded_at", "-pk")
        constraints = (
            models.UniqueConstraint(fields=("questionnaire", "number"), name="release_number_is_unique"),
            models.CheckConstraint(condition=Q(way__in=Way.values), name="release_way_is_known"),
            models.CheckConstraint(condition=~Q(sent_to=""), name="release_names_who_got_it"),
        )
        indexes = (models.Index(fields=("organisation", "buyer_key"), name="release_by_buyer"),)

    def __str__(self) -> str:
        return f"{self.title}, version {self.number}"


class ReleasedFile(Sent):
    """A file of a sent package. Versions may share one: only the report of the second may differ from the first."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="files")
    export = models.ForeignKey(Export, on_delete=models.PROTECT, related_name="released")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=ExportKind.choices)
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    fidelity = models.JSONField(null=True)

    objects: ClassVar[models.Manager[ReleasedFile]] = models.Manager.from_queryset(FrozenQuerySet)()

    class Meta:
        ordering = ("release", "pk")
        constraints = (
            models.UniqueConstraint(fields=("release", "kind"), name="released_file_kind_is_unique"),
            models.CheckConstraint(condition=Q(kind__in=ExportKind.values), name="released_file_kind_is_known"),
        )

    def __str__(self) -> str:
        return self.name


class ReleasedAnswer(Sent):
    """A question with what the package said to it. A blank is kept too: it was sent as one."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="answers")
    position = models.PositiveIntegerField()
    question_key = models.CharField(max_length=64, help_text="SHA-256 of the normalised question.")
    place = models.CharField(max_length=300, help_text="Sheet and cell of the question.")
    number = models.CharField(max_length=120, blank=True)
    section = models.TextField(blank=True)
    question = models.TextField()
    value = models.CharField(max_length=20)
    written = models.TextField(blank=True, help_text="What stands in the answer cell; empty for a blank.")
    comment = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    library_answer = models.TextField(blank=True, help_text="The library question it was answered from.")
    citations = models.JSONField(default=list, help_text="[[reference, revision, page, quote], ...]")

    objects: ClassVar[models.Manager[ReleasedAnswer]] = models.Manager.from_queryset(FrozenQuerySet)()

    class Meta:
        ordering = ("release", "position")
        constraints = (
            models.UniqueConstraint(fields=("release", "position"), name="released_answer_position_is_unique"),
        )
        indexes = (models.Index(fields=("question_key",), name="released_answer_by_key"),)

    def __str__(self) -> str:
        return f"{self.place}: {self.written or 'blank'}"


class Reworded(models.Model):
    """A question that says in other words what one said that was sent before."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="reworded")
    earlier = models.ForeignKey(ReleasedAnswer, on_delete=models.CASCADE, related_name="+")
    confidence = models.FloatField()
    found_at = models.DateTimeField()

    class Meta:
        ordering = ("question", "pk")
        constraints = (models.UniqueConstraint(fields=("question", "earlier"), name="reworded_pair_is_unique"),)

    def __str__(self) -> str:
        return f"{self.question} as {self.earlier}"
