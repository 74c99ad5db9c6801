"""``manage.py serve --demo``: the demo is run once, its people get a password of this run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from accounts.actions.people import add_member, create_organisation
from accounts.models import OrganisationKind, Role, User
from rfp.actions.demo import APPROVER
from rfp.management.commands import serve
from tests.conftest import NOW
from tests.pages.conftest import build


@pytest.fixture
def called(monkeypatch: pytest.MonkeyPatch, store: Path) -> list[str]:
    """Stand in for the demo and for the server."""
    names: list[str] = []

    def call(name: str, *args: object, **options: Any) -> None:
        names.append(name)
        if name == "demo":
            organisation = create_organisation(name="Demo", slug="demo", kind=OrganisationKind.VENDOR, at=NOW)
            user = User.objects.create_user(APPROVER, full_name="Nadia")
            add_member(organisation=organisation, user=user, role=Role.APPROVER, by=None, at=NOW)
            build(organisation, by=user)

    @contextmanager
    def runner() -> Iterator[None]:
        names.append("runner")
        yield

    monkeypatch.setattr(serve, "call_command", call)
    monkeypatch.setattr(serve, "runner", runner)
    return names


def test_the_demo_runs_once_and_each_start_has_its_password(
    db: None, called: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], quick_hashing: None
) -> None:
    passwords = []
    for _ in range(2):
        call_command("serve", demo=tmp_path)
        said = capsys.readouterr().out
        assert APPROVER in said
        passwords.append(re.findall(r"every start: (\S+)", said)[0])
        assert User.objects.get(email=APPROVER).check_password(passwords[-1])
    assert called == ["migrate", "demo", "runner", "runserver", "migrate", "runner", "runserver"]
    assert passwords[0] != passwords[1]


def test_without_the_demo_nobodys_password_is_touched(db: None, called: list[str], vera: User) -> None:
    before = User.objects.get(pk=vera.pk).password
    call_command("serve")
    assert called == ["migrate", "runner", "runserver"]
    assert User.objects.get(pk=vera.pk).password == before
