"""What must hold whatever is in the library: nothing self-issued is proof, nothing counts longer than it may."""

from __future__ import annotations

import ast
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import scoring
from evidence.catalogs.mandate import load
from scoring.judge import judge_artefact
from scoring.readiness import assess
from scoring.rules import RULES
from scoring.types import EvidenceFact, Independence, Issuer, State, Verdict
from scoring.verdict import decide
from tests.scoring.world import DEAL, LIBRARY, ON, changed, judged

SELF = [Independence.VENDOR_ISSUED, Independence.AFFILIATE_ISSUED, Independence.UNKNOWN, Independence.INHERITED]
OWN = st.sampled_from(SELF)


@given(st.lists(OWN, min_size=len(LIBRARY), max_size=len(LIBRARY)))
@settings(max_examples=30, deadline=None)
def test_nothing_self_issued_is_proof(classes: list[Independence]) -> None:
    library = [
        replace(item, issuer=replace(item.issuer, independence=independence))
        for item, independence in zip(LIBRARY, classes, strict=True)
    ]
    assert not [name for name, result in judged(library).items() if result.state.is_met]


@given(st.sets(st.sampled_from([item.id for item in LIBRARY])), st.integers(0, 800))
@settings(max_examples=40, deadline=None)
def test_less_proof_never_meets_more(removed: set[str], days: int) -> None:
    on = ON + timedelta(days=days)
    met = {name for name, result in judged(on=on).items() if result.state.is_met}
    fewer = judged([item for item in LIBRARY if item.id not in removed], on=on)
    assert {name for name, result in fewer.items() if result.state.is_met} <= met


@given(st.integers(0, 800))
@settings(max_examples=40, deadline=None)
def test_time_alone_proves_nothing(days: int) -> None:
    first, later = judged(), judged(on=ON + timedelta(days=days))
    assert not [name for name in later if later[name].state.is_met and not first[name].state.is_met]
    expired = [r for r in first.values() if r.expires_on and r.expires_on < ON + timedelta(days=days)]
    assert not [r.requirement for r in expired if later[r.requirement].state.is_met]


@given(st.permutations(LIBRARY))
@settings(max_examples=15, deadline=None)
def test_the_order_of_the_library_changes_nothing(library: list[EvidenceFact]) -> None:
    assert judged(library) == judged()


@given(st.sets(st.sampled_from([item.id for item in LIBRARY])))
@settings(max_examples=40, deadline=None)
def test_readiness_never_hides_a_failing_gate(removed: set[str]) -> None:
    results = judged([item for item in LIBRARY if item.id not in removed])
    gate = decide(load(), results, on=ON, deal=DEAL)
    readiness = assess(load(), results, gate_passed=gate.opens_a_stage)
    assert readiness.shown is not None
    assert (readiness.shown == 100) == (gate.verdict is Verdict.QUALIFIED)
    assert all(0 <= result.credit <= 1 for result in results.values())
    open_ = [result for result in results.values() if result.is_open]
    assert all(result.credit <= 0.5 for result in open_)


def test_a_plan_that_was_edited_lost_its_validation() -> None:
    results = judged(changed(LIBRARY, "MIRP", version="2.1"))
    assert {results[f"IR-{n}"].state for n in (1, 2, 3, 5, 6, 7, 8, 9)} == {State.FAILED}


def test_every_rejection_is_a_sentence_that_names_the_artefact_or_the_fact() -> None:
    issuer = Issuer(name="Example Group", independence=Independence.AFFILIATE_ISSUED)
    old = [
        replace(item, issuer=issuer, dates={n: d - timedelta(days=900) for n, d in item.dates.items()})
        for item in LIBRARY
    ]
    problems = [problem for result in judged(old).values() for problem in result.problems]
    assert len(problems) > 100
    for problem in problems:
        assert problem.sentence[0].isupper() or problem.sentence[0] in "“0123456789", problem
        assert problem.sentence.rstrip("”").endswith((".", "?")), problem
        assert "None" not in problem.sentence
        assert "_" not in problem.sentence, problem


@pytest.mark.parametrize(
    ("id", "claim", "fields", "sentence"),
    [
        (
            "C42",
            "LR-1",
            {"dates": {"issued_on": date(2024, 12, 9), "last_audit_decision_on": date(2025, 11, 20)}},
            "“ISO/IEC 42001 certificate” was issued on 9 December 2024; the latest surveillance audit that passed was "
            "on 20 November 2025, more than 12 months before 23 November 2026.",
        ),
        (
            "SOC",
            "LR-3",
            {
                "dates": {
                    "period_start": date(2026, 7, 1),
                    "period_end": date(2026, 8, 31),
                    "issued_on": date(2026, 10, 1),
                }
            },
            "“SOC 2 Type II report” covers 1 July 2026 to 31 August 2026, 2 whole months; at least 3 are needed.",
        ),
        (
            "C42",
            "LR-1",
            {"legal_entity": "Example Holding AB"},
            "“ISO/IEC 42001 certificate” is about Example Holding AB; the contract is with Example AB.",
        ),
        (
            "RT",
            "AT-5",
            {"target": "an older model build in a sandbox"},
            "“Red-team report” tested “an older model build in a sandbox”, which is not shown to equal production.",
        ),
        (
            "RT",
            "AT-8",
            {"findings": {"critical": 1, "high": 1}},
            "2 critical or high findings of “Red-team report” have no retest.",
        ),
        (
            "EX",
            "IR-4",
            {"dates": {"exercised_on": date(2025, 11, 22)}},
            "The exercise of “Tabletop exercise” was held on 22 November 2025, more than 12 months before "
            "23 November 2026.",
        ),
        (
            "MIRP",
            "IR-1",
            {"version": "2.1"},
            "No independent validation that names “Model Incident Response Plan” in version 2.1 is linked to it.",
        ),
    ],
)
def test_a_rejection_in_words(id: str, claim: str, fields: dict[str, object], sentence: str) -> None:
    (item,) = [item for item in LIBRARY if item.id == id]
    judgement = judge_artefact(
        replace(item, **fields),  # type: ignore[arg-type]
        (claim,),
        with_facts=(),
        on=ON,
        catalogue=load(),
        deal=DEAL,
    )
    assert sentence in [result.sentence for result in judgement.failed[claim]]


def test_every_rule_of_the_catalogue_that_judges_an_artefact_is_there() -> None:
    named = {rule for requirement in load().requirements.values() for rule in requirement.rules if requirement.paths}
    assert named <= set(RULES)


def test_the_core_imports_the_standard_library_alone() -> None:
    folder = Path(scoring.__file__).parent
    allowed = sys.stdlib_module_names | {"scoring"}
    for file in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                assert (node.module or "").split(".")[0] in allowed, file
            elif isinstance(node, ast.Import):
                assert all(name.name.split(".")[0] in allowed for name in node.names), file
