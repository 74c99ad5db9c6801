"""The facts that are judged and the judgements made of them. Missing facts are None or empty, never guessed.

Source of the terms: the mandate's catalogue (evidence kinds, independence classes, rules).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum


class Independence(StrEnum):
    """Who issued an artefact, never who uploaded it. Affiliates and unknown issuers count as the vendor (G-2)."""

    THIRD_PARTY_ISSUED = "third_party_issued"
    THIRD_PARTY_VALIDATED = "third_party_validated"
    BUYER_ISSUED = "buyer_issued"
    AFFILIATE_ISSUED = "affiliate_issued"
    VENDOR_ISSUED = "vendor_issued"
    INHERITED = "inherited"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Accreditation:
    body: str = ""
    number: str = ""
    standards: tuple[str, ...] = ()
    status: str = ""
    valid_from: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer:
    name: str = ""
    independence: Independence = Independence.UNKNOWN
    accreditation: Accreditation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessor:
    name: str = ""
    role: str = ""
    credentials: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    name: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """The document that a validation names, in the version it validates."""

    document: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retest:
    finding: str
    severity: str = ""
    fixed_on: date | None = None
    retested_on: date | None = None
    result: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceFact:
    """One attestation as a person confirmed it. ``dates`` are by name: issued_on, valid_until, period_end ..."""

    id: str
    title: str
    kind: str
    revision: int = 1
    issuer: Issuer = field(default_factory=Issuer)
    assessor: Assessor | None = None
    dates: Mapping[str, date] = field(default_factory=dict)
    status: str = "active"
    scheme: str = ""
    number: str = ""
    scope: str = ""
    ai_systems: tuple[str, ...] = ()
    legal_entity: str = ""
    version: str = ""
    revision_history: tuple[str, ...] = ()
    approver: Person | None = None
    requester: Person | None = None
    signer: Person | None = None
    attests_version: str = ""
    covers: Cover | None = None
    covers_requirements: tuple[str, ...] = ()
    conclusion: str = ""
    result: str = ""
    criteria: tuple[str, ...] = ()
    opinion: str = ""
    qualified_criteria: tuple[str, ...] = ()
    carved_out: tuple[str, ...] = ()
    exceptions_noted: int | None = None
    open_nonconformities: int | None = None  # major ones
    target: str = ""
    findings: Mapping[str, int] | None = None  # by severity; None: not stated
    retests: tuple[Retest, ...] = ()
    scenario: str = ""
    participants: tuple[str, ...] = ()
    domain: str = ""
    taxonomy: str = ""
    contents: Mapping[str, bool] = field(default_factory=dict)  # must_contain element -> found
    complete: bool | None = None
    authentic: bool | None = None
    residual_risk: str = ""
    compensating_controls: str = ""
    reason: str = ""
    vendor: str = ""
    document_text: str = ""
    links: tuple[str, ...] = ()
    series: str = ""
    needs_review: str = ""  # why a person has to decide, empty for nothing

    def __post_init__(self) -> None:
        # Runs of white space come from the page; the rules read words.
        for name in ("scope", "document_text"):
            lines = (" ".join(line.split()) for line in getattr(self, name).splitlines())
            object.__setattr__(self, name, "\n".join(line for line in lines if line))

    def __hash__(self) -> int:
        # What a text says is read once per fact; its mappings have no hash of their own.
        return hash((self.id, self.revision, self.kind))

    @property
    def independent(self) -> bool:
        return self.issuer.independence is Independence.THIRD_PARTY_ISSUED


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemFact:
    """An AI system of the deal. ``material_changes`` are the days of changes that end older per-system evidence."""

    name: str
    takes_prompts: bool = True
    uses_tools: bool | None = None
    high_impact: bool = False
    domain: str = ""
    in_production_since: date | None = None
    material_changes: tuple[date, ...] = ()
    prohibited_practice: bool = False  # Article 5 of the EU AI Act: no acceptance covers it

    def changed_on(self, on: date) -> date | None:
        """Return the day of the latest material change up to a day."""
        return max((day for day in self.material_changes if day <= on), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotApplicable:
    """A buyer's approval that a requirement does not apply (G-13); ``system`` empty: to none of the systems."""

    requirement: str
    system: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExceptionFact:
    """An executive risk acceptance of the buyer (G-6)."""

    id: str
    requirements: tuple[str, ...]
    systems: tuple[str, ...] = ()
    vendor: str = ""
    reason: str = ""
    residual_risk: str = ""
    compensating_controls: str = ""
    approver: Person | None = None
    requester: Person | None = None
    issuer: Issuer = field(default_factory=Issuer)
    approved_on: date | None = None
    expires_on: date | None = None
    revoked_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deal:
    """Who contracts, for which AI systems, under which add-ons of the buyer's profile.

    ``siblings`` are the vendor's AI systems that the deal is not about: a report that leaves one of them out leaves
    none of the deal's out.
    """

    vendor: str = ""
    contracting_entity: str = ""
    systems: tuple[SystemFact, ...] = ()
    siblings: tuple[str, ...] = ()
    sectors: frozenset[str] = frozenset()
    not_applicable: tuple[NotApplicable, ...] = ()

    def narrowed_to(self, names: Collection[str]) -> Deal:
        """Return the deal for some of its systems alone; the others become siblings."""
        return replace(
            self,
            systems=tuple(system for system in self.systems if system.name in names),
            siblings=(*self.siblings, *(system.name for system in self.systems if system.name not in names)),
        )


class Outcome(StrEnum):
    PASSED = "passed"
    FAILED = "failed"
    REVIEW = "review"  # a person has to decide


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleResult:
    """One rule on one bundle of artefacts; ``sentence`` names the fact in words a salesperson understands."""

    rule: str
    outcome: Outcome
    sentence: str = ""
    hard: bool = True
    silent: bool = False  # the paper was made for something else and says nothing either way


class State(StrEnum):
    """State of a requirement on a day (DOMAIN 5.2)."""

    MET = "met"
    MET_WITH_WARNING = "met_with_warning"
    EXPIRED = "expired"
    FAILED = "failed"
    MISSING = "missing"
    UNDER_REVIEW = "under_review"
    NOT_APPLICABLE = "not_applicable"

    @property
    def is_met(self) -> bool:
        return self in (State.MET, State.MET_WITH_WARNING)


class ArtefactVerdict(StrEnum):
    ACCEPTED = "accepted"
    ACCEPTED_WITH_WARNINGS = "accepted_with_warnings"
    PARTLY_ACCEPTED = "partly_accepted"
    REJECTED = "rejected"
    NEEDS_REVIEW = "needs_review"


class Verdict(StrEnum):
    """The gate (DOMAIN 5.2); only the first two open a stage."""

    QUALIFIED = "QUALIFIED"
    ACCEPTED_WITH_RISK = "ACCEPTED_WITH_RISK"
    UNDER_REVIEW = "UNDER_REVIEW"
    NOT_QUALIFIED = "NOT_QUALIFIED"
