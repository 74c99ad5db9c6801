"""Pictures of pages, drawn once and kept beside the files: the second look is quick.

What is kept can always be drawn again. Only so many pictures are: who asks for ever new quotes pushes out the oldest.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.conf import settings

from evidence import storage
from evidence.ingest.drawing import Picture, draw
from evidence.models import StoredFile

KINDS = ("png", "svg")
KEPT_PER_FOLDER = 32  # in 256 folders


def picture_of(file: StoredFile, *, page: int, width: int, quote: str = "") -> Picture:
    """Return a page of a stored file with a quote marked on it.

    :raises IngestRefused: if the file has no such page, or it cannot be drawn
    :raises FileMissing: if the store no longer holds the file
    """
    place = _place(file.sha256, page, width, quote)
    for kind in KINDS:
        try:
            return Picture(place.with_suffix(f".{kind}").read_bytes(), kind)
        except FileNotFoundError:
            continue
    picture = draw(storage.get(file.sha256), file.name, page=page, width=width, quote=quote)
    storage.write_whole(place.with_suffix(f".{picture.kind}"), picture.content)
    _drop_oldest(place.parent)
    return picture


def _place(sha256: str, page: int, width: int, quote: str) -> Path:
    name = hashlib.sha256(f"{sha256} {page} {width} {quote}".encode()).hexdigest()
    return Path(settings.STORE_DIR) / "pictures" / name[:2] / name


def _drop_oldest(folder: Path) -> None:
    # Another process may drop the same ones.
    held = sorted(folder.iterdir(), key=_written, reverse=True)
    for path in held[KEPT_PER_FOLDER:]:
        path.unlink(missing_ok=True)


def _written(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return 0.0
