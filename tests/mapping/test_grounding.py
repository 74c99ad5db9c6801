"""Nearness to known questions tells a question of the checklist from one of another world."""

import pytest

from rfp.mapping.engine import Mapper
from rfp.mapping.footing import NEAR_ENOUGH
from rfp.mapping.grounding import groundings
from rfp.mapping.types import TaughtDecision


@pytest.fixture(scope="module")
def mapper() -> Mapper:
    return Mapper.load()


def test_a_question_of_the_subject_is_near_and_one_of_another_world_is_not(mapper: Mapper) -> None:
    texts = [
        "Do you hold an ISO/IEC 42001 certificate issued by an accredited body?",
        "May a user belong to more than ten chat rooms?",
        "Anything",
    ]
    vectors = mapper.trained.space.encoder.encode(texts)
    near, far, nothing = groundings(mapper, vectors, [("LR-1",), ("BF-4",), ()], [])
    assert near >= NEAR_ENOUGH
    assert far < NEAR_ENOUGH
    assert nothing == 1.0


def test_what_people_confirmed_counts_and_what_they_rejected_does_not(mapper: Mapper) -> None:
    text = "May a user belong to more than ten chat rooms?"
    vectors = mapper.trained.space.encoder.encode([text])
    decision = TaughtDecision(text=text, category="bias_fairness", requirements=("BF-4",))
    rejected = TaughtDecision(text=text, category="bias_fairness", requirements=("BF-4",), confirmed=False)
    assert groundings(mapper, vectors, [("BF-4",)], [decision]) == [pytest.approx(1.0, abs=0.01)]
    assert groundings(mapper, vectors, [("BF-4",)], [rejected])[0] < NEAR_ENOUGH
