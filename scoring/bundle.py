"""A bundle: the artefacts of one evidence path, judged together for one requirement, system and day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from scoring.catalogue import Catalogue, EvidencePath, Requirement
from scoring.dates import add_months
from scoring.tone import adverse_finding, is_passed
from scoring.types import Deal, EvidenceFact, SystemFact

CERTIFICATE = "iso_certificate"
SURVEILLANCE = "iso_surveillance_report"
SOC2 = "soc2_type2_report"
LETTER = "validation_letter"
# About an organisation, its scope statement says for which systems.
ORGANISATION_WIDE = frozenset({CERTIFICATE, SURVEILLANCE, SOC2})
DECISION_DATES = ("last_audit_decision_on", "issued_on")


@dataclass(frozen=True, kw_only=True)
class Setting:
    """What a judgement is made against: the day, the rules, the deal and everything the vendor has shown.

    What is read from a fact for every requirement anew is read once and kept here.
    """

    on: date
    catalogue: Catalogue
    deal: Deal
    library: tuple[EvidenceFact, ...]

    @cached_property
    def names(self) -> tuple[str, ...]:
        return tuple(system.name for system in self.deal.systems)

    @cached_property
    def adverse(self) -> tuple[tuple[EvidenceFact, str], ...]:
        """The findings of outside bodies against the vendor, each with its words."""
        found = ((fact, adverse_finding(fact)) for fact in self.library if fact.independent)
        return tuple((fact, finding) for fact, finding in found if finding)

    @cached_property
    def _anchors(self) -> dict[str, date | None]:
        return {fact.id: self._anchor(fact) for fact in self.library}

    def anchor(self, fact: EvidenceFact) -> date | None:
        """Return the day a fact's age counts from; a passed surveillance audit refreshes its certificate."""
        return self._anchors[fact.id] if fact.id in self._anchors else self._anchor(fact)

    def _anchor(self, fact: EvidenceFact) -> date | None:
        if fact.kind == CERTIFICATE:
            return self._certificate_anchor(fact)
        if fact.kind == SOC2:
            return fact.dates.get(self.catalogue.parameters.soc2_age_anchor)
        return fact.dates.get(self.anchor_name(fact.kind))

    def anchor_name(self, kind: str) -> str:
        known = self.catalogue.kinds.get(kind)
        return known.age_anchor if known else "issued_on"

    def _certificate_anchor(self, fact: EvidenceFact) -> date | None:
        days = [fact.dates.get(name) for name in DECISION_DATES]
        days += [decided_on(report) for report in self.library if refreshes(report, fact)]
        known = [day for day in days if day is not None and day <= self.on]
        # A certificate that starts in the future has no earlier anchor: its own date stands.
        return max(known) if known else fact.dates.get("issued_on")

    def latest_good_day(self, fact: EvidenceFact) -> date | None:
        """Return min(valid until, anchor + twelve months), the last day on which the fact counts (DOMAIN 5.4)."""
        anchor = self.anchor(fact)
        if anchor is None:
            return None
        parameters = self.catalogue.parameters
        months = parameters.exercise_months if fact.kind == "exercise_report" else parameters.max_age_months
        limit = add_months(anchor, months)
        until = fact.dates.get("valid_until")
        return min(limit, until) if until else limit

    def kind_title(self, kind: str) -> str:
        known = self.catalogue.kinds.get(kind)
        return known.title if known else kind.replace("_", " ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """The first fact is the subject, the others stand by it; ``superseded_by`` is a newer one of its series."""

    requirement: Requirement
    path: EvidencePath
    facts: tuple[EvidenceFact, ...]
    setting: Setting
    system: SystemFact | None = None
    superseded_by: EvidenceFact | None = None

    @property
    def subject(self) -> EvidenceFact:
        return self.facts[0]

    @property
    def on(self) -> date:
        return self.setting.on

    @property
    def systems(self) -> tuple[SystemFact, ...]:
        """The systems that are asked about: one, or all of the deal."""
        return (self.system,) if self.system else self.setting.deal.systems

    @property
    def validators(self) -> tuple[EvidenceFact, ...]:
        """The independent artefacts that vouch for the subject."""
        return tuple(fact for fact in self.facts[1:] if fact.independent)

    @property
    def proof(self) -> EvidenceFact:
        """The artefact whose issuer and assessor count: the validation of a vendor's document, else itself."""
        if not self.subject.independent and self.validators:
            return self.validators[0]
        return self.subject

    def of_kind(self, kind: str) -> EvidenceFact | None:
        return next((fact for fact in self.facts if fact.kind == kind), None)


def are_linked(one: EvidenceFact, other: EvidenceFact) -> bool:
    return other.id in one.links or one.id in other.links


def decided_on(report: EvidenceFact) -> date | None:
    return next((report.dates[name] for name in DECISION_DATES if name in report.dates), None)


def refreshes(report: EvidenceFact, certificate: EvidenceFact) -> bool:
    """Return whether a surveillance or recertification audit was passed and belongs to the certificate."""
    return (
        report.kind == SURVEILLANCE
        and are_linked(report, certificate)
        and same_standard(report.scheme, certificate.scheme)
        and report.independent
        and is_passed(report)
    )


def same_standard(left: str, right: str) -> bool:
    return not left or not right or _base(left) == _base(right)


def _base(scheme: str) -> str:
    return scheme.split(":")[0].replace(" ", "").replace("/IEC", "").casefold()
