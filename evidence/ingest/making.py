"""How a file was made, as it says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from evidence.ingest.cage import run
from evidence.ingest.reading import kind_of
from evidence.ingest.types import IngestRefused

_TASKS = {"pdf": b"t", "docx": b"u"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """Texts are empty where the file does not say. ``saves`` counts the times a PDF was written to."""

    author: str = ""
    changed_by: str = ""
    made_with: str = ""
    producer: str = ""
    created_on: date | None = None
    changed_on: date | None = None
    saves: int = 1
    signed: bool = False
    changed_after_signing: bool = False


def making_of(content: bytes, name: str) -> Making:
    """Return what a PDF or Word file says of its making; nothing of one that cannot be opened."""
    try:
        (outcome,) = run([(_TASKS[kind_of(content, name)], content)])
    except IngestRefused:
        return Making()
    return Making() if isinstance(outcome, IngestRefused) else _read(outcome)


def _read(said: Mapping[str, Any]) -> Making:
    return Making(
        author=said.get("author", ""),
        changed_by=said.get("changed_by", ""),
        made_with=said.get("made_with", ""),
        producer=said.get("producer", ""),
        created_on=_day(said.get("created_on", "")),
        changed_on=_day(said.get("changed_on", "")),
        saves=said.get("saves", 1),
        signed=said.get("signed", False),
        changed_after_signing=said.get("changed_after_signing", False),
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
