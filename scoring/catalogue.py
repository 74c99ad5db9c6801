"""The mandate as data: requirements, evidence paths, kinds, rules and parameters, in one version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from scoring.types import Independence


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceKind:
    id: str
    title: str
    default_independence: Independence
    age_anchor: str  # name of the date its age counts from
    can_satisfy: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidencePath:
    """Kinds that together prove a requirement; the first carries the subject."""

    id: str
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadTime:
    """Weeks that closing a gap or renewing proof takes."""

    least: int
    typical: int
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    id: str
    category: str
    title: str
    kind: str  # primary, derived, addon
    statement: str
    deliverable: str
    severity: str
    weight: int
    per_system: bool
    independence: Independence
    paths: tuple[EvidencePath, ...] = ()
    rules: tuple[str, ...] = ()
    must_contain: tuple[str, ...] = ()
    may_be_not_applicable: bool = False
    not_applicable_condition: str = ""
    remediation: str = ""
    lead_time: LeadTime
    schemes: Mapping[str, str] = field(default_factory=dict)  # kind -> scheme it must be of
    depends_on: tuple[str, ...] = ()
    derived_from: tuple[str, ...] = ()
    sector: str = ""
    note: str = ""

    @property
    def kinds(self) -> frozenset[str]:
        return frozenset(kind for path in self.paths for kind in path.needs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    id: str
    title: str
    hard: bool
    check: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """Market practice and policy, changeable per buyer (DOMAIN 6, point 6)."""

    max_age_months: int = 12
    review_months: int = 12
    exercise_months: int = 12
    warn_days: int = 60
    soc2_min_period_months: int = 3
    soc2_warn_period_months: int = 6
    exception_max_days: int = 365
    exception_warn_days: int = 30
    readiness_partial_cap: float = 0.5
    soc2_age_anchor: str = "issued_on"
    soc2_all_of: tuple[str, ...] = ("security",)
    soc2_plus_one_of: tuple[str, ...] = ("processing_integrity", "soc2_plus_ai_subject_matter")
    soc2_plus_one_of_data: tuple[str, ...] = ("confidentiality", "privacy")


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    id: str
    title: str
    deliverable: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    id: str
    version: str
    digest: str
    categories: tuple[Category, ...]
    kinds: Mapping[str, EvidenceKind]
    rules: Mapping[str, Rule]
    requirements: Mapping[str, Requirement]
    parameters: Parameters = field(default_factory=Parameters)
