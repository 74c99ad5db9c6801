"""Rows that are written once: what was sent, sealed or handed in never changes."""

from __future__ import annotations

from typing import ClassVar, NoReturn, TypeVar

from django.db import models

from evidence.models.owned import OwnedQuerySet

Kept = TypeVar("Kept", bound=models.Model, covariant=True)


class NeverChanges(Exception):
    """An attempt to change or delete a row that is written once."""

    def __init__(self) -> None:
        super().__init__("This is on record and never changes: add what holds now.")


class FrozenQuerySet(OwnedQuerySet[Kept]):
    def update(self, **fields: object) -> NoReturn:
        """:raises NeverChanges: always, in the words of the model"""
        raise _refusal(self.model)

    def delete(self) -> NoReturn:
        """:raises NeverChanges: always, in the words of the model"""
        raise _refusal(self.model)


class Frozen(models.Model):
    """A row that is written once. ``refusal`` says so in the words of the model."""

    refusal: ClassVar[type[NeverChanges]] = NeverChanges

    class Meta:
        abstract = True

    def save(self, *args: object, **kwargs: object) -> None:
        """:raises NeverChanges: if the row is already stored"""
        if not self._state.adding:
            raise self.refusal
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # passed on as it came

    def delete(self, *args: object, **kwargs: object) -> NoReturn:
        """:raises NeverChanges: always"""
        raise self.refusal


def _refusal(model: type[models.Model]) -> NeverChanges:
    return model.refusal() if issubclass(model, Frozen) else NeverChanges()
