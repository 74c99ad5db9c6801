"""What the engine can map to, without loading the engine: requirements with their category, and controls."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from rfp.mapping.examples import CATEGORIES
from rfp.mapping.lexicon import DATA
from rfp.mapping.store import NAMES
from rfp.mapping.types import NO_CATEGORY


@cache
def known_requirements() -> Mapping[str, str]:
    """Return by id of a requirement the category of the questions that ask for it."""
    return {ref: CATEGORIES[number] for ref, number in _names()["catalogue"].items()}


@cache
def known_controls() -> frozenset[str]:
    """Return every control as "framework:id"."""
    return frozenset(f"{framework}:{ref}" for framework, ref in _names()["controls"])


@cache
def requirement_titles() -> Mapping[str, str]:
    titles: Mapping[str, str] = _names()["titles"]
    return titles


def category_of(requirements: Sequence[str]) -> str:
    """Return the category of the main requirement; without any the question is outside the checklist."""
    return known_requirements()[requirements[0]] if requirements else NO_CATEGORY


def unknown_among(requirements: Sequence[str]) -> list[str]:
    return [ref for ref in requirements if ref not in known_requirements()]


@cache
def _names() -> Mapping[str, Any]:
    names: Mapping[str, Any] = json.loads((DATA / NAMES).read_text(encoding="utf-8"))
    return names
