"""Concepts, cues and the repair of slips of the keyboard."""

from __future__ import annotations

import pytest

from evidence.retrieval.encoder import shared_encoder
from rfp.mapping.lexicon import concepts, cues, generic_concepts
from rfp.mapping.spelling import Speller
from rfp.mapping.valence import FEATURES, valence


@pytest.mark.parametrize(
    ("text", "there", "not_there"),
    [
        ("Is the AI tested for prompt injection?", {"ai", "prompt_injection"}, {"g_crypto"}),
        ("Explain the pricing model.", {"model_other", "g_commercial"}, {"ai"}),
        ("SOC2 Type II", {"soc2"}, {"soc1", "ai"}),
        ("SOC 1 report", {"soc1"}, {"soc2"}),
        ("Do you maintain said email?", set(), {"ai"}),  # "ai" inside words is not AI
    ],
)
def test_concepts(text, there, not_there):
    row = concepts().flags([text])[0]
    found = {name for name, flag in zip(concepts().patterns, row, strict=True) if flag}
    assert there <= found
    assert not found & not_there


def test_words_for_names_the_words_found_in_the_order_asked():
    assert concepts().words_for(["drill", "rollback", "ai"], "Roll back after an AI drill") == [
        "drill",
        "roll back",
        "ai",
    ]


def test_generic_concepts_exist():
    assert generic_concepts() <= set(concepts().patterns)


def test_cues_see_the_form():
    names = list(cues().patterns)
    row = cues().flags(["Are backups encrypted?"])[0]
    found = {name for name, flag in zip(names, row, strict=True) if flag}
    assert {"opens_aux", "ends_question", "short"} <= found
    assert not {"opens_what", "attach", "long"} & found


LEARNT = ["encrypted backups tested"] * 4 + ["separate separate separate models"]


@pytest.mark.parametrize(
    ("written", "repaired"),
    [
        ("Are backups encrytped?", "Are backups encrypted?"),
        ("a seperate place", "a separate place"),
        ("tasted models", "tasted models"),  # a word as it is, however near another
        ("XENCRYPTED", "XENCRYPTED"),  # capitals are names
        ("", ""),
    ],
)
def test_slips_are_repaired_and_words_left_alone(written, repaired):
    assert Speller.learn(LEARNT, shared_encoder().knows_word).repair(written) == repaired


def bad(text: str) -> bool:
    """Whether one fault or more is left over."""
    row = valence([text])[0]
    assert row.shape == (FEATURES,)
    return bool(row[7] or row[8] or row[9])


@pytest.mark.parametrize(
    ("text", "is_bad"),
    [
        ("Is there a plan?", False),
        ("Is there no plan?", True),
        ("Are there any exceptions?", True),
        ("Are there no exceptions?", False),
        ("Were findings left out?", True),
        ("Can you confirm that no finding was left out?", False),
        ("The supplier shall not train models on customer data.", False),
        ("Is the certificate expired?", True),
    ],
)
def test_negators_turn_what_follows(text, is_bad):
    assert bad(text) is is_bad
