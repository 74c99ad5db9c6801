"""The line: nothing stands above it that was often wrong on questions the model had not seen."""

from __future__ import annotations

import numpy as np
import pytest

from rfp.mapping.examples import Example
from rfp.mapping.line import Judged, draw_line
from rfp.mapping.model import POLARITIES, Catalogue, Fitted, Prediction, decisive
from rfp.mapping.store import Line
from rfp.mapping.types import AnswerType, Polarity
from tests.mapping.models import model_of

CATALOGUE = Catalogue(refs=("AT-1", "AT-2", "IR-1"), category=(2, 2, 4))
ATTACKS, NOTHING = [0.0, 0.0, 0.9, 0.1, 0.0, 0.0], [0.0, 0.0, 0.2, 0.0, 0.0, 0.8]


def asked(*requirements: str, polarity: Polarity | None = None) -> Example:
    return Example(
        id="x",
        text="x",
        categories=("adversarial_testing" if requirements else "none",),
        requirements=requirements,
        answer_type=AnswerType.YES_NO if polarity else AnswerType.FREE_TEXT,
        polarity=polarity,
    )


def judged(
    examples: list[Example],
    categories: list[list[float]],
    requirements: list[list[float]],
    *,
    said: Polarity = Polarity.DIRECT,
    related: dict[str, set[str]] | None = None,
) -> Judged:
    polar = [row for row, example in enumerate(examples) if example.polarity]
    shares = [[0.96 if name is said else 0.02 for name in POLARITIES] for _ in polar]
    held_out = Prediction(
        categories=np.array(categories, np.float32),
        requirements=np.array(requirements, np.float32),
        types=np.zeros((0, 5), np.float32),
        polarities=np.array(shares, np.float32).reshape(len(polar), 3),
    )
    rows = np.arange(len(examples))
    fitted = Fitted(model=model_of(CATALOGUE), rows=rows, typed=rows[:0], polar=np.array(polar, int), held_out=held_out)
    return Judged(fitted, examples, related or {})


@pytest.mark.parametrize(
    ("probabilities", "chosen", "sure"),
    [
        ([0.9, 0.1, 0.0], [0], 0.81),  # and no other one is asked for
        ([0.9, 0.8, 0.0], [0, 1], 0.72),
        ([0.2, 0.4, 0.1], [1], 0.288),  # the best, however unlikely
    ],
)
def test_decisive_requirements(probabilities: list[float], chosen: list[int], sure: float) -> None:
    found, confidence = decisive(np.array(probabilities, np.float32))
    assert found == chosen
    assert confidence == pytest.approx(sure)


@pytest.mark.parametrize(
    ("example", "requirements", "right", "exact", "precise"),
    [
        (asked("AT-1"), [0.9, 0.1, 0.0], True, True, True),
        (asked("AT-1"), [0.9, 0.8, 0.0], False, False, False),  # one too many
        (asked("AT-1", "AT-2"), [0.9, 0.1, 0.0], False, False, True),  # one too few
        (asked("AT-2"), [0.9, 0.1, 0.0], False, False, False),
        (asked("AT-1", polarity=Polarity.DIRECT), [0.9, 0.1, 0.0], True, True, True),
        (asked("AT-1", polarity=Polarity.INVERTED), [0.9, 0.1, 0.0], False, True, True),  # yes would be the gap
    ],
)
def test_a_question_is_right_when_all_of_it_is(
    example: Example, requirements: list[float], right: bool, exact: bool, precise: bool
) -> None:
    found = judged([example], [ATTACKS], [requirements])
    assert (bool(found.right[0]), bool(found.exact[0]), bool(found.precise[0])) == (right, exact, precise)


def test_a_derived_requirement_counts_with_what_it_is_derived_from() -> None:
    example = asked("AT-1", "IR-1")
    assert not judged([example], [ATTACKS], [[0.9, 0.1, 0.0]]).exact[0]
    assert judged([example], [ATTACKS], [[0.9, 0.1, 0.0]], related={"IR-1": {"AT-1"}}).exact[0]


def test_what_is_read_as_general_needs_no_requirement() -> None:
    found = judged([asked(), asked("AT-1")], [NOTHING, NOTHING], [[0.1, 0.1, 0.1]] * 2)
    assert found.right.tolist() == [True, False]
    assert found.decisive.tolist() == [1.0, 1.0]


def test_the_line_keeps_out_what_is_often_wrong() -> None:
    sure, unsure = [0.99, 0.0, 0.0], [0.7, 0.1, 0.0]
    examples = [asked("AT-1")] * 100 + [asked("AT-2")] * 10
    found = judged(examples, [ATTACKS] * 110, [sure] * 100 + [unsure] * 10)
    line = draw_line(found)
    assert found.above(line).tolist() == [True] * 100 + [False] * 10
    assert found.figures(line)["right_above_line"] == 1.0


def test_where_nothing_is_sure_enough_nothing_stands_above() -> None:
    wrong = judged([asked("AT-2")] * 60, [ATTACKS] * 60, [[0.99, 0.0, 0.0]] * 60)
    assert draw_line(wrong) == Line(category=1.0, decisive=1.0, polarity=1.0)


def test_easy_questions_do_not_pay_for_wrong_yes_and_no() -> None:
    """A hundred sure general questions leave no room for five wrong answers of yes."""
    sure = [0.99, 0.0, 0.0]
    examples = [asked()] * 1000 + [asked("AT-1", polarity=Polarity.INVERTED)] * 5
    found = judged(examples, [[0.0] * 5 + [1.0]] * 1000 + [[0.0, 0.0, 1.0, 0.0, 0.0, 0.0]] * 5, [sure] * 1005)
    above = found.above(draw_line(found))
    assert not above[1000:].any()
