"""The encoder, TF-IDF and word handling beneath every search."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.retrieval.encoder import FOLDER, shared_encoder, text_key
from evidence.retrieval.sparse import InvertedIndex, LexicalIndex, SparseVector, Vocabulary
from evidence.retrieval.text import char_terms, normalise, stem, tokens, word_terms

TEXTS = ["Is the model tested for prompt injection?", "Backups are encrypted.", "SOC2 report", "Is the model tested?"]


def test_shipped_files_are_the_ones_described():
    lines = (FOLDER / "SHA256SUMS").read_text().split("\n")
    listed = dict(reversed(line.split("  ")) for line in lines if line)
    assert listed == {name: hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() for name in listed}
    assert set(listed) == {"minilm-l6-v2-int8.onnx", "tokenizer.json"}


def test_vectors_have_length_one_and_do_not_depend_on_neighbours():
    encoder = shared_encoder()
    together = encoder.encode(TEXTS)
    assert together.shape == (4, 384)
    assert together.dtype == np.float32
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    assert np.array_equal(together[1], encoder.encode([TEXTS[1]])[0])
    assert np.array_equal(together, encoder.encode(TEXTS[::-1])[::-1])


def test_nearness_follows_meaning():
    vectors = shared_encoder().encode(["Who owns the company?", "Name your shareholders.", "Do you encrypt backups?"])
    near, far = vectors[0] @ vectors[1], vectors[0] @ vectors[2]
    assert near > far + 0.2


def test_cache_is_used_and_filled():
    encoder = shared_encoder()
    planted = np.full(384, 0.5, np.float32)
    cache = {text_key("planted"): planted}
    out = encoder.encode(["planted", "fresh"], cache=cache)
    assert np.array_equal(out[0], planted)
    assert np.array_equal(cache[text_key("fresh")], encoder.encode(["fresh"])[0])


def test_encoding_nothing_gives_nothing():
    assert shared_encoder().encode([]).shape == (0, 384)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SOC2", ["soc", "2"]),
        ("ISO/IEC 42001:2023", ["iso", "iec", "42001", "2023"]),
        ("Don\u2019t  train\u00a0it", ["don't", "train", "it"]),
        ("AI-RMF 1.0", ["ai", "rmf", "1.0"]),
        ("", []),
    ],
)
def test_tokens(text, expected):
    assert tokens(text) == expected


@pytest.mark.parametrize(
    ("words", "root"),
    [
        (("test", "tests", "tested", "testing"), "test"),
        (("policy", "policies"), "policy"),
        (("certified", "certify", "certifies"), "certify"),
        (("organise", "organize", "organised", "organizing"), "organiz"),
        (("bias",), "bias"),
        (("is",), "is"),
        (("27001",), "27001"),
    ],
)
def test_stems_meet(words, root):
    assert {stem(word) for word in words} == {root}


@given(st.text(max_size=60))
def test_words_of_any_text_are_lower_case_and_repeatable(text):
    terms = word_terms(text)
    assert terms == word_terms(text)
    assert all(term == term.lower() for term in terms)
    assert normalise(normalise(text)) == normalise(text)


def test_letter_groups_stay_inside_words():
    assert char_terms("ab cd") == [" ab", "ab ", " ab ", " cd", "cd ", " cd "]


def test_rare_words_weigh_more_than_common_ones():
    vocabulary = Vocabulary.learn(["model risk", "model drift", "model audit"], tokens)
    vector = vocabulary.vector("model drift unknown")
    weights = dict(zip(vector.terms.tolist(), vector.weights.tolist(), strict=True))
    assert weights[vocabulary.numbers["drift"]] > weights[vocabulary.numbers["model"]]
    assert np.isclose(np.linalg.norm(vector.weights), 1)


@given(st.lists(st.lists(st.integers(0, 6), max_size=5, unique=True), min_size=1, max_size=6), st.integers(0, 5))
def test_inverted_index_gives_the_dot_products(rows, asked):
    dense = np.zeros((len(rows), 7), np.float32)
    for row, terms in enumerate(rows):
        dense[row, terms] = [1 + term for term in terms]
    vectors = [SparseVector(np.flatnonzero(row), row[np.flatnonzero(row)]) for row in dense]
    query = dense[asked % len(rows)]
    found = InvertedIndex.build(vectors, 7).score(SparseVector(np.flatnonzero(query), query[np.flatnonzero(query)]))
    assert np.allclose(found, dense @ query)


def test_lexical_index_finds_the_same_text_first():
    index = LexicalIndex.build(TEXTS, word_terms)
    scores = index.score(TEXTS)
    assert scores.argmax(1).tolist() == [0, 1, 2, 3]
    assert np.allclose(np.diag(scores), 1, atol=1e-5)
