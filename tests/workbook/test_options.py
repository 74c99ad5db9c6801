"""An answer is one of the buyer's own options or nothing; a near miss that changes the meaning is nothing."""

from __future__ import annotations

import pytest

from rfp.workbook.model import Option
from rfp.workbook.options import match, meaning, offers


def options(*labels: str) -> tuple[Option, ...]:
    return tuple(Option(label, label) for label in labels)


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Yes", "yes"),
        (" YES ", "yes"),
        ("Yes - fully implemented", "yes"),
        ("Compliant", "yes"),
        ("Satisfied", "yes"),
        ("Valid", "yes"),
        ("Oui", "yes"),
        ("是", "yes"),
        ("No", "no"),
        ("Non-valid", "no"),
        ("Other Than Satisfied", "no"),
        ("No - not in place", "no"),
        ("Nein", "no"),
        ("In-Part", "partial"),
        ("Partially Implemented", "partial"),
        ("Yes, partially", "partial"),
        ("N/A", "not_applicable"),
        ("NA", "not_applicable"),
        ("Not Applicable", "not_applicable"),
        ("Sans objet", "not_applicable"),
        ("Planned", "planned"),
        ("Yes - planned", "planned"),
        ("Yes, but only in Europe", ""),
        ("No, because we outsource it", ""),
        ("Not verified", ""),
        ("Alternative Implementation", ""),
        ("Shared CSP and CSC", ""),
        ("", ""),
    ],
)
def test_labels_mean_what_they_say(label: str, expected: str) -> None:
    assert meaning(label) == expected


def test_the_option_comes_back_letter_for_letter() -> None:
    found = match("yes", options("YES ", "NO"))
    assert found is not None
    assert found.value == "YES "


def test_two_ways_to_say_it_are_for_a_person() -> None:
    assert match("yes", options("Implemented", "Compliant", "No")) is None


def test_a_numeric_scale_has_no_yes() -> None:
    scale = tuple(Option(number, str(number)) for number in range(1, 6))
    assert not any(offers(value, scale) for value in ("yes", "no", "partial", "not_applicable"))


def test_what_is_not_offered_is_not_written() -> None:
    assert match("partial", options("Yes", "No")) is None
    assert not offers("not_applicable", options("Yes", "No"))


@pytest.mark.parametrize("label", ["Yes (please explain)", "Yes - see comments", "Yes: describe how"])
def test_what_the_form_wants_besides_the_answer_is_no_statement(label: str) -> None:
    assert meaning(label) == "yes"


def test_a_yes_with_proof_promises_no_more_than_is_sent() -> None:
    both = options("Yes - evidence attached", "Yes - evidence on request", "No")
    enclosed = options("Yes (evidence attached)", "No")
    on_request = match("yes", both, documented=True)
    assert on_request is not None
    assert on_request.label == "Yes - evidence on request"
    assert match("yes", enclosed) is None
    documented = match("yes", enclosed, documented=True)
    assert documented is not None
    assert documented.label == "Yes (evidence attached)"


def test_two_plain_yes_are_not_settled_by_a_third_with_proof() -> None:
    assert match("yes", options("Implemented", "Compliant", "Yes - evidence on request")) is None
