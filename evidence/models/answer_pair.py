"""AnswerPair: two library answers that look alike, and what a person said about them."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from evidence.models.answer import LibraryAnswer
from evidence.models.owned import Owned, OwnedQuerySet


class PairJudgement(models.TextChoices):
    BOTH_RIGHT = "both_right", "Both are right: they hold for different things"
    NOT_SAME = "not_same", "They do not ask the same"


class AnswerPair(Owned):
    """A judgement that keeps a pair from being shown again, as long as neither answer changes."""

    first = models.ForeignKey(LibraryAnswer, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(LibraryAnswer, on_delete=models.CASCADE, related_name="+")
    first_version = models.PositiveIntegerField()
    second_version = models.PositiveIntegerField()
    judgement = models.CharField(max_length=12, choices=PairJudgement.choices)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField()

    objects: ClassVar[OwnedQuerySet[AnswerPair]] = OwnedQuerySet.as_manager()  # type: ignore[assignment]  # as_manager is typed as Manager

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("first", "second"), name="answer_pair_is_judged_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="answer_pair_is_in_order"),
            models.CheckConstraint(
                condition=Q(judgement__in=PairJudgement.values), name="answer_pair_judgement_is_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.first_id} and {self.second_id}: {self.get_judgement_display()}"
