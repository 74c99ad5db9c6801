"""Detection and extraction on layouts that buyers use: every question, every column to fill, and nothing else."""

from __future__ import annotations

import pytest

from rfp.workbook.model import column_letters
from tests.workbook.buyer import Sheets, Tab, answers_of, look, make
from tests.workbook.layouts_abroad import ABROAD
from tests.workbook.layouts_common import COMMON
from tests.workbook.layouts_decoys import DECOYS
from tests.workbook.layouts_hard import HARD
from tests.workbook.layouts_known import KNOWN
from tests.workbook.layouts_odd import ODD
from tests.workbook.layouts_rare import RARE
from tests.workbook.layouts_registers import REGISTERS

CASES = [*COMMON, *ABROAD, *ODD, *RARE, *KNOWN, *HARD]
NOT_ASKING = [*DECOYS, *REGISTERS]


@pytest.mark.parametrize(("tabs", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_layout_is_found(tabs: tuple[Tab, ...], expected: dict[str, Sheets]) -> None:
    _, layout, found = look(make(*tabs))
    assert [sheet.sheet for sheet in layout.sheets if sheet.has_questions] == list(expected)
    for sheet, wanted in expected.items():
        on_sheet = [question for question in found if question.sheet == sheet]
        assert sorted(question.text for question in on_sheet) == sorted(wanted.questions)
        assert {column_letters(question.column) for question in on_sheet} == set(wanted.question.split())
        if wanted.answers:
            assert answers_of(layout, sheet) == dict(wanted.answers)


@pytest.mark.parametrize("tabs", [decoy[1] for decoy in NOT_ASKING], ids=[decoy[0] for decoy in NOT_ASKING])
def test_a_decoy_holds_no_questions(tabs: tuple[Tab, ...]) -> None:
    _, layout, found = look(make(*tabs))
    assert not layout.has_questions
    assert found == ()
    assert all(sheet.reasons for sheet in layout.sheets)
