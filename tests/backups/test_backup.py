"""A backup is whole or not there, says so when it is damaged, and comes back elsewhere as it was."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from psycopg import sql

from accounts.models import Organisation, User
from evidence import storage
from evidence.actions.files import keep
from evidence.models import StoredFile
from rfp.actions.backups import restore, write
from rfp.actions.backups.manifest import BackupUnusable, Manifest
from rfp.actions.job import Silent
from tests.conftest import NOW

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def backup(vendor: Organisation, vera: User, store: Path, tmp_path: Path) -> Path:
    for number in range(3):
        keep(organisation=vendor, content=b"report %d" % number, name=f"{number}.pdf", at=NOW)
    write.take(tmp_path / "backup", at=NOW, told=Silent())
    return tmp_path / "backup"


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of an installation that holds nothing, on the engine at hand."""
    environment = {**os.environ, "COUNTERSIGN_VAR": str(tmp_path / "elsewhere"), "DATABASE_URL": ""}
    environment.pop("COUNTERSIGN_STORE", None)
    if connection.vendor == "sqlite":
        yield environment
        return
    name, host = f"elsewhere_{os.getpid()}", connection.settings_dict["HOST"]
    with psycopg.connect(host=host, user="postgres", dbname="postgres", autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        yield {**environment, "DATABASE_URL": f"postgresql://postgres@/{name}?host={host}"}
        server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def manage(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True)


def test_a_backup_comes_back_elsewhere_as_it_was(backup: Path, elsewhere: dict[str, str]) -> None:
    restored = manage(elsewhere, "restore", str(backup))
    assert restored.returncode == 0, restored.stderr
    looked = manage(elsewhere, "sanity_check", "--against", str(backup))
    assert looked.returncode == 0, looked.stdout + looked.stderr
    assert "✓ Stored files: 3 looked at" in looked.stdout
    assert "Everything is whole." in looked.stdout
    again = manage(elsewhere, "restore", str(backup))
    assert again.returncode == 1
    assert "already" in again.stderr


def test_what_a_backup_says_of_itself(backup: Path, vendor: Organisation) -> None:
    manifest = Manifest.read(backup)
    assert len(manifest.files) == manifest.tables["evidence_storedfile"].rows == 3
    assert manifest.missing == ()
    assert manifest.trails["vera-vendor"][0] == manifest.tables["accounts_auditevent"].rows > 0
    assert restore.check(backup, told=Silent()) == manifest
    assert not backup.with_name("backup.partial").exists()


def _change(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1] + b"!")


def a_file(backup: Path) -> Path:
    return next(backup.glob("files/*/*"))


def a_part(backup: Path) -> Path:
    return backup / next(iter(Manifest.read(backup).parts))


DAMAGE: dict[str, tuple[Callable[[Path], object], str]] = {
    "a file changed": (lambda backup: _change(a_file(backup)), "was changed since"),
    "a file gone": (lambda backup: a_file(backup).unlink(), "is missing"),
    "the database changed": (lambda backup: _change(a_part(backup)), "was changed since"),
    "the database gone": (lambda backup: a_part(backup).unlink(), "is missing"),
    "no manifest": (lambda backup: (backup / "manifest.json").unlink(), "no manifest.json"),
    "half a manifest": (lambda backup: (backup / "manifest.json").write_text('{"format": 1'), "cannot be read"),
    "an empty manifest": (lambda backup: (backup / "manifest.json").write_text('{"format": 1}'), "not as a backup"),
    "a later form": (lambda backup: (backup / "manifest.json").write_text('{"format": 2}'), "another version"),
}


def test_a_damaged_backup_says_so(backup: Path) -> None:
    whole = {path: path.read_bytes() for path in backup.rglob("*") if path.is_file()}
    for name, (damage, said) in DAMAGE.items():
        damage(backup)
        with pytest.raises(BackupUnusable, match=said):
            restore.restore(backup, told=Silent())
            pytest.fail(f"{name}: it was brought back")
        for path, content in whole.items():
            path.write_bytes(content)


def test_a_backup_of_the_other_engine_is_refused(backup: Path) -> None:
    said = json.loads((backup / "manifest.json").read_text())
    other = {"sqlite": "postgresql", "postgresql": "sqlite"}[connection.vendor]
    (backup / "manifest.json").write_text(json.dumps({**said, "engine": other}))
    with pytest.raises(BackupUnusable, match="Set DATABASE_URL"):
        restore.restore(backup, told=Silent())
    assert Organisation.objects.count() == 1


def test_no_backup_overwrites_another(backup: Path) -> None:
    before = (backup / "manifest.json").read_bytes()
    with pytest.raises(write.BackupRefused, match="is there already"):
        write.take(backup, at=NOW, told=Silent())
    assert (backup / "manifest.json").read_bytes() == before


def test_a_file_that_the_store_lost_is_named_and_the_rest_is_kept(backup: Path, tmp_path: Path) -> None:
    lost = StoredFile.objects.order_by("pk")[0].sha256
    (Path(settings.STORE_DIR) / lost[:2] / lost).unlink()
    made = write.take(tmp_path / "second", at=NOW, told=Silent())
    assert made.missing == (lost,)
    assert restore.check(tmp_path / "second", told=Silent()) == made
    assert storage.digest(a_file(tmp_path / "second").read_bytes()) in made.files


def test_a_backup_that_cannot_be_written_leaves_nothing_behind(
    backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, content: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(storage, "write_whole", full)
    with pytest.raises(write.BackupRefused, match="No space left"):
        write.take(tmp_path / "third", at=NOW, told=Silent())
    assert [path for path in tmp_path.iterdir() if path.name.startswith("third")] == []
