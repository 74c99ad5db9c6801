"""Questions of Word tables: the empty cells that someone drew beside them are there to be filled."""

from __future__ import annotations

import pytest

from rfp.workbook.detect import detect
from rfp.workbook.extract import questions
from rfp.workbook.model import Write
from rfp.workbook.reader import read
from rfp.workbook.writer import fill
from tests.workbook.buyer import ENGLISH
from tests.workbook.docx_parts import form


@pytest.mark.parametrize("head", [[], [["Question", ""]], [["Requirement", ""]]])
def test_an_empty_column_without_a_head_takes_the_answers(head: list[list[str]]) -> None:
    content = form([*head, *([text, ""] for text in ENGLISH[:6])])
    book = read(content, "form.docx")
    layout = detect(book)
    found = questions(book, layout)
    assert [question.text for question in found] == list(ENGLISH[:6])
    assert all([(s.column, s.row, s.added) for s in q.slots] == [(2, q.row, False)] for q in found)
    assert not any("columns will be added" in reason for sheet in layout.sheets for reason in sheet.reasons)
    write = Write(sheet=found[0].sheet, row=found[0].row, column=2, value="Yes")
    assert fill(content, book, [write]).fidelity.side_effects == ()


def test_a_table_of_one_column_gets_columns() -> None:
    book = read(form([[text] for text in ENGLISH[:6]]), "form.docx")
    found = questions(book, detect(book))
    assert [(s.column, s.added) for s in found[0].slots] == [(2, True), (3, True)]


def test_an_empty_column_beside_columns_that_take_answers_stays_empty() -> None:
    rows = [["Question", "Answer", ""], *([text, "", ""] for text in ENGLISH[:6])]
    book = read(form(rows), "form.docx")
    assert {s.column for q in questions(book, detect(book)) for s in q.slots} == {2}
