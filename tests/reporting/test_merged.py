"""What several lines share is said once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from rfp.reporting import words
from rfp.reporting.data import Problem, WarningLine
from rfp.reporting.merged import joined, places_in_words, running_out, shared_causes, shared_warnings
from rfp.reporting.sentences import sentences, shortened, without, without_common
from tests.reporting.sample import PROBLEM, sample

GAP = sample().gaps[0]
EXPIRY = sample().expiries[0]


def problem(sentence: str, rule: str = "R-CONTENT") -> Problem:
    return Problem(rule=rule, rule_title="Content", sentence=sentence)


def test_a_problem_of_two_gaps_is_a_cause_and_one_of_one_gap_is_not() -> None:
    own = problem("It does not show: jailbreaks.")
    gaps = (replace(GAP, problems=(PROBLEM, own)), replace(GAP, requirement="AT-6", problems=(PROBLEM,)))
    (cause,) = shared_causes(gaps)
    assert (cause.number, cause.problem, cause.requirements) == (1, PROBLEM, ("AT-5", "AT-6"))


def test_a_problem_given_twice_for_one_gap_is_not_shared() -> None:
    assert shared_causes([replace(GAP, problems=(PROBLEM, PROBLEM))]) == ()


def test_warnings_that_say_the_same_are_one() -> None:
    lines = [WarningLine(requirement=name, rule="W-EDITION", sentence="Old.") for name in ("AT-1", "AT-2", "AT-1")]
    lines.append(WarningLine(requirement="LR-4", rule="W-EDITION", sentence="Older."))
    told = shared_warnings(lines)
    assert [(line.sentence, line.requirements) for line in told] == [("Old.", ("AT-1", "AT-2")), ("Older.", ("LR-4",))]


def test_requirements_that_rest_on_the_same_documents_run_out_together() -> None:
    lines = (
        replace(EXPIRY, requirement="IR-1", expires_on=date(2027, 3, 1), start_by=date(2027, 1, 9), status="ok"),
        replace(EXPIRY, requirement="IR-2", expires_on=date(2027, 3, 1), start_by=date(2026, 11, 2), status="late"),
        replace(EXPIRY, requirement="RA-1", expires_on=date(2027, 2, 1), rests_on="AIRA", start_by=None),
    )
    first, second = running_out(lines)
    assert (first.rests_on, first.start_by) == ("AIRA", None)
    assert (second.status, second.start_by) == ("late", date(2026, 11, 2))
    assert [name for name, _ in second.requirements] == ["IR-1", "IR-2"]


def test_problems_that_differ_after_the_colon_are_joined() -> None:
    found = joined(
        [
            problem("It does not show: drift."),
            problem("It is old.", rule="R-AGE"),
            problem("It does not show: bias."),
            problem("It does not show: more.", rule="R-OTHER"),
        ]
    )
    assert [line.sentence for line in found] == [
        "It does not show: drift; bias.",
        "It is old.",
        "It does not show: more.",
    ]


@pytest.mark.parametrize(
    ("places", "said"),
    [
        ((), ""),
        (("Security!B12",), "Security B12"),
        (("A!B1", "A!B2", "B!C3"), "A B1, B2; B C3"),
        (tuple(f"A!B{row}" for row in range(1, 9)), "A B1, B2, B3, B4, B5, B6 and 2 more"),
        (("Odd!name!B1",), "Odd!name B1"),
    ],
)
def test_places_are_named_by_sheet(places: tuple[str, ...], said: str) -> None:
    assert places_in_words(places) == said


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ((), ""),
        (("LR-1",), "LR-1"),
        (("LR-1", "LR-2"), "LR-1, LR-2"),
        (("LR-1", "LR-2", "LR-3", "LR-5"), "LR-1 to LR-3, LR-5"),
        (("LR-9", "RA-10", "RA-11", "RA-12"), "LR-9, RA-10 to RA-12"),
        (("SX-EU-1", "SX-EU-2", "SX-EU-3", "odd"), "SX-EU-1 to SX-EU-3, odd"),
    ],
)
def test_requirements_are_named_in_ranges(names: tuple[str, ...], said: str) -> None:
    assert words.ranged(names) == said


@pytest.mark.parametrize(
    ("items", "said"), [((), ""), (("A",), "A"), (("A", "B"), "A and B"), (("A", "B", "C"), "A, B and C")]
)
def test_items_are_listed(items: tuple[str, ...], said: str) -> None:
    assert words.listed(items) == said


def test_what_starts_now_is_ready_when_it_usually_is() -> None:
    assert words.start_now(date(2026, 11, 23), 10) == "Start now: ready by about 1 February 2027."
    assert words.weeks(1, 1, 3) == "about 1 week (1 to 3)"


def test_a_question_in_quotation_marks_ends_no_sentence() -> None:
    text = "Nothing fits. The nearest question ‘Do you?’ is not the same."
    assert sentences(text) == ["Nothing fits.", "The nearest question ‘Do you?’ is not the same."]


def test_what_most_say_is_left_out_and_two_are_not_most() -> None:
    said = ["Nothing fits. A.", "Nothing fits. B.", "Nothing fits.", "The library is empty."]
    assert without_common(said) == ["A.", "B.", "", "The library is empty."]
    assert without_common(said[:2]) == said[:2]
    told = without_common(
        ["It is not sure. Decide the mapping. Near: 5."], told_above="Unsure. Decide the mapping; it is kept."
    )
    assert told == ["It is not sure. Near: 5."]


def test_a_sentence_told_elsewhere_is_taken_out() -> None:
    assert without("For one only. It is old. More.", ["It is old."]) == ("For one only. More.", True)
    assert without("For one only.", ["It is old."]) == ("For one only.", False)


def test_a_long_quote_is_cut_at_a_word() -> None:
    assert shortened("short", 10) == "short"
    assert shortened("the quick, brown fox", 14) == "the quick …"
