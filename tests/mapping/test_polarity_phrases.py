"""Questions made up to teach which words decide what a yes says."""

from __future__ import annotations

import random
import re
from collections import Counter
from pathlib import Path

import pytest

from rfp.mapping.examples import read_examples
from rfp.mapping.polarity_phrases import SHARES, Phrases, make_up, read_phrases
from rfp.mapping.types import Polarity

MEASURED = Path(__file__).parents[1] / "data" / "evaluation" / "mapping"


def test_every_template_can_be_filled() -> None:
    phrases = read_phrases()
    chance = random.Random(0)
    for templates in phrases.templates.values():
        for template in templates:
            text = phrases.fill(template, chance)
            assert not re.search(r"[{}]|  |^ | $", text)


def test_no_slot_is_without_use() -> None:
    phrases = read_phrases()
    lines = [line for templates in phrases.templates.values() for line in templates]
    lines += [word for words in phrases.slots.values() for word in words]
    named = {name for line in lines for name in re.findall(r"\{([\w.]+)\}", line)}
    assert named <= set(phrases.slots)
    assert {name.split(".")[0] for name in phrases.slots} == {name.split(".")[0] for name in named}


def test_slots_inside_words_are_filled_too() -> None:
    phrases = Phrases({}, {"who": ["the {what}"], "what": ["vendor"], "act.past": ["tested"], "no": [""]})
    assert phrases.fill("has {who} {no} {act.past} it?", random.Random(0)) == "has the vendor tested it?"


def test_a_seed_gives_the_same_questions_and_another_seed_others() -> None:
    assert make_up(50, 3) == make_up(50, 3)
    assert make_up(50, 3) != make_up(50, 4)


def test_each_polarity_has_its_share() -> None:
    counts = Counter(polarity for _, polarity in make_up(2000, 1))
    for polarity in Polarity:
        assert counts[polarity] / 2000 == pytest.approx(SHARES[polarity], abs=0.05)


@pytest.mark.parametrize("name", ["dev.yaml", "holdout.yaml"])
def test_no_question_that_accuracy_is_measured_on_is_made_up(name: str) -> None:
    measured = {example.text.casefold() for example in read_examples(MEASURED / name)}
    assert not measured & {text.casefold() for text, _ in make_up(3000, 0)}
