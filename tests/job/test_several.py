"""Several questions in one cell of a form: each is answered, and its answer is named in the cell they share."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest

from tests.job.conftest import Job
from tests.workbook.buyer import ENGLISH, Tab, make, numbered

pytestmark = pytest.mark.django_db


def test_the_answers_of_one_cell_stand_below_each_other_by_number(job: Job) -> None:
    cell = (
        "a) Do you have a SOC 2 Type II report?\n"
        "b) Is your AI management system certified to ISO/IEC 42001 by an accredited body?"
    )
    rows = [["ID", "Question", "Answer"], *numbered(ENGLISH[:4]), ["5", cell], *numbered(ENGLISH[4:], "6.{}")]
    done = job.again(content=make(Tab(name="Form", rows=rows)), name="several.xlsx")
    told = [answer for answer in done.package.told.answers if answer.number in ("5a", "5b")]
    written = openpyxl.load_workbook(BytesIO(done.package.workbook.content))["Form"]["C6"].value
    assert len(told) == 2
    assert written == "\n".join(f"{answer.number}: {answer.written}" for answer in told if answer.written)
    assert written.startswith("5a: ")
