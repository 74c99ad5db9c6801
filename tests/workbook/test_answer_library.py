"""An answer library is imported whole or not at all; every problem names row, column and value."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from rfp.workbook.answer_library import LibraryInvalid, read_rows
from rfp.workbook.model import Book, Cell, FileFormat, Scalar, Sheet

TODAY = date(2026, 11, 23)
HEADER = ("Question", "Answer", "Comment", "Owner", "Reviewed on", "Product", "Audience", "Evidence")


def book(*rows: Sequence[Scalar | None], state: str = "visible") -> Book:
    cells = {
        number: {column: Cell(value) for column, value in enumerate(row, start=1) if value is not None}
        for number, row in enumerate(rows, start=1)
    }
    return Book(format=FileFormat.XLSX, sheets=(Sheet(name="Library", rows=cells, state=state),))


def test_every_column_is_read() -> None:
    row = ("Is data encrypted?", "Yes", "AES-256.", "CISO", 46000.0, "Quill", "NDA", "EV-1")
    (answer,) = read_rows(book(("Our answers",), HEADER, row), today=TODAY, known_evidence=frozenset({"EV-1"}))
    assert (answer.question, answer.answer, answer.comment) == ("Is data encrypted?", "Yes", "AES-256.")
    assert (answer.owner, answer.reviewed_on, answer.product) == ("CISO", date(2025, 12, 9), "Quill")
    assert (answer.audience, answer.evidence, answer.row) == ("nda", "EV-1", 3)


def test_two_columns_are_enough() -> None:
    answers = read_rows(book(("Answer", "Question"), ("Yes", "MFA?"), (None, None), ("No", "SSO?")), today=TODAY)
    assert [(answer.question, answer.answer, answer.audience) for answer in answers] == [
        ("MFA?", "Yes", "public"),
        ("SSO?", "No", "public"),
    ]


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (("", "Yes"), "Library!A2, question: is empty"),
        (("MFA?", ""), "Library!B2, answer: is empty"),
        (("MFA?", "Yes", "", "", "soon"), "Library!E2, reviewed_on: 'soon' is not a date; write it as 2026-11-23"),
        (("MFA?", "Yes", "", "", "2026-11-24"), "Library!E2, reviewed_on: '2026-11-24' lies in the future"),
        (
            ("MFA?", "Yes", "", "", "", "", "friends"),
            "Library!G2, audience: 'friends' is neither public, NDA nor internal",
        ),
        (
            ("MFA?", "Yes", "", "", "", "", "", "EV-9"),
            "Library!H2, evidence: 'EV-9' is not a reference in the evidence library",
        ),
        (("MFA?", "x" * 2001), "is longer than 2000 characters; move the words to the comment"),
    ],
)
def test_a_bad_row_is_named(row: tuple[str, ...], problem: str) -> None:
    with pytest.raises(LibraryInvalid) as refusal:
        read_rows(book(HEADER, row, ("Good?", "Yes")), today=TODAY)
    assert len(refusal.value.problems) == 1
    assert problem in str(refusal.value.problems[0])


def test_every_problem_is_listed_not_only_the_first() -> None:
    with pytest.raises(LibraryInvalid, match="has 3 problems") as refusal:
        read_rows(book(HEADER, ("", "", "x"), ("MFA?", "Yes", "", "", "soon")), today=TODAY)
    assert len(refusal.value.problems) == 3


def test_the_same_question_twice_for_one_product_is_refused() -> None:
    with pytest.raises(LibraryInvalid, match="same question as in row 2"):
        read_rows(book(HEADER, ("MFA?", "Yes"), ("mfa? ", "No")), today=TODAY)
    rows = [("MFA?", "Yes", "", "", "", "A"), ("MFA?", "No", "", "", "", "B")]
    assert len(read_rows(book(HEADER, *rows), today=TODAY)) == 2


@pytest.mark.parametrize(
    "text,expected",
    [("2026-02-01", date(2026, 2, 1)), ("1.2.2026", date(2026, 2, 1)), ("1 February 2026", date(2026, 2, 1))],
)
def test_dates_may_be_text(text: str, expected: date) -> None:
    (answer,) = read_rows(book(HEADER, ("MFA?", "Yes", "", "", text)), today=TODAY)
    assert answer.reviewed_on == expected


@pytest.mark.parametrize("content", [book(("Topic", "Note"), ("a", "b")), book(HEADER, ("Q?", "Yes"), state="hidden")])
def test_a_file_without_the_columns_is_refused(content: Book) -> None:
    with pytest.raises(LibraryInvalid, match="No sheet has a column"):
        read_rows(content, today=TODAY)


def test_columns_without_answers_are_refused() -> None:
    with pytest.raises(LibraryInvalid, match="no answers below"):
        read_rows(book(HEADER), today=TODAY)
