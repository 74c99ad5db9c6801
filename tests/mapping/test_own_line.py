"""The line of confidence: the shipped one, or an organisation's own from its decisions."""

import pytest

from rfp.mapping.own_line import agrees, is_above, lowest_shift, margin
from rfp.mapping.store import Line
from rfp.mapping.types import NO_CATEGORY, AnswerType, Polarity, TaughtDecision
from tests.answering.world import proposal

LINE = Line(category=0.6, decisive=0.8, polarity=0.9)


@pytest.mark.parametrize(
    ("sure", "changes", "above"),
    [
        (0.95, {}, True),
        (0.85, {}, False),  # the polarity is not sure enough
        (0.85, {"answer_type": AnswerType.DATE}, True),
        (0.7, {"answer_type": AnswerType.DATE}, False),  # the requirement is not
        (0.7, {"category": NO_CATEGORY}, True),
        (0.5, {"category": NO_CATEGORY}, False),
        (0.1, {"decided_before": True}, True),
        (1.0, {"false_premise": "It is not so."}, False),
    ],
)
def test_a_proposal_is_above_the_line_when_all_it_rests_on_is(
    sure: float, changes: dict[str, object], above: bool
) -> None:
    mapped = proposal("AT-1", sure=sure, **changes)  # type: ignore[arg-type]  # the fields a case changes
    closed = mapped.answer_type is AnswerType.YES_NO
    assert is_above(mapped, LINE, closed=closed) is above
    if not mapped.decided_before and not mapped.false_premise:
        assert (margin(mapped, LINE) >= 0) is above


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
