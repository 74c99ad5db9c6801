"""What a person enters: an answer of the library in the fields that the buyer's cells take."""

from __future__ import annotations

import pytest

from rfp.answering.by_hand import Entry, Offer, entry_from
from rfp.workbook.model import SlotKind

TEXT = Offer(kind=SlotKind.TEXT)
BESIDE = Offer(kind=SlotKind.TEXT, takes_comment=True)
LISTED = Offer(kind=SlotKind.CHOICE, options=("Ja", "Yes", "No"), takes_comment=True)
WORDED = Offer(kind=SlotKind.CHOICE, options=("Yes - evidence on request", "No"), takes_comment=True)


@pytest.mark.parametrize(
    ("answer", "offered", "entry"),
    [
        ("Yes", TEXT, Entry(text="Yes\nOnce a year.")),
        ("Yes", BESIDE, Entry(text="Yes", comment="Once a year.")),
        ("yes", LISTED, Entry(choice="Yes", comment="Once a year.")),
        ("Yes", WORDED, Entry(choice="Yes - evidence on request", comment="Once a year.")),
        ("In Uppsala", LISTED, Entry(comment="In Uppsala\nOnce a year.")),
    ],
)
def test_a_library_answer_is_entered_as_the_form_takes_it(answer: str, offered: Offer, entry: Entry) -> None:
    assert entry_from(answer, "Once a year.", offered) == entry
