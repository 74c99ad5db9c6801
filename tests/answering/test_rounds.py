"""What changed from one round to the next: tables, no database."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rfp.answering.rounds import Asked, Difference, Statement, compare, difference, overlaps


def says(value: str = "yes", written: str = "Yes", comment: str = "") -> Statement:
    return Statement(value=value, written=written, comment=comment)


@pytest.mark.parametrize(
    ("now", "then", "expected"),
    [
        (says(), says(), Difference.NONE),
        (says(written=" yes "), says(written="Yes"), Difference.NONE),
        (says("no", "No"), says(), Difference.VALUE),
        (says(comment="Since 2024."), says(comment="Since 2023."), Difference.WORDS),
        (says(written="Yes, all"), says(written="Yes"), Difference.WORDS),
        (says("needs_information", "Yearly"), says("needs_information", "Quarterly"), Difference.VALUE),
        (says(written=""), says(), Difference.BLANK_NOW),
        (says(), says(written=""), Difference.ANSWERED_NOW),
        (says(written=""), says(written=""), Difference.NONE),
    ],
)
def test_difference(now: Statement, then: Statement, expected: Difference) -> None:
    assert difference(now, then) is expected


def asked(*keys: str) -> list[Asked]:
    return [Asked(ref=number, key=key) for number, key in enumerate(keys)]


def test_questions_pair_by_key_then_by_wording() -> None:
    found = compare(asked("a", "b", "c"), asked("b", "a", "x", "y"), {2: 3})
    assert set(found.same) == {(0, 1), (1, 0)}
    assert (found.reworded, found.new, found.gone) == (((2, 3),), (), (2,))


def test_a_question_asked_twice_pairs_with_two() -> None:
    found = compare(asked("a", "a", "a"), asked("a", "a"), {})
    assert (found.same, found.new, found.gone) == (((0, 0), (1, 1)), (2,), ())


def test_an_earlier_question_is_taken_once() -> None:
    found = compare(asked("p", "q"), asked("x"), {0: 0, 1: 0})
    assert (found.reworded, found.new) == (((0, 0),), (1,))


@given(
    st.lists(st.sampled_from("abc")),
    st.lists(st.sampled_from("abcd")),
    st.dictionaries(st.integers(0, 9), st.integers(0, 9)),
)
def test_no_question_is_lost_or_counted_twice(new: list[str], earlier: list[str], reworded: dict[int, int]) -> None:
    found = compare(asked(*new), asked(*earlier), reworded)
    pairs = found.same + found.reworded
    assert sorted([ref for ref, _ in pairs] + list(found.new)) == list(range(len(new)))
    assert sorted([ref for _, ref in pairs] + list(found.gone)) == list(range(len(earlier)))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [(["A"], ["A", "B"], True), (["A"], ["B"], False), ([], ["B"], True), (["A"], [], True)],
)
def test_overlaps(one: list[str], other: list[str], expected: bool) -> None:
    assert overlaps(one, other) is expected
