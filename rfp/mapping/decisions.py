"""Decisions on questions as a file: every entry is checked before any is used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import yaml

from evidence.catalogs import mandate
from rfp.mapping.examples import CATEGORIES
from rfp.mapping.types import NO_CATEGORY, Polarity, TaughtDecision

KEYS = frozenset({"text", "category", "requirements", "polarity", "confirmed"})


class DecisionsInvalid(Exception):
    """The file cannot be used; the text names each entry, field and value."""


def read_decisions(path: Path) -> tuple[TaughtDecision, ...]:
    """Return the decisions in a YAML file, in its order.

    :raises DecisionsInvalid: if the file is missing or no list, or any entry has a problem
    """
    try:
        entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise DecisionsInvalid(f"There is no file {path}.") from None
    except (yaml.YAMLError, ValueError) as problem:
        raise DecisionsInvalid(f"{path.name} is no YAML: {problem}") from problem
    if not isinstance(entries, list) or not entries:
        raise DecisionsInvalid(f"{path.name} holds no list of decisions.")
    problems = [f"Entry {number}: {text}" for number, entry in enumerate(entries, start=1) for text in _problems(entry)]
    if problems:
        raise DecisionsInvalid(f"{path.name}: nothing was imported.\n  " + "\n  ".join(problems))
    return tuple(
        TaughtDecision(
            text=entry["text"],
            category=entry["category"],
            requirements=tuple(entry.get("requirements", ())),
            polarity=Polarity(entry["polarity"]) if entry.get("polarity") else None,
            confirmed=entry.get("confirmed", True),
        )
        for entry in entries
    )


def _problems(entry: object) -> Iterator[str]:
    if not isinstance(entry, Mapping):
        yield f"a mapping is expected, not {entry!r}"
        return
    yield from (f"{key!r} is no field; fields are {', '.join(sorted(KEYS))}" for key in entry if key not in KEYS)
    if not isinstance(entry.get("text"), str) or not entry["text"].strip():
        yield "the field 'text' is missing"
    category, refs = entry.get("category"), entry.get("requirements", [])
    if category not in CATEGORIES:
        yield f"category: {category!r} is none of {', '.join(CATEGORIES)}"
    if not isinstance(refs, list):
        yield f"requirements: a list is expected, not {refs!r}"
        return
    yield from (f"requirements: there is no {ref!r}" for ref in refs if ref not in _known())
    if bool(refs) is (category == NO_CATEGORY):
        yield "a question outside the checklist has no requirements, any other has at least one"
    if entry.get("polarity") not in (None, *(str(item) for item in Polarity)):
        yield f"polarity: {entry['polarity']!r} is none of {', '.join(Polarity)}"
    if not isinstance(entry.get("confirmed", True), bool):
        yield f"confirmed: {entry['confirmed']!r} is neither true nor false"


@cache
def _known() -> frozenset[str]:
    return frozenset(mandate.load().requirements)
