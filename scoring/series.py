"""Which artefacts replace one another: the newer of a series supersedes the older from its own date (G-11)."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable
from datetime import date
from functools import lru_cache

from scoring.bundle import CERTIFICATE, SOC2, Setting
from scoring.types import EvidenceFact, Independence

# The newer one is of the wrong kind, incomplete or cannot be verified: the older may count again meanwhile.
FORMAL = frozenset({"R-KIND", "R-COMPLETE", "R-ASSESSOR", "R-ACCRED"})
# What an artefact states; two of one series and day that differ here contradict each other (G-12).
STATED = {
    "scheme": "the standard",
    "legal_entity": "the legal entity",
    "ai_systems": "the AI systems",
    "opinion": "the opinion",
    "result": "the result",
    "status": "the status",
    "findings": "the findings",
}
_DRAFT = ("draft", "planned", "proposed")


@lru_cache(maxsize=4096)
def series_of(fact: EvidenceFact, contracting_entity: str) -> Hashable | None:
    """Return what makes artefacts one series, None where nothing says so.

    Two tests by one firm are two tests; only a number or a series that a person entered makes them one. An
    organisation has one certificate per standard and one SOC 2 report per auditor and year.
    """
    if fact.series:
        return (fact.kind, fact.series.casefold())
    issuer, standard = fact.issuer.name.casefold(), fact.scheme.split(":")[0].casefold()
    if fact.number:
        return (fact.kind, issuer, standard, fact.number.casefold())
    if fact.kind in (CERTIFICATE, SOC2) and issuer:
        entity = fact.legal_entity or contracting_entity
        return (fact.kind, issuer, standard, entity.casefold(), _without_dates(fact.title))
    if fact.version:
        return (fact.kind, issuer, _without_dates(fact.title), fact.ai_systems)
    return None


def _without_dates(title: str) -> str:
    """Return a title without version, year and month, which tell the members of a series apart."""
    return re.sub(r"[\W\d_]+|\bv(?:ersion)?\b", " ", title.casefold()).strip()


def effective_on(fact: EvidenceFact, setting: Setting) -> date:
    names = ("valid_from", "issued_on", "approved_on", setting.anchor_name(fact.kind))
    return next((fact.dates[name] for name in names if name in fact.dates), date.min)


def newest_first(facts: Iterable[EvidenceFact], setting: Setting) -> list[EvidenceFact]:
    return sorted(facts, key=lambda fact: (effective_on(fact, setting), fact.revision, fact.id), reverse=True)


def can_supersede(fact: EvidenceFact, setting: Setting) -> bool:
    """Return whether an artefact is in effect; a draft or a future certificate replaces nothing yet."""
    start = effective_on(fact, setting)
    return fact.status.casefold() not in _DRAFT and date.min < start <= setting.on


def is_newer(one: EvidenceFact, other: EvidenceFact, setting: Setting) -> bool:
    return (effective_on(one, setting), one.revision) > (effective_on(other, setting), other.revision)


def formal_rules(fact: EvidenceFact) -> frozenset[str]:
    """Return the rules whose failure says that an artefact cannot be used, not that it shows something bad."""
    unverified = fact.issuer.independence is Independence.UNKNOWN
    return FORMAL | {"R-INDEP"} if unverified else FORMAL


def contradiction(fact: EvidenceFact, setting: Setting) -> str:
    """Return how another copy of the same artefact contradicts this one, empty for not at all."""
    entity = setting.deal.contracting_entity
    series = series_of(fact, entity)
    if series is None:
        return ""
    for other in setting.library:
        if other.kind != fact.kind or other.id == fact.id or series_of(other, entity) != series:
            continue
        if (effective_on(other, setting), other.version) != (effective_on(fact, setting), fact.version):
            continue
        for name, words in STATED.items():
            mine, theirs = getattr(fact, name), getattr(other, name)
            if mine and theirs and mine != theirs:
                return f"“{fact.title}” ({fact.id}) and “{other.title}” ({other.id}) contradict each other on {words}."
        ends = fact.dates.get("valid_until"), other.dates.get("valid_until")
        if all(ends) and ends[0] != ends[1]:
            return f"“{fact.title}” ({fact.id}) and “{other.title}” ({other.id}) contradict each other on the end date."
    return ""
