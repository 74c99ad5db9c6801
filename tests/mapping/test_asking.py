"""Where a question begins."""

from __future__ import annotations

import pytest

from rfp.mapping.asking import asking


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Is there a plan?", "is there a plan?"),
        ("We are a bank. Is there a plan?", "is there a plan?"),
        ("We are a bank; is there a plan?", "is there a plan?"),
        ("Our bot failed. Is there a plan? Who owns it?", "is there a plan? who owns it?"),
        ("HIPAA: do you sign a BAA?", "do you sign a baa?"),
        ("Hosting: cloud or own?", "hosting: cloud or own?"),  # a colon before a choice is no label
        ("Attach the report. Is it current?", "attach the report. is it current?"),  # a demand is no introduction
        ("You only have a draft so far. Is that right?", "you only have a draft so far. is that right?"),
        ("Backups are encrypted.", "backups are encrypted."),
        ("", ""),
    ],
)
def test_introductions_and_labels_are_left_out(text: str, asked: str) -> None:
    assert asking(text) == asked
