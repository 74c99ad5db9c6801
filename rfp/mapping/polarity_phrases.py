"""Make up questions of known polarity for training the network that reads it. Nothing at run time needs this."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import yaml

from rfp.mapping.lexicon import DATA
from rfp.mapping.types import Polarity

PHRASES = "polarity_phrases.yaml"
FORMS = ("base", "third", "past", "ing")
# Shares of each polarity among the questions made up: about those of real questionnaires, the rarer ones raised.
SHARES = {Polarity.DIRECT: 0.46, Polarity.INVERTED: 0.43, Polarity.NEUTRAL: 0.11}
_SLOT = re.compile(r"\{(\w+)(?:\.(\w+))?\}")


@dataclass(frozen=True, slots=True)
class Phrases:
    """``slots`` are the words that a template's slots may take, a form of a verb as ``verb.form``."""

    templates: Mapping[Polarity, Sequence[str]]
    slots: Mapping[str, Sequence[str]]

    def fill(self, template: str, chance: random.Random) -> str:
        """Return TEMPLATE with every slot filled at random, slots inside the words too."""

        def word(hit: re.Match[str]) -> str:
            return self.fill(chance.choice(self.slots[hit[0][1:-1]]), chance)

        return " ".join(_SLOT.sub(word, template).split())


def read_phrases() -> Phrases:
    """Return the phrases shipped for training."""
    content = yaml.load((DATA / PHRASES).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    slots: dict[str, Sequence[str]] = {**content["words"], **content["parts"]}
    for verb, lines in content["verbs"].items():
        slots |= _forms(verb, lines)
    return Phrases({polarity: content[polarity] for polarity in Polarity}, slots)


def make_up(count: int, seed: int) -> list[tuple[str, Polarity]]:
    """Return COUNT different questions and what a yes to each says; the same SEED gives the same ones."""
    phrases = read_phrases()
    chance = random.Random(seed)  # noqa: S311 - wording, no secret
    found: dict[str, Polarity] = {}
    while len(found) < count:
        polarity = chance.choices(list(SHARES), list(SHARES.values()))[0]
        text = phrases.fill(chance.choice(phrases.templates[polarity]), chance)
        found.setdefault(_as_typed(text, chance), polarity)
    return list(found.items())


def _forms(verb: str, lines: Sequence[str]) -> dict[str, Sequence[str]]:
    table: list[list[str]] = [line.split("|") for line in lines]
    return {f"{verb}.{form}": [row[at] for row in table] for at, form in enumerate(FORMS)}


def _as_typed(text: str, chance: random.Random) -> str:
    """Type TEXT as people do: mostly with a capital, sometimes with two question marks or none."""
    if chance.random() < 0.8:
        text = text[:1].upper() + text[1:]
    mark = chance.random()
    return text.rstrip("?") + ("??" if mark < 0.04 else "" if mark < 0.1 and text.endswith("?") else text[-1])
