"""Administrators' rules: what applies, and what a wrong file is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidence.retrieval.encoder import shared_encoder
from rfp.mapping.rules import SHIPPED, Rule, RulesInvalid, applying, read_rules
from rfp.mapping.store import load
from rfp.mapping.types import Asked, Polarity

REFS = {"AT-1", "LR-3"}
GOOD = """
rules:
  - {name: phones, any_of: [jailbr* phone*, rooted], effect: force, category: none, priority: 5, reason: Phones.}
  - {name: injection, all_of: [prompt, inject*], none_of: [sql], effect: boost, category: adversarial_testing,
     requirements: [AT-1], polarity: inverted}
  - {name: everything, any_of: [soc 2], effect: force, category: legal_regulatory, requirements: [LR-3], priority: 1}
"""


@pytest.fixture
def rules(tmp_path: Path) -> tuple[Rule, ...]:
    path = tmp_path / "rules.yaml"
    path.write_text(GOOD)
    return read_rules(path, REFS)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Do you allow jailbroken phones?", ["phones"]),
        ("Prompt injections found?", ["injection"]),
        ("Prompt injection and SQL", []),
        ("SOC-2 on rooted devices", ["phones"]),  # the higher priority forces
        ("SOC 2 and prompt injection", ["everything"]),  # what forces leaves no room for leaning
        ("Society 2", []),
    ],
)
def test_rules_apply_by_whole_words(rules: tuple[Rule, ...], text: str, names: list[str]) -> None:
    assert [rule.name for rule in applying(rules, Asked(text=text))] == names


def test_rules_carry_their_polarity(rules: tuple[Rule, ...]) -> None:
    assert applying(rules, Asked(text="prompt inject"))[0].polarity is Polarity.INVERTED


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("{any_of: [x]}", "rule 1 has no name"),
        ("{name: a, effect: force, category: none}", "rule 'a': needs a phrase"),
        ("{name: a, any_of: [x], effect: push, category: none}", "rule 'a': 'push'"),
        ("{name: a, any_of: [x], effect: force, category: fun}", "rule 'a': unknown category 'fun'"),
        ("{name: a, any_of: [x], effect: force, category: none, requirements: [AT-1]}", "rule 'a': names requirements"),
        ("{name: a, any_of: [x], effect: force, category: legal_regulatory}", "rule 'a': names requirements"),
        ("{name: a, any_of: [x], effect: boost, category: legal_regulatory, requirements: [ZZ-9]}", "'ZZ-9'"),
        ("{name: a, any_of: [x], effect: force, category: none, colour: red}", "rule 'a': unknown field 'colour'"),
        ("{name: a, any_of: x, effect: force, category: none}", "rule 'a': any_of is not a list of phrases"),
        ("{name: a, any_of: [x], effect: force, category: none, priority: high}", "rule 'a': priority 'high'"),
        ("{name: a, any_of: [x], effect: force, category: none, polarity: odd}", "rule 'a': 'odd'"),
    ],
)
def test_a_wrong_rule_is_named(tmp_path: Path, row: str, says: str) -> None:
    path = tmp_path / "rules.yaml"
    path.write_text(f"rules:\n  - {row}\n")
    with pytest.raises(RulesInvalid, match="rule") as refusal:
        read_rules(path, REFS)
    assert says in str(refusal.value)


@pytest.mark.parametrize("content", ["", "rules: 5", "- a", "rules: [", "other: []"])
def test_what_is_no_rule_file_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "rules.yaml"
    path.write_text(content)
    with pytest.raises(RulesInvalid, match=r"rules\.yaml is not a list of rules"):
        read_rules(path, REFS)


def test_two_rules_of_one_name_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "rules.yaml"
    row = "  - {name: a, any_of: [x], effect: force, category: none}\n"
    path.write_text("rules:\n" + row * 2)
    with pytest.raises(RulesInvalid, match="two rules are named 'a'"):
        read_rules(path, REFS)


def test_shipped_rules_are_valid() -> None:
    assert len(read_rules(SHIPPED, load(shared_encoder()).model.catalogue.refs)) >= 6
