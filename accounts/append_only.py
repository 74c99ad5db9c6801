"""What the database itself refuses: to change or to delete an audit event.

Whoever may write to the tables may also drop these triggers; that is what the chain of hashes is for. They stop the
mistakes and the shortcuts.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "accounts_auditevent"
REFUSED = "audit events are never changed or deleted"
SQLITE = {
    "audit_event_is_not_changed": f"CREATE TRIGGER IF NOT EXISTS audit_event_is_not_changed BEFORE UPDATE ON {TABLE} "
    f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END",
    "audit_event_is_not_deleted": f"CREATE TRIGGER IF NOT EXISTS audit_event_is_not_deleted BEFORE DELETE ON {TABLE} "
    f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END",
}
FUNCTION = (
    "CREATE OR REPLACE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
)
POSTGRESQL = {
    "audit_event_is_not_changed": f"CREATE OR REPLACE TRIGGER audit_event_is_not_changed BEFORE UPDATE OR DELETE "
    f"ON {TABLE} FOR EACH ROW EXECUTE FUNCTION refuse_audit_change()",
    "audit_event_is_not_deleted": f"CREATE OR REPLACE TRIGGER audit_event_is_not_deleted BEFORE TRUNCATE "
    f"ON {TABLE} FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()",
}


def install(connection: BaseDatabaseWrapper) -> None:
    """Make the database refuse; doing it twice has one effect."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(FUNCTION)
        for statement in _triggers(connection).values():
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Let the database take any change again."""
    with connection.cursor() as cursor:
        for name in _triggers(connection):
            of_table = f" ON {TABLE}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{of_table}")


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the names of the triggers that are not there."""
    catalogue = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE tgrelid = to_regclass(%s) AND tgenabled <> 'D'",
    }
    with connection.cursor() as cursor:
        cursor.execute(catalogue[connection.vendor], [TABLE])
        there = {name for (name,) in cursor.fetchall()}
    return [name for name in _triggers(connection) if name not in there]


@contextmanager
def lifted(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Let the whole database be emptied: for nothing else."""
    remove(connection)
    try:
        yield
    finally:
        install(connection)


def _triggers(connection: BaseDatabaseWrapper) -> dict[str, str]:
    return {"sqlite": SQLITE, "postgresql": POSTGRESQL}[connection.vendor]
