"""Job: work that goes on while nobody waits for the page. The row is the truth; a message only rings at the door.

    queued ──claim──▶ running ──finish──▶ done
      ▲ ▲               │ │ └──cancel──▶ cancelled      (also from queued)
      │ └──lease lapsed─┘ └──fail────▶ failed
      └──────────────retry────────────────┘

Each claim raises ``attempt``. Whoever works on a job writes only while the attempt is still its own: a worker that
was thought dead and comes back changes nothing. A lease that lapses is taken up again; a job whose lease lapses
``MOST_LAPSES`` times ends as failed, with its input kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from django.conf import settings
from django.db import models

from evidence.models.owned import Owned, OwnedQuerySet
from rfp.models.questionnaire import Questionnaire


class JobKind(models.TextChoices):
    ANSWER = "answer", "Answer the questionnaire"
    REDRAFT = "redraft", "Draft the answers again"
    EXPORT = "export", "Make the files"


class JobState(models.TextChoices):
    QUEUED = "queued", "Waiting"
    RUNNING = "running", "Running"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"
    CANCELLED = "cancelled", "Cancelled"


class WorkStage(StrEnum):
    """The stages of a job, as people read them."""

    READ = "Reading the workbook"
    LIBRARY = "Reading the evidence library"
    MAP = "Mapping the questions"
    JUDGE = "Judging the evidence"
    ANSWER = "Answering"
    FILL = "Scoring the gaps and filling the workbook"


STAGES: Mapping[JobKind, tuple[WorkStage, ...]] = {
    JobKind.ANSWER: tuple(WorkStage),
    JobKind.REDRAFT: tuple(WorkStage),
    JobKind.EXPORT: (WorkStage.READ, WorkStage.JUDGE, WorkStage.FILL),
}
LIVE = (JobState.QUEUED, JobState.RUNNING)


class Job(Owned):
    kind = models.CharField(max_length=20, choices=JobKind.choices)
    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.CASCADE, related_name="jobs")
    key = models.CharField(max_length=200, help_text="Asking twice with one key is asking once.")
    input = models.JSONField(default=dict, help_text="Ids and plain values.")
    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.QUEUED)
    attempt = models.PositiveIntegerField(default=0, help_text="The fencing token: raised by each claim.")
    lapses = models.PositiveIntegerField(default=0, help_text="How often its lease lapsed since a person asked for it.")
    lease_until = models.DateTimeField(null=True, blank=True)
    stage = models.CharField(max_length=80, blank=True)
    stage_at = models.DateTimeField(null=True, blank=True, help_text="When the stage began.")
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    problem = models.TextField(blank=True, help_text="Why it failed and what to do, in a sentence or two.")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    queued_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="Since when it waits once more; nothing the first time.",
    )
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[OwnedQuerySet[Job]] = OwnedQuerySet.as_manager()  # type: ignore[assignment]  # as_manager is typed as Manager

    class Meta:
        ordering = ("-created_at", "-pk")
        get_latest_by = ("created_at", "pk")
        indexes = (models.Index(fields=("state", "created_at"), name="job_by_state"),)
        constraints = (
            models.UniqueConstraint(fields=("organisation", "key"), name="job_key_is_unique"),
            models.UniqueConstraint(
                fields=("questionnaire",),
                condition=models.Q(state="running"),
                name="one_job_at_a_time_runs_on_a_questionnaire",
            ),
            models.CheckConstraint(condition=models.Q(kind__in=JobKind.values), name="job_kind_is_known"),
            models.CheckConstraint(condition=models.Q(state__in=JobState.values), name="job_state_is_known"),
            models.CheckConstraint(
                condition=models.Q(state="running", lease_until__isnull=False)
                | (~models.Q(state="running") & models.Q(lease_until__isnull=True)),
                name="job_holds_a_lease_while_it_runs",
            ),
        )

    @property
    def waits_since(self) -> datetime:
        return self.queued_at or self.created_at

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.get_state_display().lower()})"
