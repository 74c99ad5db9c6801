"""Detection on forms put together at random: every question and every column to fill, none besides."""

from __future__ import annotations

import pytest

from rfp.workbook.model import column_letters
from tests.workbook.buyer import answers_of, look, make
from tests.workbook.forms_at_random import form


@pytest.mark.parametrize("seed", range(60))
def test_a_form_is_found(seed: int) -> None:
    truth = form(seed)
    _, layout, found = look(make(truth.tab))
    assert sorted(question.text for question in found) == sorted(truth.texts)
    assert {column_letters(question.column) for question in found} == {truth.question}
    assert set(answers_of(layout, "Sheet1")) == truth.slots
