"""One world for each file of tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings
from pytest_django.plugin import DjangoDbBlocker

from accounts.models import User
from tests.judging.world import World, laid


@pytest.fixture(scope="module")
def ground(
    tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[tuple[Path, World]]:
    store = tmp_path_factory.mktemp("judging") / "store"
    with django_db_blocker.unblock(), laid(store) as world:
        yield store, world


@pytest.fixture
def world(db: None, ground: tuple[Path, World], settings: Settings) -> World:
    settings.STORE_DIR, world = ground
    return world


@pytest.fixture
def sign_in() -> Callable[[User], Client]:
    def signed_in(user: User) -> Client:
        client = Client(SERVER_NAME="localhost")
        client.force_login(user)
        return client

    return signed_in
