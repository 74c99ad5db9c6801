"""Measure the evidence judge on labelled cases (format: a vendor block and a list of cases with their verdicts).

Each case is judged at ``as_of`` with the items in its links and nothing else; requirements it depends on count as met
unless the case claims them itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from evidence.catalogs.attestation import parse_deal, parse_evidence
from evidence.catalogs.mandate import load
from evidence.catalogs.problems import CatalogueInvalid, read_yaml
from rfp.evaluation.report import Evaluation, EvaluationInvalid, Miss
from scoring.judge import ArtefactJudgement, judge_artefact
from scoring.types import ArtefactVerdict

ACCEPTED = (ArtefactVerdict.ACCEPTED, ArtefactVerdict.ACCEPTED_WITH_WARNINGS)


def evaluate(path: Path) -> Evaluation:
    """Return the figures over one file of cases, or over all files of a folder.

    :raises EvaluationInvalid: if a file or a case cannot be read
    """
    files = sorted(path.glob("*.yaml")) if path.is_dir() else [path]
    if not files:
        raise EvaluationInvalid(f"{path}: the folder holds no YAML file.")
    counts = _Counts()
    for file in files:
        try:
            _measure(read_yaml(file), counts, file.name)
        except CatalogueInvalid as problem:
            raise EvaluationInvalid(f"{file.name}: {problem}") from problem
    return Evaluation(
        kind="evidence",
        figures=counts.figures(),
        misses=tuple(counts.misses),
        notes=("Each case is judged with the items in its links and nothing else.",),
    )


class _Counts:
    def __init__(self) -> None:
        self.cases = self.right = self.false_accepts = 0
        self.rules = self.rules_found = self.warnings = self.warnings_found = 0
        self.true_positive = self.false_positive = self.false_negative = 0
        self.misses: list[Miss] = []

    def unreadable(
        self, case: str, expected: Mapping[str, Any], claimed: Sequence[str], problem: CatalogueInvalid
    ) -> None:
        self.cases += 1
        self.rules += len(set(expected.get("failed_rules", ())))
        self.warnings += len(set(expected.get("warnings", ())))
        self.false_negative += len(set(expected.get("satisfies", ())) & set(claimed))
        wanted = str(expected.get("verdict"))
        self.misses.append(Miss(case=case, text="", expected=wanted, got="cannot be read", reason=str(problem)))

    def figures(self) -> dict[str, object]:
        both = 2 * self.true_positive + self.false_positive + self.false_negative
        return {
            "verdict_accuracy": _share(self.right, self.cases),
            "rules_recall": _share(self.rules_found, self.rules),
            "warnings_recall": _share(self.warnings_found, self.warnings),
            "satisfies_f1": 2 * self.true_positive / both if both else 1.0,
            "false_accepts": self.false_accepts,
            "cases": self.cases,
        }


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def _measure(content: Mapping[str, Any], counts: _Counts, file: str) -> None:
    deal = parse_deal(content.get("vendor") or {}, sectors=tuple(content.get("sectors", ())))
    as_of = content.get("as_of")
    entries = content.get("evidence") or []
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise CatalogueInvalid("'evidence' is to be a list of items, each with its fields.")
    items = {entry.get("id"): entry for entry in entries}
    catalogue = load()
    for name, entry in items.items():
        if "expected" not in entry:
            continue
        if not isinstance(entry["expected"], dict):
            raise CatalogueInvalid(f"{name}: 'expected' is to hold a verdict.")
        on = entry.get("as_of", as_of)
        if not isinstance(on, date):
            raise CatalogueInvalid(f"{name}: the case has no date as_of.")
        claimed = tuple(entry.get("claimed_for", ()))
        try:
            fact = parse_evidence(entry)
            linked = [parse_evidence(items[link]) for link in fact.links if link in items]
            vendor = parse_deal(entry["vendor_context"]) if "vendor_context" in entry else deal
        except CatalogueInvalid as problem:
            # A case that cannot be read is a wrong verdict, not the end of the measurement.
            counts.unreadable(f"{file} {name}", entry["expected"], claimed, problem)
            continue
        judged = judge_artefact(fact, claimed, with_facts=linked, on=on, catalogue=catalogue, deal=vendor)
        _count(counts, f"{file} {name}", fact.title, judged, entry["expected"], claimed)


def _count(
    counts: _Counts,
    case: str,
    title: str,
    judged: ArtefactJudgement,
    expected: Mapping[str, Any],
    claimed: Sequence[str],
) -> None:
    counts.cases += 1
    wanted = str(expected.get("verdict"))
    rules = set(expected.get("failed_rules", ()))
    warnings = set(expected.get("warnings", ()))
    found_rules = set(judged.failed_rules) | {result.rule for result in judged.reviews}
    found_warnings = {result.rule for result in judged.warnings}
    counts.rules += len(rules)
    counts.rules_found += len(rules & found_rules)
    counts.warnings += len(warnings)
    counts.warnings_found += len(warnings & found_warnings)
    positive = set(expected.get("satisfies", ())) & set(claimed)
    said = set(judged.satisfies) & set(claimed)
    counts.true_positive += len(positive & said)
    counts.false_positive += len(said - positive)
    counts.false_negative += len(positive - said)
    counts.false_accepts += len(said & set(expected.get("does_not_satisfy", ())))
    if wanted == "rejected" and judged.verdict in ACCEPTED:
        counts.false_accepts += 1
    if judged.verdict == wanted:
        counts.right += 1
    if judged.verdict != wanted or rules - found_rules or warnings - found_warnings or said != positive:
        reasons = [r.sentence for results in judged.failed.values() for r in results] + [
            r.sentence for r in (*judged.reviews, *judged.warnings)
        ]
        counts.misses.append(
            Miss(
                case=case,
                text=title,
                expected=f"{wanted}; {sorted(positive)}; {sorted(rules | warnings)}",
                got=f"{judged.verdict}; {sorted(said)}; {sorted(found_rules | found_warnings)}",
                reason=" ".join(dict.fromkeys(reasons)),
            )
        )
