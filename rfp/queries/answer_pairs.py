"""Pairs of library answers that ask the same, without those a person has decided about."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.core.cache import cache

from accounts.models import Organisation
from evidence import queries as library
from evidence.models import AnswerPair, LibraryAnswer
from evidence.retrieval.encoder import VectorCache, shared_encoder, text_key
from evidence.vectors import unpack
from rfp.answering.matching import KnownAnswer, Matcher
from rfp.answering.matching.alike import Alike, Likeness, alike
from rfp.answering.scope import holds_in, parts, systems_of

KEPT_SECONDS = 24 * 60 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    first: LibraryAnswer
    second: LibraryAnswer
    likeness: Likeness
    confidence: float

    @property
    def key(self) -> str:
        """Name both answers in the versions that are shown."""
        return f"{self.first.pk}.{self.first.version}.{self.second.pk}.{self.second.version}"


def pairs_of(organisation: Organisation) -> list[Pair]:
    """Return the pairs of approved answers that may both be given somewhere, contradictions first."""
    rows = {row.pk: row for row in library.answers_in_use(organisation)}
    registered = library.system_names(organisation)
    decided = {
        (pair.first_id, pair.first_version, pair.second_id, pair.second_version)
        for pair in AnswerPair.objects.of(organisation)
    }
    return [
        Pair(first=one, second=other, likeness=Likeness(found.likeness), confidence=found.confidence)
        for found in _alike(organisation, list(rows.values()))
        for one, other in [(rows[found.first], rows[found.second])]
        if _may_meet(one, other, registered) and (one.pk, one.version, other.pk, other.version) not in decided
    ]


def pair_named(organisation: Organisation, key: str) -> tuple[LibraryAnswer, LibraryAnswer, int, int] | None:
    """Return the answers of a pair's key and the versions it names, if both are the organisation's."""
    numbers = key.split(".")
    if len(numbers) != 4 or not all(part.isascii() and part.isdigit() and len(part) <= 18 for part in numbers):
        return None
    first, first_version, second, second_version = map(int, numbers)
    rows = {row.pk: row for row in LibraryAnswer.objects.of(organisation).filter(pk__in=(first, second))}
    if first >= second or len(rows) != 2:
        return None
    return rows[first], rows[second], first_version, second_version


def _may_meet(one: LibraryAnswer, other: LibraryAnswer, registered: Sequence[str]) -> bool:
    """Say whether there is an AI system and a region for which both hold."""
    if one.product and other.product:
        here, there = systems_of(one.product, registered), systems_of(other.product, registered)
        if here and there and here.isdisjoint(there):
            return False
    return not (one.region and other.region) or any(holds_in(other.region, name) for name in parts(one.region))


def _alike(organisation: Organisation, rows: Sequence[LibraryAnswer]) -> list[Alike]:
    """Compare the answers; the result is kept for as long as none of them changes."""
    said = "|".join(f"{row.pk}.{row.version}" for row in rows)
    key = f"alike-{organisation.pk}-{hashlib.sha256(said.encode()).hexdigest()}"
    kept: list[Alike] | None = cache.get(key)
    if kept is None:
        vectors: VectorCache = {}
        stored = [row for row in rows if row.embedding is not None]
        for row, vector in zip(stored, unpack([bytes(row.embedding or b"") for row in stored]), strict=True):
            vectors[text_key(row.question)] = vector.astype(np.float32)
        known = [KnownAnswer(ref=row.pk, question=row.question, answer=row.answer, comment=row.comment) for row in rows]
        kept = alike(Matcher.build(known, shared_encoder(), cache=vectors))
        cache.set(key, kept, KEPT_SECONDS)
    return kept
