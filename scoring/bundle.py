"""A bundle: the artefacts of one evidence path, judged together for one requirement, system and day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from scoring.catalogue import Catalogue, EvidencePath, Requirement
from scoring.dates import add_months
from scoring.types import Deal, EvidenceFact, Independence, SystemFact

CERTIFICATE = "iso_certificate"
SURVEILLANCE = "iso_surveillance_report"
SOC2 = "soc2_type2_report"
LETTER = "validation_letter"
# Kinds of an outside body that validate a vendor document when they name it in its version.
VALIDATING_KINDS = frozenset({LETTER, SURVEILLANCE, CERTIFICATE, SOC2, "retest_letter"})
PASSED_RESULTS = frozenset({"", "passed", "pass", "maintained", "conform", "conforms", "positive", "continued"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    requirement: Requirement
    path: EvidencePath
    facts: tuple[EvidenceFact, ...]
    on: date
    catalogue: Catalogue
    deal: Deal
    system: SystemFact | None = None
    library: tuple[EvidenceFact, ...] = ()

    @property
    def subject(self) -> EvidenceFact:
        return self.facts[0]

    @property
    def validators(self) -> tuple[EvidenceFact, ...]:
        """The independent artefacts that vouch for the subject."""
        return tuple(fact for fact in self.facts[1:] if fact.kind in VALIDATING_KINDS and fact.independent)

    @property
    def proof(self) -> EvidenceFact:
        """The artefact whose issuer and assessor count: the validation of a vendor's document, else itself."""
        if not self.subject.independent and self.validators:
            return self.validators[0]
        return self.subject

    @property
    def text(self) -> str:
        return "\n".join(fact.text for fact in self.facts)

    def of_kind(self, kind: str) -> EvidenceFact | None:
        return next((fact for fact in self.facts if fact.kind == kind), None)

    def anchor(self, fact: EvidenceFact) -> date | None:
        """Return the day a fact's age counts from; a passed surveillance audit refreshes its certificate."""
        return anchor_of(fact, self.catalogue, self.library or self.facts, on=self.on)


def anchor_of(
    fact: EvidenceFact, catalogue: Catalogue, library: Iterable[EvidenceFact], *, on: date | None = None
) -> date | None:
    kind = catalogue.kinds.get(fact.kind)
    name = kind.age_anchor if kind else "issued_on"
    if fact.kind == CERTIFICATE:
        days = [fact.dates.get("issued_on"), fact.dates.get("last_audit_decision_on")]
        days += [
            report.dates.get("issued_on")
            for report in library
            if report.kind == SURVEILLANCE
            and (report.id in fact.links or fact.id in report.links)
            and same_standard(report.scheme, fact.scheme)
            and report.independent
            and report.result.casefold() in PASSED_RESULTS
            and not report.open_nonconformities
        ]
        known = [day for day in days if day is not None and (on is None or day <= on)]
        # A certificate that starts in the future has no earlier anchor: its own date stands.
        return max(known) if known else fact.dates.get("issued_on")
    if fact.kind == SOC2:
        name = catalogue.parameters.soc2_age_anchor
    return fact.dates.get(name)


def same_standard(left: str, right: str) -> bool:
    return not left or not right or _base(left) == _base(right)


def _base(scheme: str) -> str:
    return scheme.split(":")[0].replace(" ", "").casefold()


def last_good_day(fact: EvidenceFact, bundle: Bundle) -> date | None:
    """Return min(valid until, anchor + twelve months), the last day on which the fact counts (DOMAIN 5.4)."""
    anchor = bundle.anchor(fact)
    if anchor is None:
        return None
    limit = add_months(anchor, bundle.catalogue.parameters.max_age_months)
    until = fact.dates.get("valid_until")
    return min(limit, until) if until else limit


def counts_as_vendor(independence: Independence) -> bool:
    return independence not in (Independence.THIRD_PARTY_ISSUED, Independence.BUYER_ISSUED)
