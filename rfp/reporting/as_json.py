"""The report's data as JSON: everything, in the same words as the Word report; the same data gives the same bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from rfp.reporting.data import ReportData
from rfp.workbook.model import Fidelity, Write, address

FORMAT = "countersign/answers/1"


def as_json(data: ReportData, *, fidelity: Fidelity, writes: Sequence[Write]) -> bytes:
    """Return the data with the cells written and the comparison of the filled file with the original."""
    content: dict[str, Any] = {
        "format": FORMAT,
        **_plain(asdict(data)),
        "comparison": _plain(asdict(fidelity)),
        "cells_written": [
            {"sheet": w.sheet, "cell": address(w.row, w.column), "value": w.value, "added": w.added} for w in writes
        ],
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(inner) for inner in value]
    if isinstance(value, date):
        return value.isoformat()
    return value
