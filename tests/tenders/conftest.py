"""The ground of the tender tests: laid once for each module; every test rolls back what it does to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings as product
from django.db import transaction
from django.test import Client
from pytest_django import Settings
from pytest_django.plugin import DjangoDbBlocker

from accounts.models import User
from tests.pages.conftest import fresh_cache
from tests.tenders.world import TenderWorld, build, person

__all__ = ["fresh_cache"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    store: Path
    world: TenderWorld
    other: TenderWorld


@pytest.fixture(scope="module")
def ground(
    tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Ground]:
    before, product.STORE_DIR = product.STORE_DIR, tmp_path_factory.mktemp("tenders") / "store"
    with django_db_blocker.unblock(), transaction.atomic():
        person("mara@nowhere.example")
        yield Ground(
            store=product.STORE_DIR,
            world=build(),
            other=build(name="Rival Bank", slug="rival", people="rival.example"),
        )
        transaction.set_rollback(True)
    product.STORE_DIR = before


@pytest.fixture
def world(db: None, ground: Ground, settings: Settings) -> TenderWorld:
    settings.STORE_DIR = ground.store
    for row in (ground.world.draft, ground.world.tender):
        row.refresh_from_db()
    return ground.world


@pytest.fixture
def other(world: TenderWorld, ground: Ground) -> TenderWorld:
    return ground.other


@pytest.fixture
def sign_in() -> Callable[[User], Client]:
    def signed_in(user: User) -> Client:
        client = Client(SERVER_NAME="localhost")
        client.force_login(user)
        return client

    return signed_in
