"""The workbooks that the project builds itself, to measure on: ``python -m tests.workbook.evaluation_set DIR``.

``manage.py evaluate workbooks FOLDER`` measures on it, as on any folder of real questionnaires with a manifest.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from rfp.demo import buyer as demo_buyer
from tests.workbook.buyer import Sheets, make
from tests.workbook.test_detect_layouts import CASES, NOT_ASKING


def write(folder: Path) -> int:
    """Write every layout with its expectation, the decoys and the demo's forms; return how many files that were."""
    folder.mkdir(parents=True, exist_ok=True)
    manifest: list[dict[str, Any]] = []
    for number, (_, tabs, expected) in enumerate(CASES, start=1):
        manifest.append({"file": f"layout-{number:03}.xlsx", "expected": _expected(expected)})
        (folder / f"layout-{number:03}.xlsx").write_bytes(make(*tabs))
    for number, decoy in enumerate(NOT_ASKING, start=1):
        manifest.append({"file": f"decoy-{number:03}.xlsx", "expected": {"outcome": "no_questions"}})
        (folder / f"decoy-{number:03}.xlsx").write_bytes(make(*decoy[1]))
    asked = sum(len(section["questions"]) for sheet in demo_buyer.load()["sheets"] for section in sheet["sections"])
    for name, macros in (("demo.xlsx", False), ("demo.xlsm", True)):
        manifest.append({"file": name, "expected": {"outcome": "questions", "questions": asked}})
        (folder / name).write_bytes(demo_buyer.build(macros=macros))
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1, ensure_ascii=False), encoding="utf-8")
    return len(manifest)


def _expected(sheets: dict[str, Sheets]) -> dict[str, Any]:
    described = [
        {
            "sheet": name,
            "question_column": sheet.question if len(sheet.question) == 1 else None,
            "answer_columns": sorted(sheet.answers) if sheet.answers else None,
            "questions": len(sheet.questions),
        }
        for name, sheet in sheets.items()
    ]
    return {"outcome": "questions", "questions": sum(len(s.questions) for s in sheets.values()), "sheets": described}


if __name__ == "__main__":
    print(f"{write(Path(sys.argv[1]))} workbooks")  # noqa: T201  # this is its output
