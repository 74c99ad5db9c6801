"""``evaluate workbooks``: the figures by hand on small folders, and the bars on the shared questionnaires."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from rfp.evaluation import workbooks
from rfp.evaluation.filling import writes_of
from rfp.evaluation.report import EvaluationInvalid
from rfp.workbook.model import ColumnRole, Option, Slot, SlotKind, SlotState, Tick
from tests.conftest import SHARED
from tests.workbook.buyer import ENGLISH, STATEMENTS, Tab, make, numbered

HEAD = ["ID", "Question", "Answer", "Comments"]
FORM = Tab(name="Form", rows=[HEAD, *numbered(ENGLISH)], lists={"C2:C11": ("Yes", "No")})


def folder(path: Path, files: dict[str, bytes], *rows: dict[str, Any]) -> Path:
    for name, content in files.items():
        (path / name).write_bytes(content)
    (path / "manifest.json").write_text(json.dumps(rows), encoding="utf-8")
    return path


def row(file: str, outcome: str = "questions", **expected: Any) -> dict[str, Any]:
    return {"file": file, "expected": {"outcome": outcome, **expected}}


def sheet(name: str, question: str, answers: list[str] | None, questions: int) -> dict[str, Any]:
    return {"sheet": name, "question_column": question, "answer_columns": answers, "questions": questions}


def test_a_file_that_comes_out_as_labelled_scores_full(tmp_path: Path) -> None:
    listed = [sheet("Form", "B", ["C", "D"], 10)]
    files = {
        "form.xlsx": make(FORM),
        "list.xlsx": make(Tab(rows=[["Month"], ["May"]])),
        "old.xls": b"\xd0\xcf\x11\xe0 old",
    }
    path = folder(
        tmp_path,
        files,
        row("form.xlsx", questions=10, sheets=listed),
        row("list.xlsx", "no_questions"),
        row("old.xls", "refused"),
    )
    result = workbooks.evaluate(path)
    assert {name: value for name, value in result.figures.items() if name != "files"} == {
        "sheet_f1": 1.0,
        "column_accuracy": 1.0,
        "question_recall": 1.0,
        "question_precision": 1.0,
        "outcome_accuracy": 1.0,
        "fidelity_failures": 0,
        "unclassified_errors": 0,
        "workbooks": 3,
    }
    entries: Any = result.figures["files"]
    assert [(entry["file"], entry["found"]) for entry in entries] == [
        ("form.xlsx", "questions"),
        ("list.xlsx", "no_questions"),
        ("old.xls", "refused"),
    ]
    assert result.misses == ()


def test_misses_lower_the_figures_by_their_share(tmp_path: Path) -> None:
    """Twenty questions are expected and ten found; column E is expected and D is not; a second sheet is missing."""
    listed = [sheet("Form", "B", ["C", "E"], 20), sheet("Other", "B", None, 10)]
    path = folder(tmp_path, {"form.xlsx": make(FORM)}, row("form.xlsx", questions=30, sheets=listed))
    figures = workbooks.evaluate(path).figures
    assert figures["question_recall"] == pytest.approx(10 / 30, abs=1e-4)
    assert figures["question_precision"] == 1.0
    assert figures["sheet_f1"] == pytest.approx(2 / 3, abs=1e-4)
    # Right: B and C of the form. All: B, C, D, E of the form, and B of the missing sheet.
    assert figures["column_accuracy"] == pytest.approx(2 / 5, abs=1e-4)


@pytest.mark.parametrize(("labelled", "recall"), [(10, 1.0), (12, 1.0), (13, 10 / 13)])
def test_counts_within_the_tolerance_are_equal(tmp_path: Path, labelled: int, recall: float) -> None:
    path = folder(tmp_path, {"form.xlsx": make(FORM)}, row("form.xlsx", questions=labelled))
    assert workbooks.evaluate(path).figures["question_recall"] == pytest.approx(recall, abs=1e-4)


def test_questions_in_a_decoy_cost_precision_and_outcome(tmp_path: Path) -> None:
    path = folder(tmp_path, {"form.xlsx": make(FORM)}, row("form.xlsx", "no_questions"))
    result = workbooks.evaluate(path)
    assert (result.figures["question_precision"], result.figures["outcome_accuracy"]) == (0.0, 0.0)
    assert result.misses[0].expected == "no_questions"


def test_any_outcome_is_not_scored(tmp_path: Path) -> None:
    path = folder(tmp_path, {"form.xlsx": make(FORM)}, row("form.xlsx", "any"))
    result = workbooks.evaluate(path)
    assert (result.figures["question_recall"], result.figures["outcome_accuracy"], result.misses) == (1.0, 1.0, ())


def test_an_error_that_is_no_refusal_is_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise KeyError("sheet")

    monkeypatch.setattr(workbooks, "detect", broken)
    path = folder(tmp_path, {"form.xlsx": make(FORM)}, row("form.xlsx", questions=10))
    result = workbooks.evaluate(path)
    assert result.figures["unclassified_errors"] == 1
    assert "KeyError: 'sheet'" in [miss.reason for miss in result.misses]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[", "is no JSON"),
        ("{}", "a list of rows is expected"),
        ('[{"file": "gone.xlsx"}]', "which is not in the folder"),
    ],
)
def test_a_bad_manifest_is_named(tmp_path: Path, content: str, said: str) -> None:
    (tmp_path / "manifest.json").write_text(content, encoding="utf-8")
    with pytest.raises(EvaluationInvalid, match=said):
        workbooks.evaluate(tmp_path)


def test_a_manifest_in_another_encoding_is_named(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_bytes(b'[{"file": "caf\xe9.xlsx"}]')
    with pytest.raises(EvaluationInvalid, match=r"is not in UTF-8\. Save it"):
        workbooks.evaluate(tmp_path)


def test_a_sheet_without_its_columns_is_named(tmp_path: Path) -> None:
    path = folder(tmp_path, {"form.xlsx": make(FORM)}, row("form.xlsx", sheets=[{"sheet": "Form"}]))
    with pytest.raises(
        EvaluationInvalid, match=r"form\.xlsx: each of its 'sheets' needs a 'sheet', a 'question_column'"
    ):
        workbooks.evaluate(path)


def test_a_row_without_expectation_is_named(tmp_path: Path) -> None:
    path = folder(tmp_path, {"form.xlsx": make(FORM)}, {"file": "form.xlsx"})
    with pytest.raises(EvaluationInvalid, match=r"form\.xlsx has no 'expected'"):
        workbooks.evaluate(path)


def test_what_is_written_is_legal() -> None:
    def slot(**more: Any) -> Slot:
        return Slot(sheet="S", row=2, column=3, role=ColumnRole.ANSWER, **more)

    choice = slot(kind=SlotKind.CHOICE, options=(Option("", ""), Option(3, "3")))
    yes, no = Option("Yes", "Yes"), Option("No", "No")
    tick = slot(kind=SlotKind.TICK, ticks=(Tick(yes, 2, 3), Tick(no, 2, 4)), mark="☒")
    assert [write.value for write in writes_of(choice)] == [3]
    assert [(write.column, write.value) for write in writes_of(tick)] == [(3, "☒"), (4, None)]
    assert [(w.value, w.date) for w in writes_of(slot(kind=SlotKind.DATE))] == [("2026-11-24", True)]
    assert list(writes_of(slot(kind=SlotKind.CHOICE))) == []  # a list that could not be resolved
    assert list(writes_of(slot(state=SlotState.LOCKED))) == []


@pytest.mark.skipif(not (SHARED / "workbooks" / "manifest.json").exists(), reason="the shared workbooks are not here")
def test_the_bars_hold_on_the_shared_workbooks() -> None:
    figures = workbooks.evaluate(SHARED / "workbooks").figures
    for name, bar in (("question_recall", 0.97), ("question_precision", 0.97), ("column_accuracy", 0.95)):
        assert float(str(figures[name])) >= bar, name
    assert (figures["sheet_f1"], figures["outcome_accuracy"]) == (1.0, 1.0)
    assert (figures["fidelity_failures"], figures["unclassified_errors"]) == (0, 0)


def test_every_layout_without_an_answer_column_is_filled_and_read_back(tmp_path: Path) -> None:
    bare = Tab(name="Bare", rows=[["Ref", "Requirement"], *numbered(STATEMENTS)])
    path = folder(tmp_path, {"bare.xlsx": make(bare)}, row("bare.xlsx", questions=6))
    result = workbooks.evaluate(path)
    entries: Any = result.figures["files"]
    assert (entries[0]["cells_written"], result.figures["fidelity_failures"]) == (14, 0)
