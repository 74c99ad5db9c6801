"""The cells that answer a question: what they take, whether they may be filled, and what stands in them already."""

from __future__ import annotations

from typing import Any

import pytest

from rfp.workbook.model import ColumnRole, Option, Prior, Question, Slot, SlotKind, SlotState
from tests.workbook.buyer import ENGLISH, STATEMENTS, Tab, look, make, numbered

HEAD = ["ID", "Question", "Answer", "Comments"]


def questions_of(*tabs: Tab, names: dict[str, str] | None = None) -> tuple[Question, ...]:
    return look(make(*tabs, names=names))[2]


def answer(question: Question) -> Slot:
    slot = question.slot(ColumnRole.ANSWER)
    assert slot is not None
    return slot


def labels(slot: Slot) -> list[str]:
    return [option.label for option in slot.options]


@pytest.mark.parametrize(
    ("source", "names"),
    [
        (["Yes", "No", "N/A"], {}),
        ("=Lists!$A$1:$A$3", {}),
        ("=Choices", {"Choices": "=Lists!$A$1:$A$3"}),
        ('=INDIRECT("Lists!A1:A3")', {}),
    ],
    ids=["inline", "range", "named range", "indirect"],
)
def test_a_dropdown_gives_its_options(source: Any, names: dict[str, str]) -> None:
    tab = Tab(rows=[HEAD, *numbered(ENGLISH)], lists={"C2:C11": source})
    lists = Tab(name="Lists", rows=[["Yes"], ["No"], ["N/A"]], state="hidden")
    found = questions_of(tab, lists, names=names)
    assert [(answer(q).kind, labels(answer(q))) for q in found] == [(SlotKind.CHOICE, ["Yes", "No", "N/A"])] * 10


def test_options_keep_the_type_of_the_buyer() -> None:
    tab = Tab(rows=[["ID", "Practice", "Answer"], *numbered(STATEMENTS)], lists={"C2:C7": "=Lists!$A$1:$A$3"})
    found = questions_of(tab, Tab(name="Lists", rows=[[1], [2], [3]]))
    assert answer(found[0]).options == (Option(1, "1"), Option(2, "2"), Option(3, "3"))


@pytest.mark.parametrize(
    ("head", "beside"),
    [
        (["ID", "Question", "Answer options", "Answer"], "Yes / No / Partially"),
        (["ID", "Question", "Allowed answers", "Answer"], "Yes; No; Partially"),
        (["ID", "Question", "Choices", "Answer"], "Yes\nNo\nPartially"),
        (["ID", "Question", "Guidance", "Answer (Yes/No/Partially)"], "Look at all sites."),
    ],
    ids=["slashes", "semicolons", "lines", "in the head"],
)
def test_options_typed_as_text(head: list[str], beside: str) -> None:
    found = questions_of(Tab(rows=[head, *numbered(ENGLISH, "Q{}", beside)]))
    assert labels(answer(found[0])) == ["Yes", "No", "Partially"]
    assert answer(found[0]).kind is SlotKind.CHOICE


def test_guidance_that_lists_no_answers_is_no_choice() -> None:
    found = questions_of(
        Tab(rows=[["ID", "Question", "Guidance", "Answer"], *numbered(ENGLISH, "Q{}", "Policy, plan")])
    )
    assert (answer(found[0]).kind, found[0].guidance) == (SlotKind.TEXT, "Policy, plan")


def test_levels_spread_over_columns_are_the_options() -> None:
    rows = [[f"P{n}", text, "Nothing", "Some", "All"] for n, text in enumerate(STATEMENTS)]
    found = questions_of(Tab(rows=[["ID", "Practice", "1", "2", "3", "Self-assessment"], *rows]))
    assert answer(found[0]).options == (Option(1, "1 - Nothing"), Option(2, "2 - Some"), Option(3, "3 - All"))


def test_a_tick_is_one_slot_over_several_cells() -> None:
    head = [["Ref", "Requirement", "Compliance", None, None, "Notes"], [None, None, "Yes", "Partial", "No"]]
    tab = Tab(rows=[*head, *numbered(STATEMENTS[:2]), ["3", STATEMENTS[2], None, "X"]], merges=("C1:E1",))
    found = questions_of(tab)
    slot = answer(found[0])
    assert (slot.kind, slot.header, slot.mark) == (SlotKind.TICK, "Compliance", "x")
    assert [(tick.option.label, tick.row, tick.column) for tick in slot.ticks] == [
        ("Yes", 3, 3),
        ("Partial", 3, 4),
        ("No", 3, 5),
    ]
    assert (slot.current, slot.prior) == (None, Prior.NONE)
    marked = answer(found[2])
    assert (marked.current, marked.prior, marked.mark) == ("Partial", Prior.ANSWER, "X")


@pytest.mark.parametrize(
    ("text", "prior"),
    [
        (None, Prior.NONE),
        ("Please select", Prior.PLACEHOLDER),
        ("<enter your answer>", Prior.PLACEHOLDER),
        ("mm/dd/yyyy", Prior.PLACEHOLDER),
        ("Example: we use AES-256.", Prior.EXAMPLE),
        ("We use AES-256 for all volumes.", Prior.ANSWER),
    ],
)
def test_what_stood_in_the_cell(text: str | None, prior: Prior) -> None:
    rows = numbered(ENGLISH)
    rows[3] = ["4", ENGLISH[3], text]
    slot = answer(questions_of(Tab(rows=[HEAD, *rows]))[3])
    assert (slot.prior, slot.current) == (prior, text)


def test_a_default_on_every_row_is_a_placeholder_and_a_yes_is_an_answer() -> None:
    default = questions_of(Tab(rows=[["ID", "Check", "Status"], *numbered(STATEMENTS, "{}", "Unverified by vendor")]))
    assert {answer(q).prior for q in default} == {Prior.PLACEHOLDER}
    same = questions_of(Tab(rows=[HEAD, *numbered(ENGLISH, "{}", "Yes")]))
    assert {answer(q).prior for q in same} == {Prior.ANSWER}


def test_a_cell_that_repeats_the_label_is_a_placeholder() -> None:
    rows = [["G-01", "Vendor name", "Vendor Name"], ["G-02", "Product name", "Product name"]]
    tab = Tab(rows=[["ID", "Question", "Vendor answer"], *rows, *numbered(ENGLISH, "Q-{:02}")])
    assert [answer(q).prior for q in questions_of(tab)[:2]] == [Prior.PLACEHOLDER] * 2


def test_locked_and_computed_cells_may_not_be_filled() -> None:
    rows = numbered(ENGLISH)
    rows[1] = ["2", ENGLISH[1], ("=A3", 0)]
    found = questions_of(Tab(rows=[HEAD, *rows], protected=True, unlocked=("C2:C3", "C5:D11")))
    assert [answer(q).state for q in found[:4]] == [
        SlotState.WRITABLE,
        SlotState.FORMULA,
        SlotState.LOCKED,
        SlotState.WRITABLE,
    ]


def test_merged_cells_have_one_slot() -> None:
    head = ["ID", "Question", "Answer", "Comments"]
    tab = Tab(rows=[head, *numbered(ENGLISH)], merges=("C3:D3", "C5:C6"))
    found = questions_of(tab)
    assert [(slot.row, slot.column) for slot in found[1].slots] == [(3, 3)]
    assert [answer(q).state for q in found[3:5]] == [SlotState.WRITABLE, SlotState.TAKEN]
    assert (answer(found[4]).row, answer(found[4]).column) == (5, 3)


def test_a_form_without_room_gets_added_columns() -> None:
    rows = [[f"Q{n}", text, "High"] for n, text in enumerate(ENGLISH)]
    found = questions_of(Tab(rows=[["ID", "Question", "Priority"], *rows]))
    assert [(s.row, s.column, s.role, s.header, s.added, s.writable) for s in found[2].slots] == [
        (4, 4, ColumnRole.ANSWER, "Answer", True, True),
        (4, 5, ColumnRole.COMMENT, "Comment", True, True),
    ]


def test_dates_are_asked_for_as_dates() -> None:
    rows = [[f"Q{n}", text] for n, text in enumerate(ENGLISH)]
    found = questions_of(Tab(rows=[["ID", "Question", "Answer", "Date of last review"], *rows]))
    slot = found[0].slot(ColumnRole.DATE)
    assert slot is not None
    assert slot.kind is SlotKind.DATE


def test_an_option_in_other_letters_is_an_answer_and_another_text_a_prompt() -> None:
    rows = numbered(ENGLISH)
    rows[0], rows[1] = ["1", ENGLISH[0], "YES"], ["2", ENGLISH[1], "Choose one"]
    found = questions_of(Tab(rows=[HEAD, *rows], lists={"C2:C11": ["Yes", "No"]}))
    assert [answer(q).prior for q in found[:2]] == [Prior.ANSWER, Prior.PLACEHOLDER]
