"""What may not be told is in no line of the report's data, wherever it stood."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rfp.reporting.restricted import INSTEAD, Restricted
from tests.reporting.sample import sample

SECRET = Restricted(
    names=frozenset({"Penetration test 2026", "PEN-7", "Pen"}),
    references=frozenset({"PEN-7"}),
    texts=("Yes | Keys are held in Basel, in a vault of three rooms.",),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("See the Penetration test 2026.", True),
        ("see pen-7, page 3", True),
        ("Our pencils are sharp.", False),
        ("As agreed: keys are held in BASEL, in a vault of three rooms!", True),
        ("Keys are held in Basel.", False),
        ("", False),
    ],
)
def test_touches(text: str, expected: bool) -> None:
    assert SECRET.touches(text) is expected


def test_a_document_of_a_name_too_short_to_look_for_is_not_listed() -> None:
    data = sample()
    (first, *others) = data.evidence
    short = replace(data, evidence=(replace(first, reference="A1"), *others))
    shown = Restricted(names=frozenset({"A1"}), references=frozenset({"A1"})).redacted(short)
    assert [line.reference for line in shown.evidence] == [line.reference for line in others]


def test_without_anything_restricted_nothing_changes() -> None:
    data = sample()
    assert Restricted().redacted(data) == data
    assert not Restricted().touches("Anything at all.")


@given(
    before=st.text(alphabet="ab .,", max_size=9),
    after=st.text(alphabet="ab .,", max_size=9),
    name=st.sampled_from(sorted(SECRET.names)),
)
def test_no_sentence_of_the_vendor_names_it_and_the_buyers_words_stay(before: str, after: str, name: str) -> None:
    said = f"{before} {name} {after}"
    data = sample()
    marked = replace(
        data,
        verdict_reasons=(said,),
        first_steps=(said,),
        fidelity=said,
        title=said,
        gaps=tuple(replace(gap, problems=tuple(replace(p, sentence=said) for p in gap.problems)) for gap in data.gaps),
        expiries=tuple(replace(line, rests_on=said) for line in data.expiries),
        answers=tuple(replace(line, reason=said, question=said) for line in data.answers),
    )
    shown = SECRET.redacted(marked)
    for text in (
        *shown.verdict_reasons,
        *shown.first_steps,
        shown.fidelity,
        *(problem.sentence for gap in shown.gaps for problem in gap.problems),
        *(line.rests_on for line in shown.expiries),
        *(line.reason for line in shown.answers),
    ):
        assert not SECRET.touches(text)
        assert INSTEAD in text
    assert shown.title == said
    assert all(line.question == said for line in shown.answers)


def test_the_lines_of_restricted_documents_are_left_out() -> None:
    data = sample()
    reference = data.evidence[0].reference
    shown = Restricted(names=frozenset({reference}), references=frozenset({reference})).redacted(data)
    assert reference not in [line.reference for line in shown.evidence]
    assert len(shown.evidence) == len(data.evidence) - 1
