"""What a version of a mapping set holds: rules, examples and tests, in one canonical form with one digest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from evidence.question_key import normalise, question_key
from rfp.mapping.rules import Rule, ordered
from rfp.mapping.types import Polarity, TaughtDecision


@dataclass(frozen=True, slots=True, kw_only=True)
class MappingCase:
    """A test: this question, under this heading, has to be mapped so. All its requirements must be decisive."""

    text: str
    heading: str = ""
    category: str
    requirements: tuple[str, ...] = ()
    polarity: Polarity | None = None

    @property
    def key(self) -> str:
        return question_key(f"{normalise(self.heading)} | {normalise(self.text)}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """Compared as it counts: the order in which rules, examples and tests were written makes no difference."""

    rules: tuple[Rule, ...] = ()
    examples: tuple[TaughtDecision, ...] = ()
    tests: tuple[MappingCase, ...] = ()

    def canonical(self) -> str:
        """Return the content as text; equal contents give equal texts."""
        return json.dumps(
            {
                "rules": [_plain(rule) for rule in ordered(self.rules)],
                "examples": [_plain(one) for one in sorted(self.examples, key=lambda one: question_key(one.text))],
                "tests": [_plain(one) for one in sorted(self.tests, key=lambda one: one.key)],
            },
            ensure_ascii=False,
            sort_keys=True,
            separators=(",", ":"),
        )

    def digest(self) -> str:
        return hashlib.sha256(self.canonical().encode()).hexdigest()


def _plain(value: Rule | TaughtDecision | MappingCase) -> Mapping[str, Any]:
    return {field.name: getattr(value, field.name) for field in fields(value)}
