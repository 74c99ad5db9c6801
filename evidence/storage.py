"""The file store: bytes by their SHA-256, written once, never changed."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings


class FileMissing(Exception):
    """The store does not hold the bytes that a row names."""


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def put(content: bytes) -> str:
    """Store bytes and return their SHA-256; storing the same bytes again changes nothing."""
    name = digest(content)
    path = _path(name)
    if path.exists():
        return name
    write_whole(path, content)
    return name


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that a reader never sees half of it, also after a crash: beside its place, then renamed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        Path(temporary).replace(path)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise


def get(name: str) -> bytes:
    """Return the bytes of a hash.

    :raises FileMissing: if they are not there, or are no longer what they were
    """
    try:
        content = _path(name).read_bytes()
    except FileNotFoundError:
        raise FileMissing(f"The store has no file {name}.") from None
    if digest(content) != name:
        raise FileMissing(f"The stored file {name} was altered on disk.")
    return content


def names() -> Iterator[str]:
    """Yield the name of everything that lies in the store, also what should not."""
    folder = Path(settings.STORE_DIR)
    return (path.name for path in folder.glob("*/*")) if folder.is_dir() else iter(())


def _path(name: str) -> Path:
    return Path(settings.STORE_DIR) / name[:2] / name
