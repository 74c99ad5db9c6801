"""Concepts, cues and the repair of slips of the keyboard."""

from __future__ import annotations

import pytest

from evidence.retrieval.encoder import shared_encoder
from rfp.mapping.lexicon import concepts, cues, generic_concepts
from rfp.mapping.spelling import Speller
from rfp.mapping.valence import features, read_claim, valence


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
def test_concepts(text: str, there: set[str], not_there: set[str]) -> None:
    row = concepts().flags([text])[0]
    found = {name for name, flag in zip(concepts().patterns, row, strict=True) if flag}
    assert there <= found
    assert not found & not_there


def test_words_for_names_the_words_found_in_the_order_asked() -> None:
    assert concepts().words_for(["drill", "rollback", "ai"], "Roll back after an AI drill") == [
        "drill",
        "roll back",
        "ai",
    ]


def test_generic_concepts_exist() -> None:
    assert generic_concepts() <= set(concepts().patterns)


def test_cues_see_the_form() -> None:
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
def test_slips_are_repaired_and_words_left_alone(written: str, repaired: str) -> None:
    assert Speller.learn(LEARNT, shared_encoder().knows_word).repair(written) == repaired


@pytest.mark.parametrize(
    ("text", "is_bad"),
    [
        ("Is there a plan?", False),
        ("Is there no plan?", True),
        ("Are there any exceptions?", True),
        ("Are there no exceptions?", False),
        ("Were findings left out?", True),
        ("Can you confirm that no finding was left out?", False),
        ("Can you confirm that no test was needed?", True),  # a wish to be told there is a gap is none
        ("The supplier shall not train models on customer data.", False),
        ("Is the certificate expired?", True),
        ("Is it correct that the certificate has not expired?", False),
        ("Was there no test for bias?", True),  # the test is denied, not the bias
        ("Did the test find a bias?", True),
        ("Is there a plan for outages?", False),
        ("Are vulnerabilities tracked?", False),
        ("Are fixes checked only by your own developers?", True),
        ("Were fixes checked by the tester rather than only by your own developers?", False),
        ("Is the firm without any financial interest in you?", False),
        ("We lost our last vendor. Is there a plan?", False),  # what comes before the question is no part of it
        ("If a model fails, is there a plan?", False),
        ("Is no incident closed until its cause is known?", False),
        ("Do you prevent leaked secrets?", False),
        ("Compliant, yes or no?", False),
    ],
)
def test_what_a_yes_would_say(text: str, is_bad: bool) -> None:
    assert read_claim(text).is_bad is is_bad


def test_claims_are_rows_of_numbers() -> None:
    assert valence(["Is there a plan?", ""]).shape == (2, features())
    assert valence([]).shape == (0, features())
