"""What in an answer promises something, and what only looks as if it did."""

from __future__ import annotations

import pytest

from rfp.answering.promises import PromiseKind, first_promise, promises


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We will certify next year.", ["will"]),
        ("It will not leave the region.", ["will not"]),
        ("We'll tell you; that won’t change.", ["We'll", "won’t"]),
        ("The vendor shall notify the buyer.", ["shall"]),
        ("An audit is planned. We plan to repeat it by the end of Q3.", ["is planned", "plan to", "by the end of Q3"]),
        ("It is on our roadmap.", ["on our roadmap"]),
        ("Keys are always rotated and never shared.", ["always", "never"]),
        ("We guarantee it; availability is guaranteed.", ["guarantee", "guaranteed"]),
        ("This ensures isolation at all times.", ["ensures", "at all times"]),
        ("The system is 100 % safe, with zero downtime.", ["100 %", "zero downtime"]),
        ("Incidents are reported within 24 hours.", ["within 24 hours"]),
        ("Reported in less than five business days.", ["in less than five business days"]),
        ("99.9 % of calls; support 24/7; RTO of a day.", ["99.9 %", "24/7", "RTO"]),
        ("95% uptime", ["95%"]),
        ("Will, WILL and will", ["Will"]),
    ],
)
def test_what_promises(text: str, expected: list[str]) -> None:
    assert [promise.words for promise in promises(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Yes",
        "Accounts are closed at will by the owner.",
        "Goodwill and William Shallow are no promises.",
        "Certificate issued on 18 May 2026, valid until 17 May 2029.",
        "Issued within the last 12 months.",
        "95% of staff were trained.",
        "Tested by Rowan Security in 14 days of testing.",
        "Every requirement is met by accepted evidence.",
    ],
)
def test_what_promises_nothing(text: str) -> None:
    assert promises(text) == ()


def test_kinds_and_the_first_of_several_texts() -> None:
    kinds = [promise.kind for promise in promises("It will hold.", "Always, within 2 hours.")]
    assert kinds == [PromiseKind.FUTURE, PromiseKind.ABSOLUTE, PromiseKind.FIGURE]
    assert first_promise("Yes", "We shall see. We will.") == "shall"
    assert first_promise("Yes") == ""
