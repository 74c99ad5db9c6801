"""AnswerImport: a file of answers that somebody brought in, looked at before anything of it is written."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from evidence.models import Audience, StoredFile
from evidence.models.owned import Owned, OwnedQuerySet


class AnswerImport(Owned):
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=255)
    answered = models.BooleanField(help_text="It is a questionnaire answered before, not a list of answers.")
    owner = models.CharField(max_length=200, blank=True, help_text="Who owns the answers of a questionnaire.")
    reviewed_on = models.DateField(null=True, blank=True, help_text="When the answers of a questionnaire held.")
    product = models.CharField(max_length=600, blank=True, help_text="The AI systems a questionnaire was about.")
    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.PUBLIC)
    approves = models.BooleanField(help_text="Somebody else wrote the answers, and who imports them approves them.")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    imported_at = models.DateTimeField(null=True, blank=True)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)

    objects: ClassVar[OwnedQuerySet[AnswerImport]] = OwnedQuerySet.as_manager()  # type: ignore[assignment]  # as_manager is typed as Manager

    class Meta:
        ordering = ("-created_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(answered=False) | (Q(reviewed_on__isnull=False) & ~Q(owner="")),
                name="answers_of_a_questionnaire_have_owner_and_review",
            ),
            models.CheckConstraint(condition=Q(audience__in=Audience.values), name="answer_import_audience_is_known"),
        )

    def __str__(self) -> str:
        return self.name
