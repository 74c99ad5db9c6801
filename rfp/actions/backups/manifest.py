"""What a backup says about itself, so that it can be checked without the database it came from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

NAME, FORMAT = "manifest.json", 1
BLOCK = 1 << 20

# Answers a query on the snapshot: the rows, as tuples of plain values.
Ask = Callable[[str], list[tuple[Any, ...]]]


class BackupUnusable(Exception):
    """A folder that is no whole backup, or not one that this version can bring back; the text says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    rows: int
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    engine: str
    product: str
    made_at: str
    migrations: Mapping[str, tuple[str, ...]]
    tables: Mapping[str, Table]
    parts: Mapping[str, str]  # by the path of a part of the database: its SHA-256
    files: Mapping[str, int]  # by the SHA-256 of a stored file: its size
    missing: tuple[str, ...]  # files that rows name and the store no longer had
    trails: Mapping[str, tuple[int, str]]  # by organisation: the last audit event and its hash

    def write(self, folder: Path) -> None:
        text = json.dumps({"format": FORMAT, **asdict(self)}, indent=1, sort_keys=True)
        (folder / NAME).write_text(text + "\n", encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """:raises BackupUnusable: if the folder holds none that this version reads"""
        try:
            said = json.loads((folder / NAME).read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise BackupUnusable(f"{folder} has no {NAME}: it is no backup, or one that was not finished.") from None
        except (OSError, ValueError) as problem:
            raise BackupUnusable(f"{folder / NAME} cannot be read: {problem}") from None
        if said.pop("format", None) != FORMAT:
            raise BackupUnusable(f"{folder} was written by another version of Countersign. Restore it with that one.")
        try:
            return cls(
                **{
                    **said,
                    "migrations": {app: tuple(names) for app, names in said["migrations"].items()},
                    "tables": {
                        name: Table(rows=table["rows"], columns=tuple(table["columns"]))
                        for name, table in said["tables"].items()
                    },
                    "missing": tuple(said["missing"]),
                    "trails": {slug: (sequence, head) for slug, (sequence, head) in said["trails"].items()},
                }
            )
        except (KeyError, TypeError, ValueError, AttributeError):
            raise BackupUnusable(f"{folder / NAME} is not as a backup writes it. Take another backup.") from None


def migrations(ask: Ask) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for app, name in ask("SELECT app, name FROM django_migrations ORDER BY app, name"):
        found.setdefault(app, []).append(name)
    return {app: tuple(names) for app, names in found.items()}


def stored_files(ask: Ask) -> dict[str, int]:
    return dict(ask("SELECT sha256, max(size) FROM evidence_storedfile GROUP BY sha256 ORDER BY sha256"))


def trails(ask: Ask) -> dict[str, tuple[int, str]]:
    """Return where the audit trail of each organisation ends."""
    rows = ask(
        "SELECT o.slug, e.sequence, e.hash FROM accounts_organisation o JOIN accounts_auditevent e"
        " ON e.organisation_id = o.id WHERE e.sequence ="
        " (SELECT max(l.sequence) FROM accounts_auditevent l WHERE l.organisation_id = o.id) ORDER BY o.slug"
    )
    return {slug: (sequence, head) for slug, sequence, head in rows}


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file of any size."""
    found = hashlib.sha256()
    with path.open("rb") as read:
        while block := read.read(BLOCK):
            found.update(block)
    return found.hexdigest()
