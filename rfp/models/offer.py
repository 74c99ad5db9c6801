"""Offer: an approved answer to a question of the same kind, for a person to start from where the machine has none."""

from __future__ import annotations

from django.db import models

from evidence.models import LibraryAnswer
from rfp.models.response import Response


class Offer(models.Model):
    """Worth a look, never written by itself: it speaks of the matter and may say less or more than is asked."""

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="offers")
    position = models.PositiveSmallIntegerField()
    library_answer = models.ForeignKey(LibraryAnswer, on_delete=models.CASCADE, related_name="offers")

    class Meta:
        ordering = ("response", "position")
        constraints = (models.UniqueConstraint(fields=("response", "position"), name="offer_position_is_unique"),)

    def __str__(self) -> str:
        return f"{self.library_answer} for {self.response}"
