"""Repair slips of the keyboard against the words that labelled questions use."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from evidence.retrieval.text import tokens

_WORD = re.compile(r"[A-Za-z]{4,}")
_SEEN_OFTEN = 3  # times a word must stand in labelled questions to be a target of repair


@dataclass(frozen=True, slots=True)
class Speller:
    """Known words by each way of leaving out one letter, and a test for words that are right as they are."""

    known: frozenset[str]
    near: Mapping[str, str]
    is_word: Callable[[str], bool]

    @classmethod
    def learn(cls, texts: Iterable[str], is_word: Callable[[str], bool]) -> Self:
        """Learn the words of TEXTS; only real words (IS_WORD) become targets, so slips in TEXTS are not learnt."""
        counts = Counter(token for text in texts for token in tokens(text) if len(token) >= 5 and is_word(token))
        near: dict[str, str] = {}
        # The commonest word wins where two are equally near.
        for word, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
            if count >= _SEEN_OFTEN:
                for shorter in (word, *_shortened(word)):
                    near.setdefault(shorter, word)
        return cls(frozenset(counts), near, is_word)

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
