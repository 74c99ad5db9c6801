"""What surrounds a question: its number, section, guidance and condition; hidden rows; layouts that a person gave."""

from __future__ import annotations

from typing import Any

from rfp.workbook import layout_file
from rfp.workbook.detect import detect
from rfp.workbook.extract import questions
from rfp.workbook.extract.added import added_heads
from rfp.workbook.model import ColumnRole, Question, SlotKind
from rfp.workbook.reader import read
from tests.workbook.buyer import ENGLISH, STATEMENTS, Tab, look, make, numbered
from tests.workbook.layouts_abroad import ABROAD
from tests.workbook.layouts_common import COMMON
from tests.workbook.layouts_hard import HARD
from tests.workbook.layouts_known import KNOWN
from tests.workbook.layouts_odd import ODD
from tests.workbook.layouts_rare import RARE

HEAD = ["ID", "Question", "Answer", "Comments"]


def questions_of(*tabs: Tab) -> tuple[Question, ...]:
    return look(make(*tabs))[2]


def test_the_buyers_number_is_kept() -> None:
    assert [q.number for q in questions_of(Tab(rows=[HEAD, *numbered(ENGLISH[:3], "AC- {:02}")]))] == [
        "AC- 01",
        "AC- 02",
        "AC- 03",
    ]
    typed = questions_of(
        Tab(rows=[["Requirement", "Comply (Y/N)"], *([f"A.2.{n} - {t}"] for n, t in enumerate(STATEMENTS))])
    )
    assert (typed[1].number, typed[1].text) == ("A.2.1", STATEMENTS[1])


def test_the_section_is_the_row_above_the_column_or_the_repeated_head() -> None:
    rows: list[Any] = [HEAD, ["Encryption"], *numbered(ENGLISH[:3]), ["Access"], *numbered(ENGLISH[3:6])]
    by_row = questions_of(Tab(rows=rows, merges=("A2:D2", "A6:D6")))
    assert [q.section for q in by_row] == ["Encryption"] * 3 + ["Access"] * 3
    column = [["Operations" if n == 0 else None, n, t] for n, t in enumerate(ENGLISH[:4])]
    by_column = questions_of(Tab(rows=[["Domain", "No", "Question", "Answer"], *column], merges=("A2:A5",)))
    assert [q.section for q in by_column] == ["Operations"] * 4
    heads: list[Any] = [["Encryption", None, "Answer", "Notes"], *numbered(ENGLISH[:2], "E-{}")]
    heads += [["Documentation", None, "Answer", "Notes"], *numbered(ENGLISH[2:4], "D-{}")]
    by_head = questions_of(Tab(rows=heads))
    assert [q.section for q in by_head] == ["Encryption"] * 2 + ["Documentation"] * 2


def test_guidance_is_the_column_the_rows_below_and_the_notes() -> None:
    rows: list[Any] = [
        ["ID", "Question", "Guidance", "Answer"],
        ["1", ENGLISH[0], "Name the cipher."],
        [None, "Note: disks as well."],
    ]
    rows += [[n, t] for n, t in enumerate(ENGLISH[1:], 2)]
    found = questions_of(Tab(rows=rows))
    assert found[0].guidance == "Name the cipher.\nNote: disks as well."
    assert len(found) == len(ENGLISH)


def test_a_condition_is_kept_in_the_buyers_words() -> None:
    rows = [["1", ENGLISH[0]], ["1.1", "If yes to question 1, which algorithm is used?"], ["2", ENGLISH[1]]]
    assert [q.condition for q in questions_of(Tab(rows=[HEAD, *rows, *numbered(ENGLISH[2:], "3.{}")]))][:3] == [
        "",
        "If yes to question 1",
        "",
    ]


def test_hidden_rows_are_read_and_marked() -> None:
    found = questions_of(Tab(rows=[HEAD, *numbered(ENGLISH)], hidden_rows=(4, 5)))
    assert [q.row for q in found if q.hidden] == [4, 5]


def test_an_example_row_is_marked() -> None:
    rows = [HEAD, ["Example", ENGLISH[0], "Yes", "See our policy."], *numbered(ENGLISH[1:])]
    found = questions_of(Tab(rows=rows))
    assert [q.text for q in found if q.sample] == [ENGLISH[0]]


def test_questions_come_in_reading_order() -> None:
    rows: list[Any] = [["No", "Question", "Answer", None, "No", "Question", "Answer"]]
    rows += [[n, ENGLISH[n], None, None, n + 5, ENGLISH[n + 5]] for n in range(5)]
    found = questions_of(Tab(rows=rows))
    assert [(q.row, q.column) for q in found[:4]] == [(2, 2), (2, 6), (3, 2), (3, 6)]


def test_questions_across_the_top_are_answered_below() -> None:
    found = questions_of(Tab(rows=[["Question", *ENGLISH[:5]], ["Answer"], ["Comments"]]))
    assert [(s.row, s.column, s.role) for s in found[1].slots] == [
        (2, 3, ColumnRole.ANSWER),
        (3, 3, ColumnRole.COMMENT),
    ]


def test_an_answer_row_under_each_question() -> None:
    rows: list[Any] = [row for n, t in enumerate(ENGLISH[:4], 1) for row in ([f"1.{n}", t], [None, "Response:"])]
    found = questions_of(Tab(rows=rows))
    assert [(q.number, [(s.row, s.column) for s in q.slots]) for q in found[:2]] == [
        ("1.1", [(2, 3)]),
        ("1.2", [(4, 3)]),
    ]


def test_a_layout_given_by_a_person_is_followed() -> None:
    rows: list[Any] = [["Stuff", "Kram", "Zeug"], *([f"x{n}", t, None, None] for n, t in enumerate(ENGLISH))]
    book = read(make(Tab(name="Odd", rows=rows)), "odd.xlsx")
    text = "sheets: {Odd: {tables: [{header_rows: [1], first_row: 3, last_row: 5, columns: {B: question, D: answer}}]}}"
    found = questions(book, layout_file.load(text, book))
    assert [q.text for q in found] == list(ENGLISH[1:4])
    assert [(s.row, s.column, s.kind) for s in found[0].slots] == [(3, 4, SlotKind.TEXT)]


def test_a_layout_survives_its_file() -> None:
    for _, tabs, _ in [*COMMON, *ABROAD, *ODD, *RARE, *KNOWN, *HARD]:
        book, layout, found = look(make(*tabs))
        again = layout_file.load(layout_file.dump(layout), book)
        assert questions(book, again) == found


def test_heads_of_added_columns() -> None:
    content = make(Tab(rows=[["Ref", "Question"], *numbered(ENGLISH)], start=4))
    _, layout, found = look(content)
    assert [(w.row, w.column, w.value, w.header, w.added) for w in added_heads(layout, found)] == [
        (4, 3, "Answer", True, True),
        (4, 4, "Comment", True, True),
    ]


def test_versions_of_one_template_share_a_fingerprint() -> None:
    first = Tab(rows=[["Questionnaire 2025"], HEAD, *numbered(ENGLISH[:6])])
    second = Tab(rows=[["Questionnaire 2026"], [], HEAD, *numbered(ENGLISH, "{}", "Yes")])
    other = Tab(rows=[["ID", "Requirement", "Compliance", "Evidence"], *numbered(STATEMENTS)])
    one, two, three = (detect(read(make(tab), "a.xlsx")).fingerprint for tab in (first, second, other))
    assert one == two != three


def test_detection_repeats_itself() -> None:
    content = make(*COMMON[11][1])
    assert look(content)[1:] == look(content)[1:]


def test_a_prompt_under_a_question_is_replaced_and_a_label_is_not() -> None:
    prompts = [row for t in ENGLISH[:4] for row in ([t], ["Enter your answer here"], [])]
    labels = [row for t in ENGLISH[:4] for row in ([t], ["Answer:"], [])]
    for rows, column in ((prompts, 1), (labels, 2)):
        found = questions_of(Tab(rows=rows))
        assert [(s.row, s.column) for q in found[:2] for s in q.slots] == [(2, column), (5, column)]
