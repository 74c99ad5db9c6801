"""SQLite: a copy of the database file, whole and compact, made while others write."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.db import connection

from rfp.actions.backups.manifest import Ask, BackupUnusable, Table

PART = "database.sqlite3"


@contextmanager
def snapshot(folder: Path, told: Callable[[int, int], None]) -> Iterator[tuple[Ask, dict[str, Table], list[str]]]:
    """Copy the database as it is at this moment; answer questions about the copy, with its tables and its parts."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(folder / PART)])
    with closing(sqlite3.connect(folder / PART)) as copy:

        def ask(query: str) -> list[tuple[Any, ...]]:
            return copy.execute(query).fetchall()

        # The copy is one file in which nothing happened yet: no other process has to find a journal beside it.
        names = [name for (name,) in ask("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        tables = {}
        for done, name in enumerate(names, start=1):
            ((rows,),) = ask(f'SELECT count(*) FROM "{name}"')  # noqa: S608  # a name from the catalogue
            if not name.startswith("sqlite_"):
                tables[name] = Table(rows=rows)
            told(done, len(names))
        yield ask, tables, [PART]


def bring_back(folder: Path, database: Path) -> None:
    """Put the copy where the database of this installation belongs.

    :raises BackupUnusable: if a database is there already, or the copy is damaged
    """
    if database.exists() and database.stat().st_size:
        raise BackupUnusable(f"{database} is there already. Restore into an installation that holds nothing.")
    with closing(sqlite3.connect(f"file:{folder / PART}?mode=ro&immutable=1", uri=True)) as copy:
        said = copy.execute("PRAGMA integrity_check").fetchone()[0]
    if said != "ok":
        raise BackupUnusable(f"The database of the backup is damaged: {said}. Use another backup.")
    database.parent.mkdir(parents=True, exist_ok=True)
    partial = database.with_name(f"{database.name}.partial")
    partial.write_bytes(b"")
    with closing(sqlite3.connect(folder / PART)) as copy, closing(sqlite3.connect(partial)) as target:
        copy.backup(target)
    partial.replace(database)
