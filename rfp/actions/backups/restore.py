"""Bringing a backup back: checked before anything is written, into an installation that holds nothing."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from evidence import storage
from rfp.actions.backups import postgres, sqlite
from rfp.actions.backups.manifest import BackupUnusable, Manifest, digest_of
from rfp.actions.job import Reporter


def check(folder: Path, *, told: Reporter) -> Manifest:
    """Compare every part and file of a backup with its manifest.

    :raises BackupUnusable: if one is missing or was changed
    """
    manifest = Manifest.read(folder)
    told.stage("Checking the backup")
    expected = dict(manifest.parts)
    expected |= {f"files/{name[:2]}/{name}": name for name in manifest.files if name not in manifest.missing}
    for done, (path, sha256) in enumerate(expected.items(), start=1):
        if not (folder / path).is_file():
            raise BackupUnusable(f"{folder / path} is missing. Use another backup.")
        if digest_of(folder / path) != sha256:
            raise BackupUnusable(f"{folder / path} was changed since the backup was taken. Use another backup.")
        told.progress(done, len(expected))
    return manifest


def restore(folder: Path, *, told: Reporter) -> Manifest:
    """Bring a backup back and bring the tables up to this version.

    :raises BackupUnusable: if it is damaged, of another engine or newer, or the installation holds data already
    """
    manifest = check(folder, told=told)
    if manifest.engine != connection.vendor:
        raise BackupUnusable(
            f"The backup is of {manifest.engine} and this installation runs on {connection.vendor}. "
            "Set DATABASE_URL to the engine of the backup."
        )
    told.stage("Bringing the database back")
    if connection.vendor == "sqlite":
        connection.close()
        sqlite.bring_back(folder, Path(str(settings.DATABASES["default"]["NAME"])))
    else:
        postgres.bring_back(folder, manifest, told.progress)
    told.stage("Bringing the files back")
    kept = [name for name in manifest.files if name not in manifest.missing]
    for done, name in enumerate(kept, start=1):
        storage.put((folder / "files" / name[:2] / name).read_bytes())
        told.progress(done, len(kept))
    told.stage("Bringing the tables up to this version")
    call_command("migrate", verbosity=0)
    return manifest
