"""AuditEvent: what happened, by whom, when. Rows are only ever added.

Each event carries the hash of the one before it in its organisation, so that an edit, a deletion in the
middle or a reordering shows. There are no foreign keys: deleting a person or an organisation must never
break the record.
"""

from __future__ import annotations

from typing import NoReturn

from django.db import models


class AuditChanged(Exception):
    """An attempt to change or delete an audit event."""


class AuditEvent(models.Model):
    organisation_id = models.BigIntegerField()
    sequence = models.PositiveBigIntegerField()
    event = models.CharField(max_length=80)
    target_kind = models.CharField(max_length=80)
    target_id = models.CharField(max_length=80)
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    details = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ("organisation_id", "sequence")
        constraints = (
            models.UniqueConstraint(fields=("organisation_id", "sequence"), name="audit_sequence_is_unique"),
        )
        indexes = (models.Index(fields=("organisation_id", "target_kind", "target_id"), name="audit_by_target"),)

    def __str__(self) -> str:
        return f"{self.sequence} {self.event}"

    def save(self, *args: object, **kwargs: object) -> None:
        """:raises AuditChanged: if the event is already stored"""
        if not self._state.adding:
            raise AuditChanged("An audit event is never changed.")
        super().save(force_insert=True)

    def delete(self, *args: object, **kwargs: object) -> NoReturn:
        """:raises AuditChanged: always"""
        raise AuditChanged("An audit event is never deleted.")
