"""The mandate's requirements, kinds, rules and parameters, read from ``data/requirements.yaml`` and checked."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from evidence.catalogs.problems import CatalogueInvalid, need, read_yaml
from scoring.catalogue import (
    Catalogue,
    Category,
    EvidenceKind,
    EvidencePath,
    LeadTime,
    Parameters,
    Requirement,
    Rule,
)
from scoring.types import Independence

DATA = Path(__file__).with_name("data")


@cache
def load() -> Catalogue:
    """Return the shipped catalogue.

    :raises CatalogueInvalid: if a file has a problem
    """
    return read(DATA / "requirements.yaml")


def read(path: Path) -> Catalogue:
    content = read_yaml(path)
    head = need(content, "catalogue", path.name)
    kinds = {
        need(entry, "id", f"{path.name}: evidence_kinds"): EvidenceKind(
            id=entry["id"],
            title=need(entry, "title", entry["id"]),
            default_independence=_independence(need(entry, "default_independence", entry["id"]), entry["id"]),
            age_anchor=need(entry, "age_anchor", entry["id"]),
            can_satisfy=bool(need(entry, "can_satisfy", entry["id"])),
        )
        for entry in need(content, "evidence_kinds", path.name)
    }
    rules = {
        entry["id"]: Rule(id=entry["id"], title=entry["title"], hard=entry["effect"] == "hard", check=entry["check"])
        for entry in need(content, "evidence_rules", path.name)
    }
    globals_ = {
        entry["id"]: Rule(id=entry["id"], title=entry["title"], hard=True, check=entry["rule"])
        for entry in need(content, "global_rules", path.name)
    }
    requirements = {
        entry["id"]: _requirement(entry, kinds, {*rules, *globals_})
        for entry in need(content, "requirements", path.name)
    }
    for requirement in requirements.values():
        for name in (*requirement.depends_on, *requirement.derived_from):
            if name not in requirements:
                raise CatalogueInvalid(f"{path.name}: {requirement.id} rests on {name}, which is not there.")
    return Catalogue(
        id=need(head, "id", path.name),
        version=str(need(head, "version", path.name)),
        digest=digest(path.parent.rglob("*.yaml")),
        categories=tuple(
            Category(id=entry["id"], title=entry["title"], deliverable=entry.get("deliverable", ""))
            for entry in need(content, "categories", path.name)
        ),
        kinds=kinds,
        rules={**rules, **globals_},
        requirements=requirements,
        parameters=_parameters(need(content, "parameters", path.name)),
    )


def digest(files: Iterable[Path]) -> str:
    """Return the SHA-256 over names and contents of the data files, in the order of their names."""
    total = hashlib.sha256()
    for file in sorted(files, key=lambda file: file.name):
        total.update(file.name.encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def _requirement(entry: Mapping[str, Any], kinds: Mapping[str, EvidenceKind], rules: Iterable[str]) -> Requirement:
    name = str(need(entry, "id", "requirements.yaml: requirements"))
    paths = tuple(
        EvidencePath(id=str(path["path"]), needs=tuple(path["needs"])) for path in entry.get("evidence_paths", ())
    )
    for path in paths:
        for kind in path.needs:
            if kind not in kinds:
                raise CatalogueInvalid(
                    f"{name}: the evidence path {path.id} needs {kind!r}, which is no evidence kind."
                )
    for rule in entry.get("rules", ()):
        if rule not in rules:
            raise CatalogueInvalid(f"{name}: {rule!r} is no rule.")
    lead = need(entry, "lead_time_weeks", name)
    optional = entry.get("not_applicable", {})
    return Requirement(
        id=name,
        category=need(entry, "category", name),
        title=need(entry, "title", name),
        kind=need(entry, "kind", name),
        statement=need(entry, "statement", name),
        deliverable=need(entry, "deliverable", name),
        severity=need(entry, "severity", name),
        weight=int(need(entry, "weight", name)),
        per_system=need(entry, "assessed", name) == "per_ai_system",
        independence=_independence(need(entry, "independence", name), name),
        paths=paths,
        rules=tuple(entry.get("rules", ())),
        must_contain=tuple(entry.get("must_contain", ())),
        may_be_not_applicable=bool(optional.get("allowed", False)),
        not_applicable_condition=optional.get("condition", ""),
        remediation=entry.get("remediation", ""),
        lead_time=LeadTime(least=lead["min"], typical=lead["typical"], most=lead["max"]),
        schemes={
            key.removesuffix(".scheme"): value
            for key, value in entry.get("constraints", {}).items()
            if key.endswith(".scheme")
        },
        depends_on=tuple(entry.get("depends_on", ())),
        derived_from=tuple(entry.get("derived_from", ())),
        sector=entry.get("sector", ""),
        note=entry.get("note", ""),
    )


def _independence(value: str, where: str) -> Independence:
    try:
        return Independence(value)
    except ValueError:
        raise CatalogueInvalid(f"{where}: {value!r} is no independence class.") from None


def _parameters(values: Mapping[str, Any]) -> Parameters:
    criteria = values["soc2_required_criteria"]
    return Parameters(
        max_age_months=values["max_age_months"],
        review_months=values["review_months"],
        exercise_months=values["exercise_months"],
        warn_days=values["warn_days"],
        soc2_min_period_months=values["soc2_min_period_months"],
        soc2_warn_period_months=values["soc2_warn_period_months"],
        exception_max_days=values["exception_max_days"],
        exception_warn_days=values["exception_warn_days"],
        readiness_partial_cap=values["readiness_partial_cap"],
        soc2_age_anchor=values["soc2_age_anchor"],
        soc2_all_of=tuple(criteria["all_of"]),
        soc2_plus_one_of=tuple(criteria["plus_one_of"]),
        soc2_plus_one_of_data=tuple(criteria["plus_one_of_data"]),
    )
