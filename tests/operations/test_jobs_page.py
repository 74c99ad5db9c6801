"""The page and the command that show jobs, and ask for one once more."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AuditEvent, User
from rfp.models import Job, JobKind, JobState
from tests.pages.conftest import World

SignIn = Callable[[User], Client]


def job(world: World, state: JobState, *, minutes: int, problem: str = "") -> Job:
    """Store a job as it would stand after so many minutes."""
    asked = timezone.now() - timedelta(minutes=minutes)
    begun = state not in (JobState.QUEUED, JobState.CANCELLED)
    return Job.objects.create(
        organisation=world.organisation,
        questionnaire=world.questionnaire,
        kind=JobKind.REDRAFT,
        key=f"{state}-{minutes}",
        state=state,
        attempt=int(begun),
        problem=problem,
        created_at=asked,
        started_at=asked + timedelta(seconds=30) if begun else None,
        finished_at=asked + timedelta(seconds=75) if state in (JobState.DONE, JobState.FAILED) else None,
    )


def test_the_page_says_what_waits_what_failed_and_that_nobody_works(world: World, vera: User, sign_in: SignIn) -> None:
    client = sign_in(vera)
    assert "No job was asked for yet" in client.get("/jobs/").content.decode()
    job(world, JobState.QUEUED, minutes=5)
    job(world, JobState.DONE, minutes=60)
    for number in range(60):
        job(world, JobState.FAILED, minutes=100 + number, problem="The file is damaged.")
    with CaptureQueriesContext(connection) as asked:
        page = client.get("/jobs/").content.decode()
    assert len(asked) <= 15
    for words in (
        "has waited for 5 min",
        "Nothing takes up jobs",
        "The file is damaged.",
        "60 failed in the last",
        "45 s",
    ):
        assert words in page
    failed = client.get("/jobs/?state=failed&page=2").content.decode()
    assert failed.count("Try again") == 10
    assert "No job is in this state" in client.get("/jobs/?state=running").content.decode()
    assert "62" in client.get("/jobs/?state=nonsense").content.decode()


def test_a_failed_job_is_asked_for_once_more_and_only_once(world: World, vera: User, sign_in: SignIn) -> None:
    failed = job(world, JobState.FAILED, minutes=10, problem="The file is damaged.")
    client = sign_in(vera)
    for said in ("waits for its turn again", "Nothing to do"):
        assert said in client.post(f"/jobs/{failed.pk}/again/", follow=True).content.decode()
    failed.refresh_from_db()
    assert failed.state == JobState.QUEUED
    assert timezone.now() - failed.waits_since < timedelta(minutes=1)
    assert AuditEvent.objects.filter(event="job.retried").count() == 1


def test_who_only_reads_sees_no_button_and_is_refused(world: World, eve: User, sign_in: SignIn) -> None:
    failed = job(world, JobState.FAILED, minutes=10)
    assert sign_in(eve).post(f"/jobs/{failed.pk}/again/").status_code == 403
    failed.refresh_from_db()
    assert failed.state == JobState.FAILED


def test_the_command_shows_and_changes_jobs_of_all(
    world: World, other_world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    failed = job(world, JobState.FAILED, minutes=10, problem="The file is damaged.")
    waiting = job(other_world, JobState.QUEUED, minutes=20)
    call_command("jobs")
    assert {"vera-vendor", "olga-other", "nothing takes them up"} & set(_words(capsys.readouterr().out))
    call_command("jobs", "--json", "--organisation", "vera-vendor")
    shown = json.loads(capsys.readouterr().out)
    assert [row["number"] for row in shown["jobs"]] == [failed.pk]
    assert (shown["counts"]["failed"], shown["counts"]["queued"], shown["lag_seconds"]) == (1, 0, 0)
    call_command("jobs", "--retry", str(failed.pk), str(waiting.pk))
    assert capsys.readouterr().out.splitlines() == [
        f"Job {failed.pk} waits again.",
        f"Job {waiting.pk} is left as it is (waiting).",
    ]
    call_command("jobs", "--cancel", str(waiting.pk))
    waiting.refresh_from_db()
    assert waiting.state == JobState.CANCELLED
    with pytest.raises(CommandError, match="no job 999999"):
        call_command("jobs", "--retry", "999999")
    with pytest.raises(CommandError, match="Known are: olga-other, vera-vendor"):
        call_command("jobs", "--organisation", "nobody")


def _words(text: str) -> list[str]:
    return [word for word in ("vera-vendor", "olga-other", "nothing takes them up") if word in " ".join(text.split())]
