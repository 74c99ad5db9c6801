"""Duplicates and contradictions in the answer library."""

from __future__ import annotations

import pytest

from evidence.retrieval.encoder import shared_encoder
from rfp.answering.matching import KnownAnswer, Matcher
from rfp.answering.matching.alike import Alike, Likeness, alike, says_the_same


def found(*rows: tuple[str, str]) -> list[Alike]:
    known = [KnownAnswer(ref=ref, question=question, answer=answer) for ref, (question, answer) in enumerate(rows)]
    return alike(Matcher.build(known, shared_encoder()))


def test_the_same_question_with_the_same_answer_is_a_duplicate() -> None:
    pairs = found(
        ("Are backups encrypted?", "Yes"),
        ("Do you encrypt your backups?", "yes"),
        ("Who reviews access rights?", "The owner of each system"),
    )
    assert [(pair.first, pair.second, pair.likeness) for pair in pairs] == [(0, 1, Likeness.DUPLICATE)]


def test_with_another_answer_it_is_a_contradiction_and_comes_first() -> None:
    pairs = found(
        ("Is access logged?", "Yes"),
        ("1. Is access logged", "Yes"),
        ("Are backups encrypted?", "Yes"),
        ("Do you encrypt your backups?", "No"),
    )
    assert [(pair.first, pair.second, pair.likeness) for pair in pairs] == [
        (2, 3, Likeness.CONTRADICTION),
        (0, 1, Likeness.DUPLICATE),
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Is data encrypted at rest?", "Is data encrypted in transit?"),
        ("Do you screen employees?", "Do you screen contractors?"),
        ("Are backups encrypted?", "Is there a canteen?"),
        ("How long are logs kept?", "Are logs kept?"),
    ],
)
def test_questions_that_differ_are_no_pair(one: str, other: str) -> None:
    assert found((one, "Yes"), (other, "No")) == []


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Yes", "yes.", True),
        ("Yes", "No", False),
        ("90 days", "90 Days", True),
        ("90 days", "30 days", False),
        ("Yes", "90 days", False),
    ],
)
def test_says_the_same(one: str, other: str, expected: bool) -> None:
    assert says_the_same(one, other) is expected


def test_an_empty_library_and_a_single_answer_have_no_pairs() -> None:
    assert found() == []
    assert found(("Are backups encrypted?", "Yes")) == []
