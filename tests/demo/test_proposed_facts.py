"""What is read from the demo vendor's documents, measured against the facts that the documents were made from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from evidence.catalogs import entry
from evidence.ingest import Document, read_many
from evidence.proposing import Known, Proposal, propose
from rfp.demo import documents, papers

Told = Mapping[str, str]


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Told, Mapping[str, Proposal]]]:
    """Return for each document the facts it was made from, and those read from it."""
    told = yaml.safe_load((papers.DATA / "vendor.yaml").read_text(encoding="utf-8"))
    files = {path.stem: path for path in documents.write(tmp_path_factory.mktemp("evidence"))}
    paths = [files[item["id"]] for item in told["evidence"]]
    known = Known(vendor=told["vendor"]["legal_entity"], systems={row["name"]: () for row in told["systems"]})
    pairs: list[tuple[Told, Mapping[str, Proposal]]] = []
    texts = read_many([(path.read_bytes(), path.name) for path in paths])
    for item, text in zip(told["evidence"], texts, strict=True):
        assert isinstance(text, Document), Path(item["id"])
        pairs.append((entry.flatten(_plain(item)), {found.field: found for found in propose(text, known)}))
    return pairs


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value


def _same(value: object, told: str) -> bool:
    lines = [value] if isinstance(value, str) else list(value) if isinstance(value, tuple) else []
    return sorted(line.casefold() for line in lines) == sorted(entry.lines(told.casefold().replace(" (fictional)", "")))


def counted(read: list[tuple[Told, Mapping[str, Proposal]]], field: str) -> Counter[str]:
    """Return how often a field was read right, wrong, or not at all where the facts have it."""
    found: Counter[str] = Counter()
    for told, proposals in read:
        if told.get(field):
            proposal = proposals.get(field)
            found["missed" if proposal is None else "right" if _same(proposal.value, told[field]) else "wrong"] += 1
    return found


@pytest.mark.parametrize(
    ("field", "right", "wrong"),
    [
        ("kind", 25, 0),
        ("issuer.name", 24, 1),
        ("issuer.independence", 24, 1),
        ("assessor.name", 14, 0),
        ("dates.issued_on", 21, 0),
        ("dates.valid_until", 3, 0),
        ("dates.period_start", 1, 0),
        ("dates.testing_ended_on", 4, 0),
        ("ai_systems", 19, 0),
        ("scheme", 3, 0),
        ("number", 2, 0),
        ("version", 7, 0),
        ("covers.version", 6, 0),
    ],
)
def test_as_much_is_read_right_as_was_measured(
    read: list[tuple[Told, Mapping[str, Proposal]]], field: str, right: int, wrong: int
) -> None:
    found = counted(read, field)
    assert found["right"] >= right
    assert found["wrong"] <= wrong


def test_no_day_is_surely_wrong(read: list[tuple[Told, Mapping[str, Proposal]]]) -> None:
    for told, proposals in read:
        for field, proposal in proposals.items():
            if field.startswith("dates.") and proposal.sure and told.get(field):
                assert proposal.value == told[field], (told["title"], field)
