"""Lists that only suggest: Excel takes any value there, and so does the writer; a list that refuses others is kept."""

from __future__ import annotations

import io
from typing import Any

import pytest
import xlsxwriter

from rfp.workbook.errors import WriteRefused
from rfp.workbook.model import Option, Write
from rfp.workbook.reader import read
from rfp.workbook.writer import fill
from tests.workbook.xlsx_files import sheet_xml, workbook

WORDS = Write(sheet="S1", row=1, column=1, value="Yes, since 2024")


def listed(**more: Any) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.add_worksheet("S1").data_validation("A1:A3", {"validate": "list", "source": ["Yes", "No"], **more})
    book.close()
    return out.getvalue()


def by_hand(attributes: str) -> bytes:
    rule = f'<dataValidation type="list" sqref="A1"{attributes}><formula1>"Yes,No"</formula1></dataValidation>'
    return workbook(sheet_xml("", after=f'<dataValidations count="1">{rule}</dataValidations>'))


@pytest.mark.parametrize(
    "content",
    [
        listed(show_error=False),
        listed(error_type="warning"),
        listed(error_type="information"),
        by_hand(' showErrorMessage="0"'),
        by_hand(""),
    ],
)
def test_an_open_list_offers_its_options_and_takes_other_words(content: bytes) -> None:
    book = read(content, "x.xlsx")
    (rule,) = book.sheets[0].validations
    assert (rule.options, rule.enforced) == ((Option("Yes", "Yes"), Option("No", "No")), False)
    result = fill(content, book, [WORDS]).content
    assert read(result, "x.xlsx").sheets[0].value(1, 1) == WORDS.value


@pytest.mark.parametrize("content", [listed(), by_hand(' showErrorMessage="1"'), by_hand(' showErrorMessage="true"')])
def test_a_list_that_refuses_other_values_is_kept(content: bytes) -> None:
    with pytest.raises(WriteRefused, match="is not in the cell's list"):
        fill(content, read(content, "x.xlsx"), [WORDS])
