"""PostgreSQL: every table in one snapshot, in the text form of COPY, which any later version reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from psycopg import sql

from rfp.actions.backups.manifest import Ask, BackupUnusable, Manifest, Table

FOLDER = "tables"
MIGRATIONS = "django_migrations"
BLOCK = 1 << 20


@contextmanager
def snapshot(folder: Path, told: Callable[[int, int], None]) -> Iterator[tuple[Ask, dict[str, Table], list[str]]]:
    """Copy every table as it is at this moment; answer questions about that moment while the block runs."""
    (folder / FOLDER).mkdir()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        # A role that sees a part of the rows has to fail here rather than copy the part.
        cursor.execute("SET LOCAL row_security = off")

        def ask(query: str) -> list[tuple[Any, ...]]:
            cursor.execute(query)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
            return rows

        names, tables, parts = _tables(ask), {}, []
        for done, (name, columns) in enumerate(names.items(), start=1):
            part = f"{FOLDER}/{name}.copy"
            with (folder / part).open("wb") as out, cursor.copy(_copy(name, columns, "TO STDOUT")) as blocks:
                for block in blocks:
                    out.write(block)
            tables[name] = Table(rows=cursor.rowcount, columns=columns)
            parts.append(part)
            told(done, len(names))
        yield ask, tables, parts


def bring_back(folder: Path, manifest: Manifest, told: Callable[[int, int], None]) -> None:
    """Lay the tables of the backup in an empty database and fill them, all or nothing.

    :raises BackupUnusable: if the database holds tables, or the backup is of a newer version
    """
    if connection.introspection.table_names():
        raise BackupUnusable("The database holds tables already. Restore into one that is empty.")
    executor = MigrationExecutor(connection)
    executor.migrate(_targets(executor, manifest.migrations))
    with transaction.atomic(), connection.cursor() as cursor:
        names = [name for name in manifest.tables if name != MIGRATIONS]
        # What the migrations wrote themselves is in the backup, too. Triggers look at rows that come later.
        for name in names:
            cursor.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(sql.Identifier(name)))
            cursor.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(name)))
        for done, name in enumerate(names, start=1):
            _fill(cursor, folder, name, manifest.tables[name])
            told(done, len(names))
        # Foreign keys are looked at now, before tables are altered again.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for name in names:
            cursor.execute(sql.SQL("ALTER TABLE {} ENABLE TRIGGER USER").format(sql.Identifier(name)))
        models = apps.get_models(include_auto_created=True)
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def _fill(cursor: Any, folder: Path, name: str, table: Table) -> None:
    with (
        (folder / FOLDER / f"{name}.copy").open("rb") as read,
        cursor.copy(_copy(name, table.columns, "FROM STDIN")) as rows,
    ):
        while block := read.read(BLOCK):
            rows.write(block)
    if cursor.rowcount != table.rows:
        raise BackupUnusable(f"The backup holds {cursor.rowcount} rows of {name}, not {table.rows}. Use another one.")


def _targets(executor: MigrationExecutor, applied: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    """Return the latest migrations among those of the backup.

    :raises BackupUnusable: if this version does not know one of them
    """
    graph = executor.loader.graph
    nodes = {(app, name) for app, names in applied.items() for name in names}
    unknown = sorted(nodes - set(graph.nodes))
    if unknown:
        raise BackupUnusable(
            f"The backup is of a newer version of Countersign: it has the migration {'.'.join(unknown[0])}. "
            "Restore it with that version."
        )
    return sorted(node for node in nodes if not {child.key for child in graph.node_map[node].children} & nodes)


def _tables(ask: Ask) -> dict[str, tuple[str, ...]]:
    """Return the columns of each table by its name, those left out that the database computes itself."""
    rows = ask(
        "SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"
        " WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace"
        " AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' ORDER BY c.relname, a.attnum"
    )
    found: dict[str, list[str]] = {}
    for table, column in rows:
        found.setdefault(table, []).append(column)
    return {table: tuple(columns) for table, columns in found.items()}


def _copy(table: str, columns: Sequence[str], way: str) -> sql.Composed:
    return sql.SQL("COPY {} ({}) {}").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns)), sql.SQL(way)
    )
