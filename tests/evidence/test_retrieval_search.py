"""Search over aliases and over passages."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence.retrieval.encoder import shared_encoder
from evidence.retrieval.hybrid import Alias, AliasIndex, standardise
from evidence.retrieval.passages import PassageIndex

ALIASES = [
    Alias("crypto", "Encryption of data at rest"),
    Alias("crypto", "Is customer data encrypted with AES-256?"),
    Alias("backup", "How often are backups restored in a test?"),
    Alias("people", "Background checks of new employees"),
    Alias("model", "Is the model tested for prompt injection?"),
]
PASSAGES = [
    "The assessor Nora Lindqvist found that prompt injection attempts against the assistant failed.",
    "Backups are taken every night and kept for thirty days in a second region.",
    "Certificate number QX-4711 was issued on 3 March 2026.",
    "Employees are screened before they start.",
]


def test_best_alias_of_an_entry_counts_and_each_entry_comes_once():
    (found,) = AliasIndex.build(ALIASES, shared_encoder()).search(["Is client data encrypted using AES?"], k=3)
    assert found[0].ref == "crypto"
    assert found[0].alias == "Is customer data encrypted with AES-256?"
    assert len({match.ref for match in found}) == len(found) == 3
    assert [m.score for m in found] == sorted((m.score for m in found), reverse=True)


def test_misspelt_questions_find_their_entry():
    (found,) = AliasIndex.build(ALIASES, shared_encoder()).search(["bakcup restor tests?"], k=1)
    assert found[0].ref == "backup"


def test_given_vectors_are_used():
    vectors = shared_encoder().encode([alias.text for alias in ALIASES])[::-1]
    index = AliasIndex.build(ALIASES, shared_encoder(), vectors=vectors)
    assert np.array_equal(index.vectors, vectors)


def test_empty_indexes_find_nothing():
    assert AliasIndex.build([], shared_encoder()).search(["anything"]) == [[]]
    assert PassageIndex.build([], shared_encoder()).search(["anything"]) == [[]]


def test_standardise_survives_rows_without_spread():
    assert standardise(np.ones((1, 3), np.float32)).tolist() == [[0, 0, 0]]


def test_passages_are_found_by_meaning_and_by_rare_words():
    index = PassageIndex.build(PASSAGES, shared_encoder())
    found = index.search(["Do you vet staff?", "QX-4711", "copies of data, how long retained"], k=1)
    assert [hits[0].passage for hits in found] == [3, 2, 1]


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from(["model", "risk", "audit", "drift", "bias", "plan"]), min_size=1, max_size=5))
def test_search_repeats_and_keeps_ranks_in_order(words):
    index = PassageIndex.build(PASSAGES * 2, shared_encoder())
    query = " ".join(words)
    (hits,) = index.search([query], k=8)
    assert hits == index.search([query, "other"], k=8)[0]
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert len({hit.passage for hit in hits}) == len(hits)


def test_many_passages_are_searched_in_blocks(monkeypatch):
    monkeypatch.setattr("evidence.retrieval.passages._PASSAGES", 3)
    monkeypatch.setattr("evidence.retrieval.passages.POOL", 2)
    vectors = shared_encoder().encode(PASSAGES * 3)
    index = PassageIndex.build(PASSAGES * 3, shared_encoder(), vectors=vectors)
    (hits,) = index.search(["Certificate number QX-4711 issued"], k=1)
    assert hits[0].passage % len(PASSAGES) == 2
