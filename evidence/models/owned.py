"""Rows that belong to an organisation: every query begins from it."""

from __future__ import annotations

from typing import Self, TypeVar

from django.db import models

from accounts.models import Organisation

OwnedModel = TypeVar("OwnedModel", bound=models.Model, covariant=True)


class OwnedQuerySet(models.QuerySet[OwnedModel]):
    def of(self, organisation: Organisation) -> Self:
        return self.filter(organisation=organisation)


class Owned(models.Model):
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")

    class Meta:
        abstract = True
