"""The report's data as JSON: everything, in the same words as the Word report; the same data gives the same bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from rfp.reporting.data import ReportData
from rfp.workbook.model import Fidelity, Write, address

FORMAT = "countersign/answers/1"


def as_json(data: ReportData, *, fidelity: Fidelity, writes: Sequence[Write]) -> bytes:
    """Return the data with the cells written and the comparison of the filled file with the original."""
    content: dict[str, Any] = {
        "format": FORMAT,
        **_plain(data),
        "comparison": fidelity,
        "cells_written": [
            {"sheet": w.sheet, "cell": address(w.row, w.column), "value": w.value, "added": w.added} for w in writes
        ],
    }
    return _lines(content).encode()


def _lines(content: Mapping[str, Any]) -> str:
    """Return JSON with a line for each entry and for each item of its lists, which is soon read and compared."""
    entries = []
    for name, value in content.items():
        said = _compact(value)
        if isinstance(value, (list, tuple)) and value:
            said = "[\n  " + ",\n  ".join(map(_compact, value)) + "\n ]"
        entries.append(f" {_compact(name)}: {said}")
    return "{\n" + ",\n".join(entries) + "\n}\n"


def _plain(value: Any) -> Any:
    """Return what JSON has no form for as what it has one for."""
    if is_dataclass(value):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"JSON has no form for {type(value).__name__}.")


# The standard library is quick only where it does not indent.
_compact = json.JSONEncoder(ensure_ascii=False, default=_plain).encode
