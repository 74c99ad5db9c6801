"""How sure a mapping is, by the shipped line or by an organisation's own from its decisions."""

import pytest

from rfp.mapping.footing import SURE_LINE, Footing, agrees, footing, lowest_shift
from rfp.mapping.types import NO_CATEGORY, AnswerType, Polarity, TaughtDecision
from tests.answering.world import proposal

GOOD, BAD = "Was the model tested?", "Was the model never tested?"


@pytest.mark.parametrize(
    ("sure", "text", "grounding", "changes", "expected"),
    [
        (0.95, GOOD, 0.6, {}, Footing.SURE),
        (0.85, GOOD, 0.6, {}, Footing.LIKELY),  # category and polarity are below the first line
        (0.75, GOOD, 0.6, {}, Footing.UNSURE),
        (0.95, GOOD, 0.5, {}, Footing.UNSURE),  # a question of another world
        (0.95, BAD, 0.6, {}, Footing.UNSURE),  # the rules read it the other way round
        (0.95, BAD, 0.6, {"polarity": Polarity.INVERTED}, Footing.SURE),
        (0.95, GOOD, 0.6, {"polarity": Polarity.NEUTRAL}, Footing.SURE),  # sure that neither answers it
        (0.95, GOOD, 0.6, {"polarity_confidence": 0.8}, Footing.LIKELY),
        (0.95, GOOD, 0.6, {"decisive_confidence": 0.72}, Footing.LIKELY),
        (0.95, GOOD, 0.6, {"polarity_confidence": 0.1, "answer_type": AnswerType.DATE}, Footing.SURE),
        (0.92, GOOD, 1.0, {"category": NO_CATEGORY}, Footing.SURE),
        (0.5, GOOD, 1.0, {"category": NO_CATEGORY}, Footing.UNSURE),
        (0.1, GOOD, 0.1, {"decided_before": True}, Footing.SURE),
        (1.0, GOOD, 1.0, {"false_premise": "It is not so."}, Footing.UNSURE),
    ],
)
def test_a_mapping_stands_as_firmly_as_the_weakest_of_what_it_rests_on(
    sure: float, text: str, grounding: float, changes: dict[str, object], expected: Footing
) -> None:
    mapped = proposal("AT-1", sure=sure, **changes)  # type: ignore[arg-type]  # the fields a case changes
    closed = mapped.answer_type is AnswerType.YES_NO
    assert footing(mapped, text, SURE_LINE, closed=closed, grounding=grounding) is expected


@pytest.mark.parametrize(
    ("decision", "same"),
    [
        (("adversarial_testing", ("AT-1",), Polarity.DIRECT), True),
        (("adversarial_testing", ("AT-1", "AT-2"), None), True),
        (("adversarial_testing", ("AT-2", "AT-1"), None), False),  # the first one is not decisive
        (("adversarial_testing", ("AT-2",), None), False),
        (("adversarial_testing", ("AT-1",), Polarity.INVERTED), False),
        (("none", (), None), False),
    ],
)
def test_agreement_is_on_what_an_answer_rests_on(
    decision: tuple[str, tuple[str, ...], Polarity | None], same: bool
) -> None:
    category, requirements, polarity = decision
    taught = TaughtDecision(text="?", category=category, requirements=requirements, polarity=polarity)
    assert agrees(proposal("AT-1"), taught) is same


@pytest.mark.parametrize(
    ("graded", "expected"),
    [
        ([(0.9 - n / 100, True) for n in range(60)], 0.31),
        # One wrong in 59 is within the target, the second is not.
        ([(0.9 - n / 100, n not in (20, 59)) for n in range(60)], 0.32),
        ([(0.9, True)] * 29, None),  # too few to tell
        ([(0.9, False)] * 60, None),
        ([(0.5, True)] * 49 + [(0.5, False)], 0.5),
    ],
)
def test_the_line_is_the_lowest_that_keeps_the_promise(
    graded: list[tuple[float, bool]], expected: float | None
) -> None:
    found = lowest_shift(graded)
    assert found == (None if expected is None else pytest.approx(expected))
