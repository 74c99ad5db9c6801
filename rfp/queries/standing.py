"""How a vendor stands for a deal on a day: every requirement judged, the gate, readiness and what runs out when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from accounts.models import Organisation
from evidence import queries as library
from evidence.catalogs import mandate
from evidence.models import AISystem
from evidence.proofs import Proof
from rfp.models import Questionnaire
from rfp.queries.artefacts import Worth, worth_of
from scoring import exceptions, forecast, readiness, verdict
from scoring.bundle import Setting
from scoring.catalogue import Catalogue
from scoring.judge import judge_requirements
from scoring.results import RequirementResult
from scoring.series import can_supersede, effective_on, is_newer, series_of
from scoring.types import Deal, EvidenceFact, ExceptionFact, Independence


@dataclass(kw_only=True)
class Standing:
    """The judged library of one vendor for one deal on one day."""

    on: date
    catalogue: Catalogue
    deal: Deal
    proofs: Mapping[str, Proof]
    accepted_risks: tuple[ExceptionFact, ...]
    results: Mapping[str, RequirementResult]
    _by_systems: dict[frozenset[str], Mapping[str, RequirementResult]] = field(default_factory=dict)

    @cached_property
    def _setting(self) -> Setting:
        return Setting(library=self.facts, on=self.on, catalogue=self.catalogue, deal=self.deal)

    @property
    def facts(self) -> tuple[EvidenceFact, ...]:
        return tuple(proof.fact for proof in self.proofs.values())

    def judged(self, systems: frozenset[str] = frozenset()) -> Mapping[str, RequirementResult]:
        """Return the states for some of the deal's AI systems; for all of them without names."""
        if not systems or len(systems) == len(self.deal.systems):
            return self.results
        if systems not in self._by_systems:
            part = self.deal.narrowed_to(systems)
            self._by_systems[systems] = judge_requirements(self.facts, on=self.on, catalogue=self.catalogue, deal=part)
        return self._by_systems[systems]

    def gate(self) -> verdict.Gate:
        return verdict.decide(
            self.catalogue, self.results, on=self.on, deal=self.deal, accepted_risks=self.accepted_risks
        )

    def readiness(self, gate: verdict.Gate) -> readiness.Readiness:
        return readiness.assess(self.catalogue, self.results, gate_passed=gate.opens_a_stage)

    def expiries(self) -> tuple[forecast.Expiry, ...]:
        return forecast.expiries(self.catalogue, self.results, on=self.on)

    def outlook(self) -> tuple[forecast.Outlook, ...]:
        """Return the gate on later days, were nothing new shown until then."""
        return forecast.outlook(
            self.facts, on=self.on, catalogue=self.catalogue, deal=self.deal, accepted_risks=self.accepted_risks
        )

    def first_expiry(self) -> forecast.FirstExpiry:
        return forecast.first_expiry(self.catalogue, self.results)

    def counts_until(self, fact: EvidenceFact) -> date | None:
        """Return the last day a document counts for anything."""
        return self._setting.latest_good_day(fact)

    def supports(self, reference: str) -> bool:
        """Return whether an approved answer outside the checklist may rest on a document.

        It must be in the library and active, not replaced by a later one of its series, not too old for its kind, and
        wait for nobody. Who issued it does not matter as long as that is known: a vendor's own policy will do here.
        """
        if reference not in self.proofs:
            return False
        fact = self.proofs[reference].fact
        if fact.needs_review or fact.status.casefold() != "active" or fact.issuer.independence is Independence.UNKNOWN:
            return False
        until = self.counts_until(fact) or fact.dates.get("valid_until") or self.on
        return effective_on(fact, self._setting) <= self.on <= until and not self.is_replaced(fact)

    def is_replaced(self, fact: EvidenceFact) -> bool:
        """Return whether a later document of its series takes its place."""
        entity = self.deal.contracting_entity
        series = series_of(fact, entity)
        return series is not None and any(
            other.kind == fact.kind
            and series_of(other, entity) == series
            and can_supersede(other, self._setting)
            and is_newer(other, fact, self._setting)
            for other in self.facts
        )

    def artefacts(self) -> dict[str, Worth]:
        """Return what each document is worth for the checklist in this deal."""
        return {name: worth_of(proof.fact, self.results, self.catalogue) for name, proof in self.proofs.items()}


def standing(questionnaire: Questionnaire, *, on: date) -> Standing:
    """Judge the vendor's library for the questionnaire's deal on a day."""
    systems = questionnaire.systems.prefetch_related("material_changes")
    return standing_of(questionnaire.organisation, systems, questionnaire.sectors, on=on)


def standing_of(
    organisation: Organisation, systems: Iterable[AISystem], sectors: Sequence[str], *, on: date
) -> Standing:
    """Judge the vendor's library for some AI systems, fetched with their changes, and add-ons on a day."""
    catalogue = mandate.load()
    deal = library.deal(organisation, systems, sectors)
    found = {proof.reference: proof for proof in library.proofs(organisation)}
    facts = tuple(proof.fact for proof in found.values())
    return Standing(
        on=on,
        catalogue=catalogue,
        deal=deal,
        proofs=found,
        accepted_risks=tuple(exceptions.from_evidence(f) for f in facts if f.kind == library.RISK_ACCEPTANCE),
        results=judge_requirements(facts, on=on, catalogue=catalogue, deal=deal),
    )
