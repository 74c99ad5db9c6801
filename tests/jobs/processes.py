"""The product's own processes, started on a database file: the runner, Celery workers, and a real Redis."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

WAITS = 30.0  # seconds; what is waited for takes a second or two on an idle machine
BIN = Path(sys.executable).parent


class Plant:
    """One installation under test: its folder, its database, and the processes started in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.started: list[subprocess.Popen[bytes]] = []
        self.redis_url = ""

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
        more = {"REDIS_URL": self.redis_url} if self.redis_url else {}
        return {
            **kept,
            **more,
            "DJANGO_SETTINGS_MODULE": "tests.jobs.slow_settings",
            "COUNTERSIGN_VAR": str(self.folder / "var"),
            "COUNTERSIGN_STORE": str(self.folder / "store"),
            "SLOW_FOLDER": str(self.folder),
            "JOB_LEASE_SECONDS": "2",
            "PYTHONPATH": str(settings.BASE_DIR),
        }

    def start(self, *command: str) -> subprocess.Popen[bytes]:
        log = (self.folder / f"log-{len(self.started)}").open("wb")
        with log:
            process = subprocess.Popen(
                command, cwd=settings.BASE_DIR, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        self.started.append(process)
        return process

    def make(self, *arguments: str) -> None:
        command = [sys.executable, "-m", "tests.jobs.slow.make", *arguments]
        subprocess.run(command, cwd=settings.BASE_DIR, env=self.environment, check=True, capture_output=True)

    def runner(self, *arguments: str) -> subprocess.Popen[bytes]:
        return self.start(sys.executable, "manage.py", "work", *arguments)

    def worker(self, *, processes: int = 1) -> subprocess.Popen[bytes]:
        quick = ("--without-gossip", "--without-mingle", "--without-heartbeat")
        return self.start(str(BIN / "celery"), "-A", "rfp.celery", "worker", "-c", str(processes), *quick)

    def redis(self) -> subprocess.Popen[bytes]:
        """Start a Redis without a port, on a socket file, that keeps nothing on disk."""
        path = self.folder / "redis.sock"
        self.redis_url = f"unix://{path}"
        process = self.start(
            str(BIN / "redis-server"), "--port", "0", "--unixsocket", str(path), "--save", "", "--appendonly", "no"
        )
        wait_for(path.exists)
        return process

    def stop(self) -> None:
        for process in self.started:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def query(self, sql: str) -> list[tuple[object, ...]]:
        database = sqlite3.connect(self.folder / "var" / "countersign.sqlite3", timeout=20)
        try:
            return database.execute(sql).fetchall()
        finally:
            database.close()

    def states(self) -> list[str]:
        return [str(state) for (state,) in self.query("SELECT state FROM rfp_job ORDER BY id")]

    def effects(self) -> list[int]:
        """Return the jobs that left their effect, each as often as it did."""
        found = self.query("SELECT target_id FROM accounts_auditevent WHERE event = 'test.effect' ORDER BY target_id")
        return [int(str(target)) for (target,) in found]

    def began(self, attempt: int = 1) -> list[int]:
        """Return the processes that began that attempt of a job."""
        texts = [path.read_text() for path in sorted(self.folder.glob(f"began-*-{attempt}"))]
        return [int(text) for text in texts if text]

    def let_go(self) -> None:
        (self.folder / "go").touch()


def wait_for(happened: Callable[[], object]) -> None:
    """:raises AssertionError: if it does not happen in time"""
    until = time.monotonic() + WAITS
    while not happened():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.05)
