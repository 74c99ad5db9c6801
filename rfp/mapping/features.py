"""What the trained heads see of a question: its likeness to every labelled example, in topic and in manner.

Two kernels compare questions. ``topic`` adds the closeness of sentence vectors, of words, of letter groups and of the
concepts spoken of; ``manner`` adds the cues of how it is asked and its words in order. Heads, nearest examples and
reasons all rest on these numbers, so one comparison per question serves everything.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

import numpy as np
from numpy.typing import NDArray

from evidence.retrieval.encoder import Encoder, VectorCache
from evidence.retrieval.sparse import InvertedIndex, LexicalIndex, Vocabulary
from evidence.retrieval.text import char_terms, word_terms
from rfp.mapping.asking import asking
from rfp.mapping.lexicon import concepts, cues
from rfp.mapping.spelling import Speller
from rfp.mapping.valence import valence

Floats = NDArray[np.float32]

# Shares of each signal, as measured for short questions against short ones: words 0.4, letter groups 0.3, vectors 1.
WORDS, CHARS = 0.4, 0.3
SHARPNESS = 2.0

_ORDERED = re.compile(r"[a-z0-9']+|[?:;,/().]")


def ordered_terms(text: str) -> list[str]:
    """Return the unstemmed words and marks of TEXT, pairs and triples of them, and how it opens and ends."""
    words = _ORDERED.findall(asking(text))
    edges = ["^" + " ".join(words[:count]) for count in (1, 2, 3)] + ["$" + " ".join(words[-1:])]
    pairs = [f"{a} {b}" for a, b in pairwise(words)]
    return edges + words + pairs + [f"{a} {b}" for a, b in zip(pairs, words[2:], strict=False)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """Texts as the feature space sees them; ``texts`` have their slips of the keyboard repaired."""

    texts: tuple[str, ...]
    vectors: Floats
    concepts: Floats
    cues: Floats
    valence: Floats

    def rows(self, chosen: slice) -> Described:
        return Described(
            texts=self.texts[chosen],
            vectors=self.vectors[chosen],
            concepts=self.concepts[chosen],
            cues=self.cues[chosen],
            valence=self.valence[chosen],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """How like each question (rows) is to each example (columns)."""

    dense: Floats  # cosine of sentence vectors
    words: Floats  # cosine of stemmed words
    chars: Floats
    topic: Floats
    manner: Floats
    polarity: Floats

    def block(self, rows: NDArray[np.intp]) -> Likeness:
        """Return the comparison of ROWS alone."""
        return Likeness(
            dense=self.dense[rows],
            words=self.words[rows],
            chars=self.chars[rows],
            topic=self.topic[rows],
            manner=self.manner[rows],
            polarity=self.polarity[rows],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class FeatureSpace:
    """The examples in every representation, ready to be compared with."""

    examples: Described
    words: LexicalIndex
    chars: LexicalIndex
    order: LexicalIndex
    speller: Speller
    encoder: Encoder

    @classmethod
    def build(cls, texts: Sequence[str], encoder: Encoder, *, cache: VectorCache | None = None) -> Self:
        speller = Speller.learn(texts, encoder.knows_word)
        examples = _describe(texts, speller, encoder, cache)
        return cls(
            examples=examples,
            words=LexicalIndex.build(examples.texts, word_terms),
            chars=LexicalIndex.build(examples.texts, char_terms),
            order=LexicalIndex.build(examples.texts, ordered_terms),
            speller=speller,
            encoder=encoder,
        )

    def describe(self, texts: Sequence[str], *, cache: VectorCache | None = None) -> Described:
        return _describe(texts, self.speller, self.encoder, cache)

    def compare(self, asked: Described) -> Likeness:
        """Return the likeness of what is ASKED to every example."""
        dense = asked.vectors @ self.examples.vectors.T
        words, chars = self.words.score(asked.texts), self.chars.score(asked.texts)
        near = np.exp(SHARPNESS * (dense - 1))
        shared = damped(asked.concepts) @ damped(self.examples.concepts).T
        topic = near + WORDS * words + CHARS * chars + shared + shared**2
        how = damped(asked.cues) @ damped(self.examples.cues).T
        manner = how + how**2 + self.order.score(asked.texts) + 0.3 * near + 0.3 * shared
        # What a yes says depends on manner and subject together: "without" is bad of a review, good of an outage.
        turned = damped(asked.valence) @ damped(self.examples.valence).T
        polarity = manner + how * shared + how * near + turned + turned**2
        return Likeness(dense=dense, words=words, chars=chars, topic=topic, manner=manner, polarity=polarity)

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """Return what :meth:`restore` needs, for storing."""
        out: dict[str, NDArray[np.generic]] = {
            "vectors": self.examples.vectors.astype(np.float16),
            "concepts": self.examples.concepts.astype(np.uint8),
            "cues": self.examples.cues.astype(np.uint8),
            "valence": self.examples.valence.astype(np.uint8),
            "texts": _packed(self.examples.texts),
            "known": _packed(sorted(self.speller.known)),
            "near": _packed([f"{slip}\t{word}" for slip, word in sorted(self.speller.near.items())]),
        }
        for name, index in (("words", self.words), ("chars", self.chars), ("order", self.order)):
            out[f"{name}_terms"] = _packed(list(index.vocabulary.numbers))
            out[f"{name}_rarity"] = index.vocabulary.rarity
            out[f"{name}_starts"] = index.index.starts.astype(np.int32)
            out[f"{name}_texts"] = index.index.texts.astype(np.uint16)
            out[f"{name}_weights"] = index.index.weights.astype(np.float16)
        return out

    @classmethod
    def restore(cls, stored: Mapping[str, NDArray[np.generic]], encoder: Encoder) -> Self:
        texts = _unpacked(stored["texts"])
        near = dict(line.split("\t") for line in _unpacked(stored["near"]))
        speller = Speller(frozenset(_unpacked(stored["known"])), near, encoder.knows_word)
        indexes = {}
        for name, analyse in (("words", word_terms), ("chars", char_terms), ("order", ordered_terms)):
            terms = {term: number for number, term in enumerate(_unpacked(stored[f"{name}_terms"]))}
            vocabulary = Vocabulary(terms, stored[f"{name}_rarity"].astype(np.float32), analyse)
            index = InvertedIndex(
                stored[f"{name}_starts"].astype(np.int64),
                stored[f"{name}_texts"].astype(np.int32),
                stored[f"{name}_weights"].astype(np.float32),
                len(texts),
            )
            indexes[name] = LexicalIndex(vocabulary, index)
        examples = Described(
            texts=tuple(texts),
            vectors=stored["vectors"].astype(np.float32),
            concepts=stored["concepts"].astype(np.float32),
            cues=stored["cues"].astype(np.float32),
            valence=stored["valence"].astype(np.float32),
        )
        return cls(examples=examples, speller=speller, encoder=encoder, **indexes)


def damped(flags: Floats) -> Floats:
    """Scale rows of ones so that a text with many is not like everything."""
    scaled: Floats = flags / np.sqrt(1 + flags.sum(1, keepdims=True))
    return scaled


def _describe(texts: Sequence[str], speller: Speller, encoder: Encoder, cache: VectorCache | None) -> Described:
    repaired = tuple(speller.repair(text) for text in texts)
    return Described(
        texts=repaired,
        vectors=encoder.encode(repaired, cache=cache),
        concepts=concepts().flags(repaired),
        cues=cues().flags([asking(text) for text in repaired]),
        valence=valence(repaired),
    )


def _packed(lines: Sequence[str]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(" ".join(line.split("\n")) for line in lines).encode(), np.uint8)


def _unpacked(stored: NDArray[np.generic]) -> list[str]:
    return stored.tobytes().decode().split("\n")
