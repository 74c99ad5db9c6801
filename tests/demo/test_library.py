"""The vendor's answer library and past decisions can be imported as they are."""

from datetime import date
from pathlib import Path

import yaml

from evidence.catalogs import mandate
from rfp.actions.demo import DEMO_DAY
from rfp.demo import library, papers, past
from rfp.workbook.answer_library import read_rows
from rfp.workbook.reader import read


def test_library_is_imported_without_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "answers.xlsx"
    library.write(path)
    known = frozenset(paper.ref for paper in papers.load())
    rows = read_rows(read(path.read_bytes(), path.name), today=DEMO_DAY, known_evidence=known)
    assert len(rows) == len(library.rows()) >= 160
    assert {row.audience for row in rows} == {"public", "nda"}
    people = {person["name"] for person in yaml.safe_load((papers.DATA / "vendor.yaml").read_text())["people"]}
    assert {row.owner for row in rows} <= people | {"Astrid Noren"}
    dates = [row.reviewed_on for row in rows if row.reviewed_on]
    assert len(dates) == len(rows)
    assert sum(day < date(2025, 11, 24) for day in dates) >= 5, "some answers are stale"
    assert max(dates) <= date(2026, 11, 2)


def test_library_is_the_same_each_time(tmp_path: Path) -> None:
    first, second = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    library.write(first)
    library.write(second)
    assert first.read_bytes() == second.read_bytes()


def test_past_decisions_name_requirements_of_their_category() -> None:
    owner = {ref: item.category for ref, item in mandate.load().requirements.items()}
    decisions = past.load()
    assert len(decisions) >= 170
    assert len({decision.text for decision in decisions}) == len(decisions)
    assert {decision.confirmed for decision in decisions} == {True, False}
    for decision in decisions:
        assert (decision.category == "none") == (not decision.requirements)
        assert {owner[ref] for ref in decision.requirements} <= {decision.category}
