"""Measure reading and filling on real workbooks: a folder with a ``manifest.json`` that says what is in them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rfp.evaluation.filling import fill_and_read_back
from rfp.evaluation.report import Evaluation, EvaluationInvalid, Miss
from rfp.workbook.detect import detect
from rfp.workbook.errors import WorkbookRefused
from rfp.workbook.extract import questions as extract
from rfp.workbook.model import FileFormat, Question, column_letters
from rfp.workbook.reader import read

SCORED_OUTCOMES = ("refused", "no_questions")
TOLERANCE = 0.03
DOCX_TOLERANCE = 0.15
LEAST_TOLERANCE = 2
SHAPE = '{"file": "name.xlsx", "expected": {"outcome": "questions", "questions": 40}}'


def evaluate(path: Path) -> Evaluation:
    """Return the figures over the files that the manifest of a folder lists.

    :raises EvaluationInvalid: if the manifest, or a file it lists, is missing or cannot be read
    """
    counts = _Counts()
    for row in _manifest(path):
        counts.add(row["file"], row["expected"], _measure(path / row["file"]))
    return Evaluation(
        kind="workbooks",
        figures=counts.figures(),
        misses=tuple(counts.misses),
        notes=("Every writable answer cell that was found was filled, compared with the original and read back.",),
    )


def _manifest(path: Path) -> list[dict[str, Any]]:
    if not path.is_dir():
        raise EvaluationInvalid(f"{path} is no folder. Give the folder that holds the workbooks and a manifest.json.")
    file = path / "manifest.json"
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError as problem:
        raise EvaluationInvalid(f"There is no {file}. Write one that lists {SHAPE}.") from problem
    except UnicodeDecodeError as problem:
        raise EvaluationInvalid(f"{file} is not in UTF-8. Save it in UTF-8 and try again.") from problem
    except ValueError as problem:
        raise EvaluationInvalid(f"{file} is no JSON: {problem}.") from problem
    if not isinstance(content, list) or not all(isinstance(row, dict) and _is_text(row, "file") for row in content):
        raise EvaluationInvalid(f"{file}: a list of rows is expected: {SHAPE}.")
    for row in content:
        if not (path / row["file"]).is_file():
            raise EvaluationInvalid(f"{file} lists {row['file']}, which is not in the folder.")
        _check_expected(row.get("expected"), f"{file}: {row['file']}")
    return content


def _check_expected(expected: object, where: str) -> None:
    if not isinstance(expected, dict) or not _is_text(expected, "outcome"):
        raise EvaluationInvalid(f"{where} has no 'expected' with an 'outcome'.")
    for sheet in expected.get("sheets") or ():
        if not isinstance(sheet, dict) or not {"sheet", "question_column", "questions"} <= sheet.keys():
            text = "each of its 'sheets' needs a 'sheet', a 'question_column' and a number of 'questions'."
            raise EvaluationInvalid(f"{where}: {text}")


def _is_text(row: Mapping[str, object], field_: str) -> bool:
    return isinstance(row.get(field_), str)


@dataclass(slots=True, kw_only=True)
class Found:
    """What came of one file."""

    outcome: str  # questions, no_questions, refused, error
    questions: tuple[Question, ...] = ()
    reason: str = ""
    is_docx: bool = False
    cells_written: int = 0
    fidelity: list[str] = field(default_factory=list)  # what went wrong when filling


def _measure(file: Path) -> Found:
    content = file.read_bytes()
    try:
        book = read(content, file.name)
        layout = detect(book)
        questions = extract(book, layout)
        if not questions:
            return Found(outcome="no_questions", reason=" ".join(sheet.reasons[0] for sheet in layout.sheets[:3]))
        written, problems = fill_and_read_back(content, file.name, book, layout, questions)
    except WorkbookRefused as refusal:
        return Found(outcome="refused", reason=str(refusal))
    except Exception as error:  # noqa: BLE001 - counting what is no typed refusal is what is measured here
        return Found(outcome="error", reason=f"{type(error).__name__}: {error}")
    return Found(
        outcome="questions",
        questions=questions,
        is_docx=book.format is FileFormat.DOCX,
        cells_written=written,
        fidelity=problems,
    )


class _Counts:
    def __init__(self) -> None:
        self.sheets_right = self.sheets_found = self.sheets_expected = 0
        self.columns_right = self.columns_all = 0
        self.both = self.expected = self.found = 0
        self.outcomes_right = self.outcomes = 0
        self.fidelity_failures = self.errors = 0
        self.files: list[dict[str, object]] = []
        self.misses: list[Miss] = []

    def figures(self) -> dict[str, object]:
        both = self.sheets_found + self.sheets_expected
        return {
            "sheet_f1": round(2 * self.sheets_right / both, 4) if both else 1.0,
            "column_accuracy": _share(self.columns_right, self.columns_all),
            "question_recall": _share(self.both, self.expected),
            "question_precision": _share(self.both, self.found),
            "outcome_accuracy": _share(self.outcomes_right, self.outcomes),
            "fidelity_failures": self.fidelity_failures,
            "unclassified_errors": self.errors,
            "workbooks": len(self.files),
            "files": self.files,
        }

    def add(self, file: str, expected: Mapping[str, Any], found: Found) -> None:
        wanted = str(expected["outcome"])
        row: dict[str, object] = {
            "file": file,
            "expected": wanted,
            "found": found.outcome,
            "questions_expected": expected.get("questions"),
            "questions_found": len(found.questions),
            "cells_written": found.cells_written,
        }
        self.files.append(row)
        if found.outcome == "error":
            self.errors += 1
            self._miss(file, "", "no error", "error", found.reason)
        if found.fidelity:
            self.fidelity_failures += 1
            row["fidelity"] = found.fidelity[:5]
            self._miss(file, "filling", "only the answers change", f"{len(found.fidelity)} problems", found.fidelity[0])
        if wanted in SCORED_OUTCOMES:
            self.outcomes += 1
            self.outcomes_right += found.outcome == wanted
        if wanted not in ("any", found.outcome):
            self._miss(file, "outcome", wanted, found.outcome, found.reason)
        if wanted in ("questions", "no_questions"):
            self._count(file, expected, found)

    def _count(self, file: str, expected: Mapping[str, Any], found: Found) -> None:
        per_sheet: dict[str, list[Question]] = {}
        for question in found.questions:
            per_sheet.setdefault(question.sheet, []).append(question)
        listed = {entry["sheet"]: entry for entry in expected.get("sheets") or ()}
        if not listed:
            if (wanted := expected.get("questions", 0)) is not None:
                self._pair(file, "", wanted, len(found.questions), is_docx=found.is_docx)
            return
        self.sheets_right += len(listed.keys() & per_sheet.keys())
        self.sheets_found += len(per_sheet)
        self.sheets_expected += len(listed)
        for sheet in sorted(listed.keys() | per_sheet.keys()):
            wanted = listed[sheet]["questions"] if sheet in listed else 0
            self._pair(file, sheet, wanted, len(per_sheet.get(sheet, ())), is_docx=found.is_docx)
        for sheet, entry in listed.items():
            self._columns(file, sheet, entry, per_sheet.get(sheet, ()))

    def _pair(self, file: str, sheet: str, expected: int, found: int, *, is_docx: bool) -> None:
        share = DOCX_TOLERANCE if is_docx else TOLERANCE
        if expected and abs(expected - found) <= max(LEAST_TOLERANCE, share * expected):
            found = expected
        self.expected += expected
        self.found += found
        self.both += min(expected, found)
        if expected != found:
            self._miss(file, sheet, f"{expected} questions", f"{found} questions", "")

    def _columns(self, file: str, sheet: str, entry: Mapping[str, Any], found: Sequence[Question]) -> None:
        wanted = {("question", str(entry["question_column"]))}
        got = {("question", column_letters(question.column)) for question in found}
        if entry.get("answer_columns") is not None:
            wanted |= {("answer", str(letters)) for letters in entry["answer_columns"]}
            got |= {("answer", column_letters(column)) for question in found for column in _answer_columns(question)}
        self.columns_right += len(wanted & got)
        self.columns_all += len(wanted | got)
        if wanted != got:
            missing, wrong = sorted(wanted - got), sorted(got - wanted)
            self._miss(file, sheet, _said(missing) or "no more columns", _said(wrong) or "fewer columns", "columns")

    def _miss(self, case: str, text: str, expected: str, got: str, reason: str) -> None:
        self.misses.append(Miss(case=case, text=text, expected=expected, got=got, reason=reason))


def _answer_columns(question: Question) -> set[int]:
    slots = [slot for slot in question.slots if not slot.added]
    return {tick.column for slot in slots for tick in slot.ticks} | {slot.column for slot in slots if not slot.ticks}


def _said(columns: Sequence[tuple[str, str]]) -> str:
    return ", ".join(f"{role} {letters}" for role, letters in columns)


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 1.0
