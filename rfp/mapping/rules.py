"""Administrators' rules: what decides, or leans towards, a requirement or "none" before anything learnt.

A rule applies when every phrase of ``all_of``, one of ``any_of`` and none of ``none_of`` stands in the question, one of
the framework ids of ``quoted`` is quoted in it or is its number, and one phrase of ``headings`` stands in its sheet or
section; what is left empty asks for nothing. Phrases match whole words whatever their case; ``*`` at the end of a word
stands for any ending. The first rule that forces decides alone; those that lean add up.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from evidence.retrieval.text import normalise
from rfp.mapping.examples import CATEGORIES
from rfp.mapping.types import NO_CATEGORY, Asked, Polarity

SHIPPED = Path(__file__).with_name("data") / "rules.yaml"
PHRASES = ("all_of", "any_of", "none_of", "quoted", "headings")
MOST_PHRASES, LONGEST_PHRASE, LONGEST_NAME, LONGEST_REASON = 60, 100, 80, 300
PRIORITIES = range(-1000, 1001)


class RulesInvalid(Exception):
    """A rule cannot be used; the text names the rule and what is wrong with it."""


class Effect(StrEnum):
    FORCE = "force"
    BOOST = "boost"


class RuleProblem(NamedTuple):
    """What is wrong with one field of a rule, and what to do."""

    field: str
    said: str


class Plain(NamedTuple):
    """A question in the form that rules look at."""

    text: str
    quoting: str
    heading: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """``category`` may be empty where only controls or a polarity are named; ``controls`` are "framework:id"."""

    name: str
    all_of: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()
    quoted: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    effect: Effect
    category: str = ""
    requirements: tuple[str, ...] = ()
    controls: tuple[str, ...] = ()
    polarity: Polarity | None = None
    priority: int = 0
    reason: str = ""

    def applies(self, plain: Plain) -> bool:
        return (
            all(_phrase(one).search(plain.text) for one in self.all_of)
            and (not self.any_of or any(_phrase(one).search(plain.text) for one in self.any_of))
            and (not self.quoted or any(_id(one).search(plain.quoting) for one in self.quoted))
            and (not self.headings or any(_phrase(one).search(plain.heading) for one in self.headings))
            and not any(_phrase(one).search(plain.text) for one in self.none_of)
        )

    @property
    def said(self) -> str:
        """Return why a question is mapped so, for people."""
        return self.reason or f"The rule '{self.name}' applies."


_FIELDS = frozenset(field.name for field in fields(Rule))


def plain_of(asked: Asked) -> Plain:
    return Plain(
        text=normalise(asked.text),
        quoting=normalise(f"{asked.number} | {asked.text}"),
        heading=normalise(f"{asked.sheet} | {asked.section}"),
    )


def ordered(rules: Sequence[Rule]) -> tuple[Rule, ...]:
    """Return the rules of one set in the order in which they count."""
    return tuple(sorted(rules, key=lambda rule: (-rule.priority, rule.name)))


def applying(rules: Sequence[Rule], asked: Asked) -> tuple[Rule, ...]:
    """Return those of RULES, which are in the order they count, that apply: the first that forces, else all."""
    plain = plain_of(asked)
    hits = [rule for rule in rules if rule.applies(plain)]
    forcing = [rule for rule in hits if rule.effect is Effect.FORCE]
    return tuple(forcing[:1] or hits)


def check_rule(rule: Rule, *, refs: Collection[str], controls: Collection[str] = ()) -> tuple[RuleProblem, ...]:
    """Return all that is wrong with a rule; REFS and CONTROLS are those that exist."""
    return tuple(_problems(rule, refs, controls))


def _problems(rule: Rule, refs: Collection[str], controls: Collection[str]) -> Iterator[RuleProblem]:
    if not rule.name.strip() or len(rule.name) > LONGEST_NAME:
        yield RuleProblem("name", f"Give the rule a name of at most {LONGEST_NAME} characters.")
    if not (rule.all_of or rule.any_of or rule.quoted or rule.headings):
        yield RuleProblem("any_of", "needs a phrase in all_of or any_of, a quoted id or a heading.")
    for name in PHRASES:
        yield from (RuleProblem(name, said) for said in _wrong_phrases(getattr(rule, name)))
    if rule.category and rule.category not in CATEGORIES:
        yield RuleProblem("category", f"unknown category {rule.category!r}.")
    yield from (
        RuleProblem("requirements", f"unknown requirement {one!r}.") for one in rule.requirements if one not in refs
    )
    yield from (RuleProblem("controls", f"unknown control {one!r}.") for one in rule.controls if one not in controls)
    if rule.category and (rule.category == NO_CATEGORY) == bool(rule.requirements):
        yield RuleProblem("requirements", "names requirements exactly when its category is not none.")
    if not rule.category and rule.requirements:
        yield RuleProblem("category", "needs the category of its requirements.")
    if not rule.category and not rule.controls and rule.polarity is None:
        yield RuleProblem("category", "has no effect: name requirements, none, controls or a polarity.")
    if rule.priority not in PRIORITIES:
        yield RuleProblem("priority", f"Choose a priority between {PRIORITIES.start} and {PRIORITIES.stop - 1}.")
    if len(rule.reason) > LONGEST_REASON:
        yield RuleProblem("reason", f"Say it in {LONGEST_REASON} characters.")


def _wrong_phrases(phrases: Sequence[str]) -> Iterator[str]:
    if len(phrases) > MOST_PHRASES:
        yield f"has {len(phrases)} phrases; {MOST_PHRASES} are allowed. Split the rule."
    for phrase in phrases:
        if len(phrase) > LONGEST_PHRASE:
            yield f"the phrase {phrase[:20]!r}… is longer than {LONGEST_PHRASE} characters."
        elif not re.search(r"\w", normalise(phrase)):
            yield f"the phrase {phrase!r} has no letter or digit."
        elif re.search(r"\*\S|(?<!\w)\*", phrase):
            yield f"the phrase {phrase!r} has a * that is not at the end of a word."


def read_rules(path: Path, refs: Collection[str], controls: Collection[str] = ()) -> tuple[Rule, ...]:
    """Return the rules of the file at PATH in the order in which they count; REFS and CONTROLS are those that exist.

    :raises RulesInvalid: if a rule has a field too many, too few, or a value that does not exist
    """
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        rows = content["rules"]
    except (OSError, UnicodeDecodeError, yaml.YAMLError, KeyError, TypeError) as error:
        raise RulesInvalid(f"{path.name} is not a list of rules ({error})") from error
    if not isinstance(rows, list):
        raise RulesInvalid(f"{path.name} is not a list of rules")
    rules = [_rule(row, number, refs, controls) for number, row in enumerate(rows, start=1)]
    names = [rule.name for rule in rules]
    for name in names:
        if names.count(name) > 1:
            raise RulesInvalid(f"two rules are named {name!r}")
    return ordered(rules)


def _rule(row: object, number: int, refs: Collection[str], controls: Collection[str]) -> Rule:
    if not isinstance(row, Mapping) or not isinstance(row.get("name"), str):
        raise RulesInvalid(f"rule {number} has no name")
    where = f"rule {row['name']!r}"
    unknown = sorted(set(map(str, row)) - _FIELDS)
    if unknown:
        raise RulesInvalid(f"{where}: unknown field {unknown[0]!r}")
    priority = row.get("priority", 0)
    if not isinstance(priority, int):
        raise RulesInvalid(f"{where}: priority {priority!r} is not a whole number")
    try:
        effect = Effect(str(row.get("effect")))
        polarity = Polarity(row["polarity"]) if row.get("polarity") else None
    except ValueError as error:
        raise RulesInvalid(f"{where}: {error}") from error
    rule = Rule(
        name=row["name"],
        effect=effect,
        category=str(row.get("category") or ""),
        requirements=tuple(row.get("requirements") or ()),
        controls=tuple(row.get("controls") or ()),
        polarity=polarity,
        priority=priority,
        reason=str(row.get("reason") or ""),
        **{field: _phrases(row, field, where) for field in PHRASES},
    )
    for problem in check_rule(rule, refs=refs, controls=controls):
        raise RulesInvalid(f"{where}: {problem.said.rstrip('.')}")
    return rule


def _phrases(row: Mapping[str, Any], field: str, where: str) -> tuple[str, ...]:
    phrases = row.get(field) or []
    if not isinstance(phrases, list) or not all(isinstance(phrase, str) and phrase.strip() for phrase in phrases):
        raise RulesInvalid(f"{where}: {field} is not a list of phrases")
    return tuple(phrases)


@lru_cache(maxsize=20_000)
def _phrase(phrase: str) -> re.Pattern[str]:
    words = (re.escape(word).replace(r"\*", r"\w*") for word in normalise(phrase).split())
    between = r"[\s/-]+"
    return re.compile(rf"(?<!\w){between.join(words)}(?!\w)")


@lru_cache(maxsize=20_000)
def _id(quoted: str) -> re.Pattern[str]:
    """Return what finds an id of a framework; A.6.2 is not quoted by A.6.2.4."""
    words = (re.escape(word) for word in re.split(r"[\s-]+", normalise(quoted)) if word)
    return re.compile(r"(?<![\w.])" + r"[\s-]*".join(words) + r"(?!\w|[.-]\d)")
