"""Decisions as a file: read, or refused with entry, field and value."""

from pathlib import Path

import pytest

from rfp.mapping.decisions import DecisionsInvalid, read_decisions
from rfp.mapping.types import Polarity

GOOD = '- {text: "Is it tested?", category: adversarial_testing, requirements: [AT-5], polarity: direct}\n'


def test_decisions_are_read_in_order(tmp_path: Path) -> None:
    file = tmp_path / "decisions.yaml"
    file.write_text(GOOD + '- {text: "Is it blue?", category: none, confirmed: false}\n')
    first, second = read_decisions(file)
    assert (first.requirements, first.polarity, first.confirmed) == (("AT-5",), Polarity.DIRECT, True)
    assert (second.category, second.requirements, second.polarity, second.confirmed) == ("none", (), None, False)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("AT-5", "AT-55", "Entry 1: requirements: there is no 'AT-55'"),
        ("adversarial_testing", "testing", "Entry 1: category: 'testing' is none of"),
        ("direct", "positive", "Entry 1: polarity: 'positive' is none of"),
        ("[AT-5]", "AT-5", "Entry 1: requirements: a list is expected"),
        ("requirements: [AT-5]", "requirements: []", "any other has at least one"),
        ("text:", "question:", "'question' is no field"),
        (GOOD, "nothing: here", "holds no list of decisions"),
        (GOOD, "- [", "is no YAML"),
    ],
)
def test_a_bad_entry_is_named(tmp_path: Path, old: str, new: str, said: str) -> None:
    file = tmp_path / "decisions.yaml"
    file.write_text(GOOD.replace(old, new))
    with pytest.raises(DecisionsInvalid) as refused:
        read_decisions(file)
    assert said in str(refused.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DecisionsInvalid, match="There is no file"):
        read_decisions(tmp_path / "nothing.yaml")
