"""Versions from the command line."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Organisation, User
from rfp.models import MappingVersion
from rfp.queries.mapping_sets.versions import draft_of, published_of

RULES = """
rules:
  - {name: coffee, any_of: [coffee machine*], effect: force, category: none}
  - {name: clause, quoted: [A.6.2.4], headings: [annex], effect: boost, controls: ['iso-42001-2023:A.6.2.4']}
"""


def run(*args: str) -> str:
    out = io.StringIO()
    call_command("mapping", *args, "--organisation", "Vera Vendor", "--by", "max@vendor.example", stdout=out)
    return out.getvalue()


def test_rules_of_a_file_are_published_and_taken_back(vendor: Organisation, max: User, tmp_path: Path) -> None:
    file = tmp_path / "rules.yaml"
    file.write_text(RULES)
    assert "version 1, published: 2 rules, 0 examples. Coffee." in run("publish", str(file), "--note", "Coffee.")
    with pytest.raises(CommandError, match="says the same as what is published"):
        run("publish", str(file), "--note", "Again.")
    assert draft_of(vendor) is None
    file.write_text(
        RULES.replace("category: none", "category: bias_fairness, requirements: [BF-1]").rsplit("  - ", 1)[0]
    )
    assert "version 2, published: 1 rules" in run("publish", str(file), "--note", "Otherwise.")
    assert "version 3, published: 2 rules" in run("roll-back", "1", "--note", "Back.")
    published = published_of(vendor)
    assert published is not None
    assert published.digest == MappingVersion.objects.get(number=1).digest


def test_the_draft_of_another_person_is_left_alone(draft: MappingVersion, tmp_path: Path) -> None:
    file = tmp_path / "rules.yaml"
    file.write_text(RULES)
    with pytest.raises(CommandError, match="editing a draft"):
        run("publish", str(file), "--note", "Coffee.")
    assert not draft.rules.exists()


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("publish", "nothing.yaml", "--note", "x"), "not a list of rules"),
        (("roll-back", "7", "--note", "x"), "no version 7"),
        (("roll-back", "--note", "x"), "give its number"),
    ],
)
def test_a_refusal_changes_nothing(max: User, args: tuple[str, ...], said: str) -> None:
    with pytest.raises(CommandError, match=said):
        run(*args)
    assert not MappingVersion.objects.exists()
