"""``manage.py evaluate``: one JSON object for programs, a table for people, a clear error for bad data."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from rfp.evaluation import evidence

CASE = """
as_of: 2026-11-23
vendor:
  name: Example AB
  ai_systems: [{name: Example Assist, takes_prompts: true}]
evidence:
  - id: C-1
    title: SOC 2 Type II
    kind: soc2_type2_report
    issuer:
      name: Example CPAs
      independence: third_party_issued
      accreditation: {body: State board, number: '1', standards: [SOC 2], status: active}
    assessor: {name: A. Person, credentials: [CPA 1]}
    dates: {period_start: 2025-10-01, period_end: 2026-09-30, issued_on: 2026-10-20}
    opinion: unqualified
    claimed_for: [LR-3]
    expected: {verdict: EXPECTED, satisfies: [LR-3]}
"""


def test_json_is_the_only_thing_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "cases.yaml"
    file.write_text(CASE.replace("EXPECTED", "accepted"), encoding="utf-8")
    call_command("evaluate", "evidence", str(file), "--json")
    assert json.loads(capsys.readouterr().out) == {
        "verdict_accuracy": 1.0,
        "rules_recall": 1.0,
        "warnings_recall": 1.0,
        "satisfies_f1": 1.0,
        "false_accepts": 0,
        "cases": 1,
    }


def test_a_miss_is_shown_with_its_case(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "cases.yaml"
    file.write_text(CASE.replace("EXPECTED", "rejected").replace(", satisfies: [LR-3]", ""), encoding="utf-8")
    call_command("evaluate", "evidence", str(file), "--json")
    assert json.loads(capsys.readouterr().out)["false_accepts"] == 1
    call_command("evaluate", "evidence", str(file))
    assert "C-1" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("issued_on: 2026-10-20", "issued_on: soon", "C-1: the field 'dates.issued_on' is no date"),
        ("independence: third_party_issued", "independence: trusted", "'trusted' is no independence class"),
    ],
)
def test_a_case_that_cannot_be_read_is_a_miss_with_its_field(tmp_path: Path, old: str, new: str, said: str) -> None:
    file = tmp_path / "cases.yaml"
    file.write_text(CASE.replace(old, new), encoding="utf-8")
    result = evidence.evaluate(file)
    assert result.figures["verdict_accuracy"] == 0.0
    assert [(miss.got, said in miss.reason) for miss in result.misses] == [("cannot be read", True)]


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    file = tmp_path / "cases.yaml"
    file.write_text(CASE.replace("evidence:", "evidence: ["), encoding="utf-8")
    with pytest.raises(CommandError, match=r"cases\.yaml: this is no YAML"):
        call_command("evaluate", "evidence", str(file))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"vendor: {name: Caf\xe9}\n", r"cases\.yaml: this is no text file"),
        (b"evidence: nothing\n", r"'evidence' is to be a list"),
        (b"evidence: [one, two]\n", r"'evidence' is to be a list"),
        (b"as_of: 2026-11-23\nevidence: [{id: C-1, expected: accepted}]\n", r"C-1: 'expected' is to hold a verdict"),
    ],
)
def test_evidence_that_is_no_list_of_cases_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    file = tmp_path / "cases.yaml"
    file.write_bytes(content)
    with pytest.raises(CommandError, match=said):
        call_command("evaluate", "evidence", str(file))


def test_workbooks_are_measured_by_folder(tmp_path: Path) -> None:
    file = tmp_path / "form.xlsx"
    file.write_bytes(b"PK")
    with pytest.raises(CommandError, match=r"form\.xlsx is no folder\. Give the folder"):
        call_command("evaluate", "workbooks", str(file))
    with pytest.raises(CommandError, match=r"no .*manifest\.json\. Write one that lists"):
        call_command("evaluate", "workbooks", str(tmp_path))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"There is no .*nothing\.yaml"):
        call_command("evaluate", "evidence", str(tmp_path / "nothing.yaml"))


def test_mapping_is_measured_on_unseen_questions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "questions.yaml"
    file.write_text(
        """
questions:
  - {id: U-1, text: Was the assistant attacked with injected prompts by an outside firm?,
     category: adversarial_testing, requirements: [AT-1], answer_type: yes_no, polarity: direct}
  - {id: U-2, text: Which cipher protects disks in your data centre?,
     category: none, requirements: [], answer_type: free_text}
""",
        encoding="utf-8",
    )
    call_command("evaluate", "mapping", str(file), "--json")
    figures = json.loads(capsys.readouterr().out)
    assert figures["n"] == 2
    assert figures["category_accuracy"] == 1.0
    assert figures["hit_at_3"] == 1.0
