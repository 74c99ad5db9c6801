"""Several questions in one cell: one question for each item of a clear list, and the cell whole everywhere else."""

from __future__ import annotations

from typing import Any

import pytest

from rfp.workbook.model import ColumnRole, Question
from tests.workbook.buyer import ENGLISH, Tab, look, make, numbered

HEAD = ["ID", "Question", "Answer", "Comments"]


def asked(cell: str, *, number: str | None = "4", answer: Any = None, **tab: Any) -> list[Question]:
    """Return the questions of a cell that stands in row 5 between others."""
    rows = [HEAD, *numbered(ENGLISH[:3]), [number, cell, answer], *numbered(ENGLISH[3:], "9.{}")]
    return [question for question in look(make(Tab(rows=rows, **tab)))[2] if question.row == 5]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (
            "1. Do you encrypt backups?\n2. Is there a restore test every year?",
            [("4.1", "Do you encrypt backups?"), ("4.2", "Is there a restore test every year?")],
        ),
        (
            "a) Do you encrypt backups? b) Is there a restore test every year?",
            [("4a", "Do you encrypt backups?"), ("4b", "Is there a restore test every year?")],
        ),
        (
            "For your backups, please answer:\n(i) Where are they kept?\n(ii) Who may restore them?",
            [
                ("4i", "For your backups, please answer: Where are they kept?"),
                ("4ii", "For your backups, please answer: Who may restore them?"),
            ],
        ),
        (
            "Are all backups encrypted?\nHow often do you test a restore?",
            [("4", "Are all backups encrypted?"), ("4", "How often do you test a restore?")],
        ),
        (
            "Backups:\n- Are all backups encrypted?\n- How often do you test a restore?",
            [("4", "Backups: Are all backups encrypted?"), ("4", "Backups: How often do you test a restore?")],
        ),
        (
            "Are all backups encrypted?\nIf so, which algorithm do you use?\nHow often do you test a restore?",
            [
                ("4", "Are all backups encrypted?\nIf so, which algorithm do you use?"),
                ("4", "How often do you test a restore?"),
            ],
        ),
        (
            "1) Describe your backup process. 2) Provide the date of the last restore test.",
            [("4.1", "Describe your backup process."), ("4.2", "Provide the date of the last restore test.")],
        ),
        (
            "1. Do you keep backups in:\na) Do not list regions, only countries?\n2. Who may restore them?",
            [
                ("4.1", "Do you keep backups in:\na) Do not list regions, only countries?"),
                ("4.2", "Who may restore them?"),
            ],
        ),
    ],
)
def test_each_item_that_asks_is_a_question(cell: str, expected: list[tuple[str, str]]) -> None:
    found = asked(cell)
    assert [(question.number, question.text) for question in found] == expected
    assert len({(question.sheet, question.row, question.column, question.slots) for question in found}) == 1
    assert found[0].slots[0].role is ColumnRole.ANSWER


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("1. Do you encrypt backups?\n2. Is there a restore test every year?", ["1", "2"]),
        ("4.1 Do you encrypt backups?\n4.2 Is there a restore test every year?", ["4.1", "4.2"]),
        ("7. On backups: a) Are they encrypted? b) Are they tested?", ["7a", "7b"]),
    ],
)
def test_a_list_numbers_itself_where_the_form_has_no_ids(cell: str, expected: list[str]) -> None:
    rows = [["Question", "Answer"], *([text] for text in ENGLISH[:3]), [cell], *([text] for text in ENGLISH[3:])]
    found = [question for question in look(make(Tab(rows=rows)))[2] if question.row == 5]
    assert [question.number for question in found] == expected
    assert all(not question.text.startswith(tuple("0123456789")) for question in found)


@pytest.mark.parametrize(
    "cell",
    [
        "Do you have any of these? a) ISO 27001 b) SOC 2 c) none",
        "Do your agreements cover:\na. the format of data\nb. how long data are kept\nc. how data are deleted",
        "Are all backups encrypted?\nIf so, which algorithm do you use?",
        "Are all backups encrypted?\nPlease attach the policy.",
        "Who is responsible?\nPhone number?",
        "Do you encrypt\nall of your backups?",
        "Describe (a) the system that logs access and (b) all other requirements for logs.",
        "Does the plan follow clause 2) of the contract and is it tested?",
        "Is there a plan?\nAlternative wording: Is a plan defined and tested?",
        "Are all backups encrypted?\nAre all backups encrypted?",
    ],
)
def test_what_is_no_clear_list_stays_one_question(cell: str) -> None:
    assert [question.text for question in asked(cell)] == [cell]


def test_a_cell_that_takes_one_value_or_is_answered_keeps_its_question_whole() -> None:
    cell = "1. Do you encrypt backups?\n2. Is there a restore test every year?"
    assert [q.text for q in asked(cell, lists={"C2:C12": ["Yes", "No"]})] == [cell]
    assert [q.text for q in asked(cell, answer="Yes to both.")] == [cell]


def test_a_condition_goes_with_the_items_it_introduces() -> None:
    led = asked("If you keep backups: a) Where are they kept? b) Who may restore them?")
    assert [question.condition for question in led] == ["If you keep backups"] * 2
    own = asked("a) Are backups kept abroad? b) If so, where are they kept?")
    assert [question.condition for question in own] == ["", "If so"]
