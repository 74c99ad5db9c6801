"""The life of a job: asked for once, fenced, taken up again, ended with a reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from accounts.audit import broken_links, events_of
from accounts.models import AuditEvent, Organisation, User
from rfp.actions import intake, jobs, work
from rfp.models import Job, JobKind, JobState, Questionnaire
from rfp.workbook.errors import NoQuestions
from tests.conftest import NOW

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def questionnaire(vendor: Organisation, vera: User, store: Path) -> Questionnaire:
    return intake.receive(organisation=vendor, content=b"No.,Question\n", name="a.csv", buyer="B", by=vera, at=NOW)


def ask(questionnaire: Questionnaire, vera: User, *, key: str = "k", kind: JobKind = JobKind.EXPORT) -> Job:
    return jobs.enqueue(
        organisation=questionnaire.organisation,
        kind=kind,
        questionnaire=questionnaire,
        input={"final": False},
        key=key,
        by=vera,
        at=NOW,
    )


def claimed(job: Job, at: datetime = NOW) -> Job:
    taken = jobs.claim(job=job.pk, at=at)
    assert taken is not None
    return taken


def state(job: Job) -> str:
    return Job.objects.get(pk=job.pk).state


def events() -> list[str]:
    return list(AuditEvent.objects.filter(event__startswith="job.").values_list("event", flat=True))


def test_one_key_is_one_job(questionnaire: Questionnaire, vera: User) -> None:
    assert len({ask(questionnaire, vera).pk for _ in range(10)}) == 1
    assert ask(questionnaire, vera, key="other").pk != ask(questionnaire, vera).pk
    assert events() == ["job.queued"] * 2


def test_a_key_is_one_organisations_own(
    questionnaire: Questionnaire, vera: User, other_vendor: Organisation, olga: User
) -> None:
    theirs = intake.receive(organisation=other_vendor, content=b"x", name="b.csv", by=olga, at=NOW)
    assert ask(theirs, olga).pk != ask(questionnaire, vera).pk


def test_the_doorbell_rings_after_the_commit_and_once(
    questionnaire: Questionnaire,
    vera: User,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    rung: list[int] = []
    monkeypatch.setattr("rfp.actions.doorbell.nobody", rung.append)
    with django_capture_on_commit_callbacks(execute=True):
        job = ask(questionnaire, vera)
        ask(questionnaire, vera)
        assert rung == []
    assert rung == [job.pk]


def test_a_job_is_claimed_by_one(questionnaire: Questionnaire, vera: User) -> None:
    job = ask(questionnaire, vera)
    first = claimed(job)
    assert (first.attempt, first.lease_until) == (1, NOW + jobs.lease())
    assert jobs.claim(job=job.pk, at=NOW) is None


def test_one_job_at_a_time_works_on_a_questionnaire(questionnaire: Questionnaire, vera: User) -> None:
    first, second = ask(questionnaire, vera), ask(questionnaire, vera, key="second")
    taken = claimed(first)
    assert jobs.claim(job=second.pk, at=NOW) is None
    assert jobs.next_waiting() is None
    jobs.finish(job=taken, at=NOW)
    assert jobs.next_waiting() == second.pk
    claimed(second)


def test_a_lapsed_job_waits_again_and_its_old_worker_writes_nothing(questionnaire: Questionnaire, vera: User) -> None:
    job = ask(questionnaire, vera)
    old = claimed(job)
    assert jobs.sweep(at=NOW) == []
    assert jobs.sweep(at=LATER) == [job.pk]
    new = claimed(job, LATER)
    assert new.attempt == 2
    writes: list[Callable[[], object]] = [
        lambda: jobs.hold(job=old, at=LATER),
        lambda: jobs.report(job=old, stage="x", stage_at=NOW, done=1, total=2, at=LATER),
        lambda: jobs.finish(job=old, at=LATER),
        lambda: jobs.fail(job=old, problem="x", at=LATER),
    ]
    for write in writes:
        with pytest.raises(jobs.Fenced), transaction.atomic():
            write()
    jobs.give_back(job=old, at=LATER)
    assert (state(job), Job.objects.get(pk=job.pk).stage) == (JobState.RUNNING, "")
    jobs.finish(job=new, at=LATER)
    assert state(job) == JobState.DONE


def test_a_job_that_kills_its_workers_ends_as_failed_with_its_input(questionnaire: Questionnaire, vera: User) -> None:
    job = ask(questionnaire, vera)
    for lapse in range(1, jobs.MOST_LAPSES + 1):
        claimed(job)
        jobs.sweep(at=LATER)
        assert Job.objects.get(pk=job.pk).lapses == lapse
    poisoned = Job.objects.get(pk=job.pk)
    assert (poisoned.state, poisoned.input) == (JobState.FAILED, {"final": False})
    assert "Try again" in poisoned.problem
    assert events() == ["job.queued", "job.failed"]
    assert jobs.retry(job=poisoned, by=vera, at=LATER)
    assert claimed(job).attempt == jobs.MOST_LAPSES + 1


def test_a_worker_that_renews_its_lease_keeps_the_job(questionnaire: Questionnaire, vera: User) -> None:
    taken = claimed(ask(questionnaire, vera))
    jobs.hold(job=taken, at=LATER - timedelta(seconds=1))
    assert jobs.sweep(at=LATER) == []
    assert state(taken) == JobState.RUNNING


def test_only_what_ended_is_tried_again(questionnaire: Questionnaire, vera: User) -> None:
    job = ask(questionnaire, vera)
    assert not jobs.retry(job=job, by=vera, at=NOW)
    jobs.finish(job=claimed(job), at=NOW)
    assert not jobs.retry(job=job, by=vera, at=NOW)
    assert events() == ["job.queued"]


def test_a_cancelled_job_stores_nothing_more(questionnaire: Questionnaire, vera: User) -> None:
    taken = claimed(ask(questionnaire, vera))
    assert jobs.cancel(job=taken, by=vera, at=NOW)
    assert not jobs.cancel(job=taken, by=vera, at=NOW)
    with pytest.raises(jobs.Fenced):
        jobs.finish(job=taken, at=NOW)
    assert state(taken) == JobState.CANCELLED
    assert broken_links(events_of(questionnaire.organisation)) == []


def done_by(monkeypatch: pytest.MonkeyPatch, what: Callable[[work.Run], None]) -> None:
    monkeypatch.setattr(work, "KINDS", dict.fromkeys(JobKind, what))


def test_effect_and_end_are_one_transaction(
    questionnaire: Questionnaire, vera: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def effect(run: work.Run) -> None:
        with run.end():
            Questionnaire.objects.filter(pk=run.job.questionnaire_id).update(title="done")
            jobs.sweep(at=LATER)  # the lease is found lapsed before the effect is stored
            claimed(run.job, LATER)

    done_by(monkeypatch, effect)
    job = ask(questionnaire, vera)
    assert work.perform(job=job.pk, clock=lambda: NOW)
    questionnaire.refresh_from_db()
    assert questionnaire.title == "a"
    assert state(job) == JobState.RUNNING


def test_a_job_that_is_done_is_not_done_again(
    questionnaire: Questionnaire, vera: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[int] = []

    def effect(run: work.Run) -> None:
        with run.end():
            ran.append(run.job.attempt)

    done_by(monkeypatch, effect)
    job = ask(questionnaire, vera)
    assert [work.perform(job=job.pk, clock=lambda: NOW) for _ in range(5)] == [True, False, False, False, False]
    assert ran == [1]


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        (
            NoQuestions("No questions were found.", "Say where they are."),
            "No questions were found. Say where they are.",
        ),
        (KeyError("secret"), "Something went wrong in the step “Answering” (KeyError)."),
    ],
)
def test_a_fault_ends_the_job_with_a_reason(
    problem: Exception, said: str, questionnaire: Questionnaire, vera: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def effect(run: work.Run) -> None:
        run.stage("Answering")
        raise problem

    done_by(monkeypatch, effect)
    job = ask(questionnaire, vera)
    assert work.perform(job=job.pk, clock=lambda: NOW)
    failed = Job.objects.get(pk=job.pk)
    assert failed.state == JobState.FAILED
    assert failed.problem.startswith(said)
    assert "secret" not in failed.problem


def test_a_worker_that_is_told_to_stop_gives_its_job_back(
    questionnaire: Questionnaire, vera: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def effect(run: work.Run) -> None:
        raise SystemExit(0)

    done_by(monkeypatch, effect)
    job = ask(questionnaire, vera)
    with pytest.raises(SystemExit):
        work.perform(job=job.pk, clock=lambda: NOW)
    given = Job.objects.get(pk=job.pk)
    assert (given.state, given.lapses) == (JobState.QUEUED, 0)


def test_a_job_that_takes_too_long_is_stopped(
    questionnaire: Questionnaire, vera: User, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    def effect(run: work.Run) -> None:
        for _ in range(10**9):
            pass

    done_by(monkeypatch, effect)
    settings.JOB_LIMIT_SECONDS = 1
    job = ask(questionnaire, vera)
    work.perform(job=job.pk, clock=lambda: NOW)
    assert "was stopped" in Job.objects.get(pk=job.pk).problem
    assert state(job) == JobState.FAILED
