"""Two people do the same thing at the same moment: one effect, and nobody is shown a fault. Needs real row locks."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from django.db import connection, connections

from accounts.models import AuditEvent, Organisation, User
from evidence.actions import answers, drafts
from evidence.actions.answer_rows import AnswerExists, Wording
from evidence.actions.systems import NameTaken, SystemEntry, add_system
from evidence.ingest import Document
from evidence.models import AISystem, Draft, LibraryAnswer
from rfp.actions import jobs, reminders
from rfp.actions.intake import receive
from rfp.models import Job, JobKind, Questionnaire, ReminderSetting
from tests.conftest import NOW, TODAY

pytestmark = [
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL: make test-postgres"),
    pytest.mark.django_db(transaction=True),
]
AT_ONCE = 6
T = TypeVar("T")


def at_once(act: Callable[[], T]) -> list[T | Exception]:
    """Do the same in several threads that start together; return what came of each."""
    gate = threading.Barrier(AT_ONCE)
    came: list[T | Exception] = []

    def run() -> None:
        try:
            connection.ensure_connection()
            gate.wait()
            came.append(act())
        except Exception as problem:  # noqa: BLE001  # the test looks at every one
            came.append(problem)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return came


def test_one_document_uploaded_by_several_is_one_draft(
    vendor: Organisation, vera: User, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafts, "read_many", lambda files: [Document(pages=("Certificate",), kind="") for _ in files])
    upload = drafts.Upload(name="report.pdf", content=b"read by nobody")
    came = at_once(lambda: drafts.take_in(organisation=vendor, uploads=[upload], by=vera, at=NOW))
    assert [type(one) for one in came] == [list] * AT_ONCE, came
    assert Draft.objects.count() == 1
    assert AuditEvent.objects.filter(event="evidence.received").count() == 1


def test_one_question_answered_by_several_is_one_answer(vendor: Organisation, vera: User) -> None:
    wording = Wording(question="Where is the data kept?", answer="In Norway", owner="Vera")
    came = at_once(lambda: answers.add(organisation=vendor, wording=wording, by=vera, at=NOW))
    assert sorted(type(one).__name__ for one in came) == [AnswerExists.__name__] * (AT_ONCE - 1) + ["LibraryAnswer"]
    assert LibraryAnswer.objects.count() == 1


def test_one_system_registered_by_several_is_one_system(vendor: Organisation, vera: User) -> None:
    came = at_once(lambda: add_system(organisation=vendor, entry=SystemEntry(name="Helper"), by=vera, at=NOW))
    assert sorted(type(one).__name__ for one in came) == ["AISystem"] + [NameTaken.__name__] * (AT_ONCE - 1)
    assert AISystem.objects.count() == 1


def test_one_file_and_one_job_asked_for_by_several(vendor: Organisation, vera: User, store: Path) -> None:
    def ask() -> int:
        received = receive(organisation=vendor, content=b"a,b", name="form.csv", by=vera, at=NOW)
        job = jobs.enqueue(
            organisation=vendor, kind=JobKind.ANSWER, questionnaire=received, key="one press", by=vera, at=NOW
        )
        return job.pk

    came = at_once(ask)
    assert len(set(map(str, came))) == 1, came
    assert (Questionnaire.objects.count(), Job.objects.count()) == (1, 1)
    assert AuditEvent.objects.filter(event="job.queued").count() == 1


def test_reminders_of_one_day_are_sent_by_one_of_several(vendor: Organisation) -> None:
    came = at_once(lambda: reminders.remind_where_due(at=NOW))
    assert [one for one in came if isinstance(one, Exception)] == []
    assert TODAY in ReminderSetting.objects.values_list("run_on", flat=True)
