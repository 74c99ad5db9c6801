"""Papers as auditors, testers, lawyers and engineers write them: for each, the verdict and the rules that are reported.

The cases of a vendor differ in one thing from a good paper of it (``like``). They are given as people record them,
so that reading them is tried too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from evidence.catalogs.attestation import parse_deal, parse_evidence
from evidence.catalogs.mandate import load
from evidence.catalogs.problems import read_yaml
from scoring.judge import ArtefactJudgement, judge_artefact

CASES = Path(__file__).with_name("cases")
Entry = Mapping[str, Any]


def _cases() -> Iterator[Any]:
    for file in sorted(CASES.glob("*.yaml")):
        content = read_yaml(file)
        for number, case in enumerate(content["cases"], start=1):
            yield pytest.param(content, case, id=f"{file.stem}-{number}-{case['about']}")


def _judged(vendor: Entry, case: Entry) -> ArtefactJudgement:
    papers = [
        {**vendor["papers"].get(entry.get("like"), {}), **entry} for entry in (case["paper"], *case.get("beside", ()))
    ]
    paper, *beside = (parse_evidence(entry) for entry in papers)
    deal = parse_deal(vendor["vendor"])
    claims = case["claims"].split()
    return judge_artefact(paper, claims, with_facts=beside, on=vendor["as_of"], catalogue=load(), deal=deal)


@pytest.mark.parametrize(("vendor", "case"), list(_cases()))
def test_a_paper(vendor: Entry, case: Entry) -> None:
    judged = _judged(vendor, case)
    told = (*judged.reviews, *judged.warnings)
    reported = {*judged.failed_rules, *(result.rule for result in told)}
    assert judged.verdict.value == case["verdict"], [result.sentence for result in told] or judged.failed
    assert set(case.get("reported", "").split()) <= reported
