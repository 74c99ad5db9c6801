"""Expressions that stand for something: concepts a question speaks of, cues of how it asks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

from evidence.retrieval.text import normalise

DATA = Path(__file__).with_name("data")


class LexiconInvalid(Exception):
    """An expression cannot be read; the text names the file and the entry."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Named expressions, in the order in which the trained heads know them."""

    patterns: Mapping[str, re.Pattern[str]]
    labels: Mapping[str, str]

    def flags(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return a row per text with a one for each expression found in it."""
        out = np.zeros((len(texts), len(self.patterns)), np.float32)
        for row, text in enumerate(texts):
            plain = normalise(text)
            for column, pattern in enumerate(self.patterns.values()):
                if pattern.search(plain):
                    out[row, column] = 1.0
        return out

    def words_for(self, names: Sequence[str], text: str) -> list[str]:
        """Return the words of TEXT that stand for each of NAMES, in that order; nothing for those not in it."""
        plain = normalise(text)
        return [hit.group() for name in names if (hit := self.patterns[name].search(plain))]


@cache
def concepts() -> Lexicon:
    """Load what questions speak of: ``data/concepts.yaml``."""
    path = DATA / "concepts.yaml"
    entries = yaml.load(path.read_text(), Loader=yaml.CSafeLoader)["concepts"]
    patterns = {
        name: _compile(rf"(?<!\w)(?:{'|'.join(entry['any'])})(?!\w)", path, name) for name, entry in entries.items()
    }
    return Lexicon(patterns, {name: entry["label"] for name, entry in entries.items() if "label" in entry})


@cache
def generic_concepts() -> frozenset[str]:
    """Return the concepts that name no subject by themselves."""
    return frozenset(yaml.load((DATA / "concepts.yaml").read_text(), Loader=yaml.CSafeLoader)["generic"])


@cache
def cues() -> Lexicon:
    """Load how questions ask: ``data/cues.yaml``."""
    path = DATA / "cues.yaml"
    groups = yaml.load(path.read_text(), Loader=yaml.CSafeLoader)
    entries = {name: pattern for group in groups.values() for name, pattern in group.items()}
    return Lexicon({name: _compile(pattern, path, name) for name, pattern in entries.items()}, {})


def _compile(pattern: str, path: Path, name: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern)
    except re.error as error:
        raise LexiconInvalid(f"{path.name}: {name}: {error}") from error
