"""Repair slips of the keyboard against the words that labelled questions use."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from evidence.retrieval.text import tokens

_WORD = re.compile(r"[A-Za-z]{4,}")
_REAL, _OTHER = 2, 4  # times a real and another word must stand in labelled questions to be a target of repair


@dataclass(frozen=True, slots=True)
class Speller:
    """Known words by each way of leaving out one letter, and a test for words that are right as they are."""

    known: frozenset[str]
    near: Mapping[str, str]
    is_word: Callable[[str], bool]

    @classmethod
    def learn(cls, texts: Iterable[str], is_word: Callable[[str], bool]) -> Self:
        """Learn the words of TEXTS: those that stand there often, and fewer times if they are real words."""
        counts = Counter(token for text in texts for token in tokens(text) if len(token) >= 5)
        # A slip may stand in labelled questions once or twice, but hardly the same one again and again.
        known = {word: count for word, count in counts.items() if count >= (_REAL if is_word(word) else _OTHER)}
        near: dict[str, str] = {}
        # The commonest word wins where two are equally near.
        for word in sorted(known, key=lambda word: (-known[word], word)):
            for shorter in (word, *_shortened(word)):
                near.setdefault(shorter, word)
        return cls(frozenset(known), near, is_word)

    def repair(self, text: str) -> str:
        """Return TEXT with each unknown word replaced by the known one a letter away, if there is one."""
        return _WORD.sub(lambda match: self._repaired(match.group()), text)

    def _repaired(self, written: str) -> str:
        word = written.lower()
        if written.isupper() or word in self.known or self.is_word(word) or self.is_word(word.removesuffix("s")):
            return written
        for attempt in (word, *_shortened(word)):
            target = self.near.get(attempt)
            if target is not None and abs(len(target) - len(word)) <= 1:
                return target
        return written


def _shortened(word: str) -> Iterable[str]:
    return (word[:at] + word[at + 1 :] for at in range(len(word)))
