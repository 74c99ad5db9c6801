"""The recorded facts of an attestation as lines a person can read, in one order for every kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

# Shown elsewhere on the page, or too long for it.
ELSEWHERE = frozenset({"id", "title", "kind", "document_text", "links"})
FIRST = ("issuer", "assessor", "dates", "status", "scheme", "number", "legal_entity", "scope", "ai_systems")
NAMES = {"ai_systems": "AI systems", "url": "URL"}


def lines(facts: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return label and text of each fact; nested facts carry the path of their labels."""
    return [(label, text) for _, label, text in walk(facts)]


def walk(facts: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Return field, label and text of each fact; a field within another is named "issuer.name"."""
    ordered = [name for name in FIRST if name in facts] + sorted(set(facts) - set(FIRST) - ELSEWHERE)
    return [line for name in ordered for line in _lines(name, _label(name), facts[name])]


def as_text(text: str) -> str:
    """Return a stored text as people read it: a day in words, the items of a list beside each other."""
    return ", ".join(_text(line) for line in text.splitlines())


def _lines(path: str, label: str, value: Any) -> Iterator[tuple[str, str, str]]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _lines(f"{path}.{name}", f"{label}: {_label(str(name)).lower()}", inner)
    elif isinstance(value, list) and any(isinstance(inner, (Mapping, list)) for inner in value):
        for number, inner in enumerate(value, start=1):
            yield from _lines(path, f"{label} {number}", inner)
    elif text := _text(value):
        yield path, label, text


def _label(name: str) -> str:
    words = NAMES.get(name, name.replace("_", " "))
    return words[:1].upper() + words[1:]


def _text(value: Any) -> str:
    if value is None or value == "" or value == []:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(_text(inner) for inner in value)
    text = str(value)
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text.replace("_", " ") if text.islower() and " " not in text else text
    return f"{day.day} {day:%B %Y}"
