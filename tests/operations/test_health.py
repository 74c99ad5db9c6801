"""/livez and /readyz: what they say when something is away."""

from __future__ import annotations

from datetime import timedelta
from typing import NoReturn

import pytest
import redis
from django.db import OperationalError
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from rfp.actions.alive import show_life
from rfp.models import SignOfLife
from rfp.queries.operations import health as checks
from tests.conftest import NOW


def away() -> NoReturn:
    raise OperationalError("secret detail")


def test_a_process_that_answers_is_alive_whatever_else_is_away(client: Client) -> None:
    response = client.get("/livez")  # without a database: the test has none
    assert (response.status_code, response.content) == (200, b"alive\n")


@pytest.mark.django_db
def test_without_anyone_who_does_jobs_pages_are_served_and_monitors_are_told(client: Client) -> None:
    assert client.get("/readyz").json() == {
        "status": "degraded",
        "checks": {"database": "ok", "schema": "ok", "workers": "silent"},
    }
    assert client.get("/readyz").status_code == 200
    assert client.get("/readyz?whole").status_code == 503
    show_life(name="runner", at=timezone.now())
    assert client.get("/readyz?whole").status_code == 200
    SignOfLife.objects.update(seen_at=timezone.now() - timedelta(seconds=61))
    assert client.get("/readyz").json()["checks"]["workers"] == "silent"


@pytest.mark.django_db
@pytest.mark.parametrize(("check", "said"), [("_database", "away"), ("_schema", "2 migrations wait")])
def test_without_database_or_schema_no_page_is_sent_here(
    check: str, said: str, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks, check, away if said == "away" else lambda: said)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert (response.json()["status"], response.json()["checks"][check[1:]]) == ("unavailable", said)
    assert "secret detail" not in response.content.decode()


@pytest.mark.django_db
def test_a_migration_that_waits_is_counted(client: Client) -> None:
    MigrationRecorder.Migration.objects.filter(app="rfp").order_by("-pk")[0].delete()
    assert client.get("/readyz").json()["checks"]["schema"] == "1 migrations wait"


@pytest.mark.django_db
def test_a_broker_is_looked_for_where_one_is_set(
    client: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(broker: redis.Redis) -> NoReturn:
        raise redis.ConnectionError("secret detail")

    settings.REDIS_URL = "redis://localhost:6379/0"
    monkeypatch.setattr(redis.Redis, "ping", refuse)
    response = client.get("/readyz")
    assert response.json()["checks"]["broker"] == "away"
    assert response.status_code == 200


@pytest.mark.django_db
def test_signs_of_life_are_one_a_process_and_forgotten_after_a_day() -> None:
    show_life(name="a", at=NOW)
    show_life(name="a", at=NOW + timedelta(seconds=15))
    assert [sign.seen_at for sign in SignOfLife.objects.all()] == [NOW + timedelta(seconds=15)]
    show_life(name="b", at=NOW + timedelta(days=2))
    assert [sign.name for sign in SignOfLife.objects.all()] == ["b"]
