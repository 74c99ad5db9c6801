"""Administrators' rules: phrases that decide, or lean towards, a requirement or "none" before anything learnt.

A rule file is a list. Each rule has a ``name``, an ``effect`` (force or boost), a ``category`` and, unless that is
none, ``requirements``; it applies when every phrase of ``all_of``, one of ``any_of`` and none of ``none_of`` stands
in the question. Phrases match whole words whatever their case; ``*`` at the end of a word stands for any ending. The
highest ``priority`` forces; boosts add up. ``polarity`` and ``reason`` are optional.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import yaml

from evidence.retrieval.text import normalise
from rfp.mapping.examples import CATEGORIES
from rfp.mapping.types import NO_CATEGORY, Polarity

SHIPPED = Path(__file__).with_name("data") / "rules.yaml"
_FIELDS = {
    "name", "all_of", "any_of", "none_of", "effect", "category", "requirements", "polarity", "priority", "reason",
}  # fmt: skip


class RulesInvalid(Exception):
    """A rule cannot be used; the text names the rule and what is wrong with it."""


class Effect(StrEnum):
    FORCE = "force"
    BOOST = "boost"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    name: str
    all_of: tuple[re.Pattern[str], ...]
    any_of: tuple[re.Pattern[str], ...]
    none_of: tuple[re.Pattern[str], ...]
    effect: Effect
    category: str
    requirements: tuple[str, ...]
    polarity: Polarity | None
    priority: int
    reason: str

    def applies(self, plain: str) -> bool:
        """Say whether the rule applies to a question in normalised form."""
        return (
            all(phrase.search(plain) for phrase in self.all_of)
            and (not self.any_of or any(phrase.search(plain) for phrase in self.any_of))
            and not any(phrase.search(plain) for phrase in self.none_of)
        )


def read_rules(path: Path, refs: Collection[str]) -> tuple[Rule, ...]:
    """Return the rules of the file at PATH, highest priority first; REFS are the requirements that exist.

    :raises RulesInvalid: if a rule has a field too many, too few, or a value that does not exist
    """
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        rows = content["rules"]
    except (OSError, UnicodeDecodeError, yaml.YAMLError, KeyError, TypeError) as error:
        raise RulesInvalid(f"{path.name} is not a list of rules ({error})") from error
    if not isinstance(rows, list):
        raise RulesInvalid(f"{path.name} is not a list of rules")
    rules = [_rule(row, number, refs) for number, row in enumerate(rows, start=1)]
    names = [rule.name for rule in rules]
    for name in names:
        if names.count(name) > 1:
            raise RulesInvalid(f"two rules are named {name!r}")
    return tuple(sorted(rules, key=lambda rule: (-rule.priority, rule.name)))


def applying(rules: Sequence[Rule], text: str) -> tuple[Rule, ...]:
    """Return the rules that apply to TEXT: the one that forces, if any does, else all that boost."""
    plain = normalise(text)
    hits = [rule for rule in rules if rule.applies(plain)]
    forcing = [rule for rule in hits if rule.effect is Effect.FORCE]
    return tuple(forcing[:1] or hits)


def _rule(row: object, number: int, refs: Collection[str]) -> Rule:
    if not isinstance(row, Mapping) or not isinstance(row.get("name"), str):
        raise RulesInvalid(f"rule {number} has no name")
    where = f"rule {row['name']!r}"
    unknown = sorted(set(map(str, row)) - _FIELDS)
    if unknown:
        raise RulesInvalid(f"{where}: unknown field {unknown[0]!r}")
    all_of, any_of, none_of = (_phrases(row, field, where) for field in ("all_of", "any_of", "none_of"))
    if not all_of and not any_of:
        raise RulesInvalid(f"{where}: needs a phrase in all_of or any_of")
    category = row.get("category")
    if category not in CATEGORIES:
        raise RulesInvalid(f"{where}: unknown category {category!r}")
    requirements = tuple(row.get("requirements") or ())
    for ref in requirements:
        if ref not in refs:
            raise RulesInvalid(f"{where}: unknown requirement {ref!r}")
    if (category == NO_CATEGORY) == bool(requirements):
        raise RulesInvalid(f"{where}: names requirements exactly when its category is not none")
    priority = row.get("priority", 0)
    if not isinstance(priority, int):
        raise RulesInvalid(f"{where}: priority {priority!r} is not a whole number")
    try:
        effect = Effect(str(row.get("effect")))
        polarity = Polarity(row["polarity"]) if row.get("polarity") else None
    except ValueError as error:
        raise RulesInvalid(f"{where}: {error}") from error
    return Rule(
        name=row["name"],
        all_of=all_of,
        any_of=any_of,
        none_of=none_of,
        effect=effect,
        category=category,
        requirements=requirements,
        polarity=polarity,
        priority=priority,
        reason=str(row.get("reason") or ""),
    )


def _phrases(row: Mapping[str, Any], field: str, where: str) -> tuple[re.Pattern[str], ...]:
    phrases = row.get(field) or []
    if not isinstance(phrases, list) or not all(isinstance(phrase, str) and phrase.strip() for phrase in phrases):
        raise RulesInvalid(f"{where}: {field} is not a list of phrases")
    return tuple(_compile(phrase) for phrase in phrases)


def _compile(phrase: str) -> re.Pattern[str]:
    words = (re.escape(word).replace(r"\*", r"\w*") for word in normalise(phrase).split())
    between = r"[\s/-]+"
    return re.compile(rf"(?<!\w){between.join(words)}(?!\w)")
