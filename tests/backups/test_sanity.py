"""Each check finds what it is there for, and nothing in an installation that is whole."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from accounts import append_only
from accounts.models import AuditEvent, Organisation, User
from evidence.actions.files import keep
from evidence.models import StoredFile
from rfp.actions import jobs
from rfp.actions.intake import receive
from rfp.models import JobKind
from rfp.queries.sanity import CHECKS
from tests.conftest import NOW


@pytest.fixture
def file(vendor: Organisation, vera: User, store: Path) -> StoredFile:
    return keep(organisation=vendor, content=b"report", name="report.pdf", at=NOW)


def problems(check: str) -> list[str]:
    return CHECKS[check](NOW, lambda done, total: None).problems


def path_of(file: StoredFile) -> Path:
    return Path(settings.STORE_DIR) / file.sha256[:2] / file.sha256


def test_nothing_is_wrong_with_what_is_whole(file: StoredFile) -> None:
    assert {name: problems(name) for name in CHECKS} == {name: [] for name in CHECKS}
    out = io.StringIO()
    call_command("sanity_check", stdout=out)
    assert "Everything is whole." in out.getvalue()


def test_files_lost_altered_and_of_another_size(file: StoredFile) -> None:
    StoredFile.objects.update(size=7)
    assert problems("Stored files") == [f"The file {file.sha256} has another size than its row says."]
    path_of(file).write_bytes(b"Report")
    assert "was altered on disk. Bring it back" in problems("Stored files")[0]
    path_of(file).unlink()
    assert "has no file" in problems("Stored files")[0]
    with pytest.raises(CommandError, match="1 things are wrong"):
        call_command("sanity_check", stdout=io.StringIO())


def test_a_file_that_no_row_names_is_a_note(file: StoredFile) -> None:
    StoredFile.objects.all().delete()
    looked = CHECKS["Files nobody names"](NOW, lambda done, total: None)
    assert (looked.things, looked.problems) == (1, [])
    assert file.sha256 in looked.notes[0]


def test_an_event_changed_behind_the_product(file: StoredFile) -> None:
    with append_only.lifted(connection):
        AuditEvent.objects.filter(sequence=1).update(actor_name="Somebody else")
    assert problems("Audit trails") == ["vera-vendor: event 1 was changed: its hash is that of another content."]
    append_only.remove(connection)
    assert len(problems("Audit trails")) == 3


def test_jobs_that_nobody_does(file: StoredFile, vendor: Organisation, vera: User) -> None:
    questionnaire = receive(organisation=vendor, content=b"a,b", name="form.csv", by=vera, at=NOW)
    asked = jobs.enqueue(
        organisation=vendor, kind=JobKind.ANSWER, questionnaire=questionnaire, key="k", by=vera, at=NOW
    )
    look = CHECKS["Jobs"]
    assert look(NOW + timedelta(minutes=59), print).problems == []
    assert "wait for more than an hour" in look(NOW + timedelta(minutes=61), print).problems[0]
    assert jobs.claim(job=asked.pk, at=NOW) is not None
    assert look(NOW + timedelta(seconds=60), print).problems == []
    assert "held by a worker that is gone" in look(NOW + timedelta(minutes=5), print).problems[0]
