"""Whether this installation can serve: its database, the schema, those who do jobs, and the broker if there is one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

import redis
from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from rfp.queries.operations.workers import somebody_works

BROKER_WITHIN = 1  # seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """What each check said. Pages need the database and its schema; jobs need the others, and wait where they fail."""

    checks: Mapping[str, str]

    @property
    def serves(self) -> bool:
        return self.checks["database"] == self.checks["schema"] == "ok"

    @property
    def whole(self) -> bool:
        return set(self.checks.values()) == {"ok"}

    @property
    def status(self) -> str:
        if self.whole:
            return "ok"
        return "degraded" if self.serves else "unavailable"


def health(*, at: datetime) -> Health:
    checks: dict[str, Callable[[], str]] = {
        "database": _database,
        "schema": _schema,
        "workers": lambda: "ok" if somebody_works(at=at) else "silent",
    }
    if settings.REDIS_URL:
        checks["broker"] = _broker
    return Health(checks={name: _said(check) for name, check in checks.items()})


def _said(check: Callable[[], str]) -> str:
    try:
        return check()
    except (OperationalError, InterfaceError):
        return "away"


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return "ok"


def _schema() -> str:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{len(waiting)} migrations wait" if waiting else "ok"


def _broker() -> str:
    try:
        with redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=BROKER_WITHIN) as broker:
            broker.ping()
    except (redis.RedisError, OSError):
        return "away"
    return "ok"
