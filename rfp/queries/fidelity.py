"""What was changed in the buyer's file, part by part, read again from the two files themselves."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from evidence import storage
from rfp.models import Export, ExportKind

MOST_CELLS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    name: str
    same: bool
    sha256: str  # of the part in the filled file


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What an export says about itself. ``parts`` are those of a workbook or document that is a package of parts."""

    export: Export
    facts: Mapping[str, Any]
    parts: Sequence[Part]
    cells: Sequence[Mapping[str, Any]]
    cells_total: int

    @property
    def changed(self) -> list[Part]:
        return [part for part in self.parts if not part.same]

    @property
    def unchanged(self) -> list[Part]:
        return [part for part in self.parts if part.same]


def statement_of(export: Export) -> Statement:
    """Compare an exported workbook with the buyer's original.

    :raises FileMissing: if the store no longer holds one of them
    """
    original, filled = storage.get(export.questionnaire.file.sha256), storage.get(export.file.sha256)
    data = (
        Export.objects.filter(questionnaire=export.questionnaire, kind=ExportKind.DATA, draft=export.draft)
        .filter(made_at=export.made_at)
        .select_related("file")
        .first()
    )
    cells = json.loads(storage.get(data.file.sha256))["cells_written"] if data else []
    return Statement(
        export=export,
        facts=export.fidelity or {},
        parts=_parts(original, filled),
        cells=cells[:MOST_CELLS],
        cells_total=len(cells),
    )


def _parts(original: bytes, filled: bytes) -> list[Part]:
    if not (zipfile.is_zipfile(io.BytesIO(original)) and zipfile.is_zipfile(io.BytesIO(filled))):
        return []
    before, after = _hashes(original), _hashes(filled)
    return [Part(name=name, same=before.get(name) == digest, sha256=digest) for name, digest in after.items()]


def _hashes(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: sha256(package.read(name)).hexdigest() for name in package.namelist() if not name.endswith("/")}
