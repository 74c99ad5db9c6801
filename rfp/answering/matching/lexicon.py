"""The words of questionnaires: which mean the same, which exclude each other, how facts are asked for and given."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from pathlib import Path

import yaml

from evidence.retrieval.text import stem, tokens

_LISTS = (
    "frequencies",
    "actions",
    "artefacts",
    "parties",
    "outsiders",
    "receiving",
    "enabling",
    "denials",
    "qualifiers",
)

DATA = Path(__file__).with_name("data")

Stems = tuple[str, ...]
Pattern = re.Pattern[str]


DIGITS = {
    "zero": "0", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8",
    "nine": "9", "ten": "10", "twelve": "12", "fourteen": "14", "fifteen": "15", "twenty": "20", "thirty": "30",
    "sixty": "60", "ninety": "90",
}  # fmt: skip
# Cut to the stem of another word, these would be taken for it: production for product, to employ for an employee.
UNCUT = frozenset({"production", "employ", "employs", "employed"})


def base(token: str) -> str:
    """Return the form under which a word is compared."""
    cut = token if token in UNCUT else stem(token)
    # The stemmer spares the last letter of short words only where nothing was cut: rate, but rat-ed.
    return cut[:-1] if len(cut) == 4 and cut[-1] == "e" else cut


class LexiconInvalid(Exception):
    """A word stands in two groups, or a rule names a group that does not exist; the text says which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """How a question asks for a kind of fact, and what an answer that holds one looks like."""

    asked: Pattern
    held: Pattern


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """A concept is named by the stems of the first word of its group; a word outside every group is its own concept."""

    concepts: Mapping[Stems, str]
    longest: int
    short: Mapping[str, str]
    empty: frozenset[str]
    light: Mapping[str, str]  # by stem, the family within which light words stand for each other
    faint: frozenset[str]
    asking: frozenset[str]
    frequencies: frozenset[str]
    actions: frozenset[str]
    parties: frozenset[str]
    outsiders: frozenset[str]
    receiving: frozenset[str]
    enabling: frozenset[str]
    denials: frozenset[str]
    qualifiers: frozenset[str]
    grouped: frozenset[str]  # the concepts whose other words are known
    artefacts: frozenset[str]
    near: frozenset[frozenset[str]]
    apart: frozenset[frozenset[str]]
    opposite: frozenset[frozenset[str]]
    stand_ins: Mapping[str, frozenset[str]]  # by concept, those that are near it or narrower
    facts: Mapping[str, Fact]
    patterns: Mapping[str, Pattern]  # all, some, only, negator, harmless

    def split(self, written: Sequence[str]) -> Iterator[tuple[str, Sequence[str]]]:
        """Yield each concept in the words WRITTEN, and those words; the longest known phrase at each place counts."""
        stems = [base(token) for token in written]
        at = 0
        while at < len(stems):
            for length in range(min(self.longest, len(stems) - at), 0, -1):
                concept = self.concepts.get(tuple(stems[at : at + length]))
                if concept is not None:
                    yield concept, written[at : at + length]
                    at += length
                    break
            else:
                yield DIGITS.get(written[at], stems[at]), written[at : at + 1]
                at += 1


@cache
def lexicon() -> Lexicon:
    """Load ``data/lexicon.yaml``.

    :raises LexiconInvalid: if its groups contradict each other
    """
    raw = yaml.load((DATA / "lexicon.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    rules = [*raw["near"], *raw["apart"], *raw["opposite"], *raw["entails"], raw["actions"], raw["parties"]]
    concepts = _concepts([*raw["same"], *_phrases(rules)])
    near = frozenset(pair for group in raw["near"] for pair in _pairs(group, concepts))
    entails = [(_name(narrow, concepts), _name(wide, concepts)) for narrow, wide in raw["entails"]]
    return Lexicon(
        concepts=concepts,
        longest=max(len(stems) for stems in concepts),
        short=raw["short"],
        empty=_stems(raw["empty"]),
        light={stem: family for family, listed in raw["light"].items() for stem in sorted(_stems(listed))},
        faint=_stems(raw["faint"]),
        asking=_stems(raw["asking"]),
        **{name: frozenset(_name(words, concepts) for words in raw[name]) for name in _LISTS},
        grouped=frozenset(concepts.values()),
        near=near,
        apart=frozenset(
            pair for group in (*raw["apart"], raw["actions"], raw["parties"]) for pair in _pairs(group, concepts)
        )
        - near,
        opposite=frozenset(pair for group in raw["opposite"] for pair in _pairs(group, concepts)),
        stand_ins=_stand_ins(near, entails),
        facts={name: Fact(asked=_word(fact["asked"]), held=_word(fact["held"])) for name, fact in raw["facts"].items()},
        patterns={name: _word(rf"(?:{raw[name]})(?!\w)") for name in ("all", "some", "only", "negator", "harmless")},
    )


def _concepts(groups: Iterable[Sequence[str]]) -> dict[Stems, str]:
    concepts: dict[Stems, str] = {}
    for group in groups:
        name = concepts.get(_split(group[0]), " ".join(_split(group[0])))
        for words in group:
            stems = _split(words)
            if concepts.setdefault(stems, name) != name:
                raise LexiconInvalid(f"{words!r} stands in the groups {concepts[stems]!r} and {name!r}.")
    return concepts


def _phrases(rules: Iterable[Sequence[str]]) -> list[list[str]]:
    """Return a group for each phrase that a rule names, so that it is read as one."""
    return [[words] for group in rules for words in group if len(_split(words)) > 1]


def _pairs(group: Sequence[str], concepts: Mapping[Stems, str]) -> set[frozenset[str]]:
    pairs = {frozenset(pair) for pair in combinations([_name(words, concepts) for words in group], 2)}
    if any(len(pair) < 2 for pair in pairs):
        raise LexiconInvalid(f"Two of {', '.join(group)} are the same concept and cannot exclude each other.")
    return pairs


def _stand_ins(near: Iterable[frozenset[str]], entails: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for pair in near:
        for concept in pair:
            found.setdefault(concept, set()).update(pair - {concept})
    for narrow, wide in entails:
        found.setdefault(wide, set()).add(narrow)
    return {concept: frozenset(others) for concept, others in found.items()}


def _name(words: str, concepts: Mapping[Stems, str]) -> str:
    stems = _split(words)
    return concepts.get(stems, " ".join(stems))


def _split(words: str) -> Stems:
    return tuple(base(token) for token in tokens(words))


def _stems(words: str) -> frozenset[str]:
    return frozenset(base(token) for token in tokens(words))


def _word(pattern: str) -> Pattern:
    return re.compile(rf"(?<!\w)(?:{pattern})", re.IGNORECASE)
