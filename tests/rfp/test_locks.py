"""What is locked, on databases that lock rows."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ACTIONS = sorted(path for app in ("accounts", "evidence", "rfp") for path in (ROOT / app / "actions").glob("*.py"))
# Relations that are never empty: the row and what it belongs to are locked as one.
ALWAYS_THERE = {"questionnaire__organisation"}


def chains(path: Path) -> Iterator[list[ast.Call]]:
    """Yield the calls of every expression such as ``a.b().c()``, the last one first."""
    for node in ast.walk(ast.parse(path.read_text())):
        calls = []
        while isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            calls.append(node)
            node = node.func.value
        if calls:
            yield calls


def name_of(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""


@pytest.mark.parametrize("path", ACTIONS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_lock_over_a_join_names_what_it_locks(path: Path) -> None:
    """PostgreSQL refuses to lock the side of a join that may be empty; SQLite locks no rows and never says so."""
    for calls in chains(path):
        locks = [call for call in calls if name_of(call) == "select_for_update"]
        joined = {
            argument.value
            for call in calls
            if name_of(call) == "select_related"
            for argument in call.args
            if isinstance(argument, ast.Constant)
        }
        if locks and joined - ALWAYS_THERE:
            assert any(keyword.arg == "of" for keyword in locks[0].keywords), ast.unparse(calls[0])
