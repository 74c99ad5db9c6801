"""Taking a backup: the database in one snapshot, then every file that the snapshot names."""

from __future__ import annotations

import os
import shutil
from datetime import datetime
from pathlib import Path

from django.db import DatabaseError, connection

from evidence import storage
from rfp.actions.backups import postgres, sqlite
from rfp.actions.backups.manifest import Manifest, digest_of, migrations, stored_files, trails
from rfp.actions.job import Reporter
from rfp.version import VERSION

ENGINES = {"sqlite": sqlite.snapshot, "postgresql": postgres.snapshot}


class BackupRefused(Exception):
    """There is no backup; the text says why and what to do."""


def take(folder: Path, *, at: datetime, told: Reporter) -> Manifest:
    """Write a backup into a new folder while people work; it is there whole or not at all.

    What is written after it began is not in it. Files are never changed once stored, so those that the snapshot names
    are copied after it. A file that the store has lost is named in the manifest: the rest is worth keeping.

    :raises BackupRefused: if the folder is there, or something cannot be read or written
    """
    if folder.exists():
        raise BackupRefused(f"{folder} is there already. Name a folder that is not.")
    partial = folder.with_name(f"{folder.name}.partial")
    try:
        partial.mkdir(parents=True)
        manifest = _write(partial, at, told)
        _sync(partial)
        partial.rename(folder)
    except FileExistsError:
        raise BackupRefused(
            f"{partial} is there: another backup is under way, or one was cut off. Remove it."
        ) from None
    except (OSError, DatabaseError) as problem:
        shutil.rmtree(partial, ignore_errors=True)
        raise BackupRefused(f"The backup could not be written: {str(problem).strip()}") from problem
    return manifest


def _write(folder: Path, at: datetime, told: Reporter) -> Manifest:
    told.stage("Copying the database")
    with ENGINES[connection.vendor](folder, told.progress) as (ask, tables, parts):
        applied, files, heads = migrations(ask), stored_files(ask), trails(ask)
    told.stage("Copying the files")
    missing = []
    for done, sha256 in enumerate(files, start=1):
        try:
            storage.write_whole(folder / "files" / sha256[:2] / sha256, storage.get(sha256))
        except storage.FileMissing:
            missing.append(sha256)
        told.progress(done, len(files))
    told.stage("Hashing the database")
    manifest = Manifest(
        engine=connection.vendor,
        product=VERSION,
        made_at=at.isoformat(),
        migrations=applied,
        tables=tables,
        parts={part: digest_of(folder / part) for part in parts},
        files=files,
        missing=tuple(missing),
        trails=heads,
    )
    manifest.write(folder)
    return manifest


def _sync(folder: Path) -> None:
    """Have the disk hold what was written before the folder gets its name."""
    for path in (*folder.glob("*"), *folder.glob("tables/*"), folder):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
