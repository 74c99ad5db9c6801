"""The cast and the ground every test stands on: vera sells, bo buys, max keeps the mapping, olga is another vendor."""

from __future__ import annotations

import os
import socket
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NoReturn

import pytest

from accounts.actions.people import add_member, create_organisation, vouch_for
from accounts.models import Organisation, OrganisationKind, Role, User

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
SHARED = Path(os.environ.get("COUNTERSIGN_SHARED", Path(__file__).resolve().parents[2] / "shared"))


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse connections: nothing in the product may reach out by itself."""

    def refuse(*args: object, **kwargs: object) -> NoReturn:
        raise AssertionError("a test tried to open a network connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.fixture
def store(tmp_path: Path, settings: pytest.FixtureRequest) -> Path:
    folder = tmp_path / "store"
    settings.STORE_DIR = folder  # type: ignore[attr-defined]  # the settings fixture of pytest-django
    return folder


@pytest.fixture
def vendor(db: None) -> Organisation:
    return create_organisation(name="Vera Vendor", slug="vera-vendor", kind=OrganisationKind.VENDOR, at=NOW)


@pytest.fixture
def other_vendor(db: None) -> Organisation:
    return create_organisation(name="Olga Other", slug="olga-other", kind=OrganisationKind.VENDOR, at=NOW)


@pytest.fixture
def vera(vendor: Organisation) -> User:
    user = User.objects.create_user("vera@vendor.example", full_name="Vera Vance")
    vouch_for(user)
    add_member(organisation=vendor, user=user, role=Role.SALES_ENGINEER, by=None, at=NOW)
    return user


@pytest.fixture
def ada(vendor: Organisation) -> User:
    """The vendor's approver."""
    user = User.objects.create_user("ada@vendor.example", full_name="Ada Approver")
    vouch_for(user)
    add_member(organisation=vendor, user=user, role=Role.APPROVER, by=None, at=NOW)
    return user


@pytest.fixture
def olga(other_vendor: Organisation) -> User:
    user = User.objects.create_user("olga@other.example", full_name="Olga Other")
    vouch_for(user)
    add_member(organisation=other_vendor, user=user, role=Role.APPROVER, by=None, at=NOW)
    return user
