"""What proves an item of a framework: the kinds of evidence that count, and the documents of the library."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from accounts.models import Organisation
from evidence import shelf
from evidence.catalogs import mandate
from rfp.reporting import words
from scoring.catalogue import Catalogue, Requirement, Rule
from scoring.types import Independence

ISSUED_BY: Mapping[Independence, str] = {
    Independence.THIRD_PARTY_ISSUED: "A third party issues it. What the vendor writes never counts.",
    Independence.THIRD_PARTY_VALIDATED: "The vendor's own document counts once a third party has validated it.",
    Independence.BUYER_ISSUED: "Only the buyer can grant it.",
    Independence.INHERITED: "It counts as the assessment does that it belongs to.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way to prove a requirement: the kinds of evidence that are needed together."""

    kinds: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """A requirement in words: what it asks for, which evidence counts, by which rules."""

    requirement: Requirement
    issued_by: str
    ways: Sequence[Way]
    hard: Sequence[Rule]
    soft: Sequence[Rule]
    takes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document of the library; it proves ``proves``. Where that is empty it is of a kind that could."""

    item: shelf.Item
    proves: Sequence[str]


def rules_of(ref: str) -> Rules | None:
    """Return a requirement of the checklist in words; None for anything else."""
    catalogue = mandate.load()
    requirement = catalogue.requirements.get(ref)
    if requirement is None:
        return None
    rules = [catalogue.rules[name] for name in requirement.rules if name in catalogue.rules]
    lead = requirement.lead_time
    return Rules(
        requirement=requirement,
        issued_by=ISSUED_BY.get(requirement.independence, ""),
        ways=[Way(kinds=[_kind(catalogue, kind) for kind in path.needs]) for path in requirement.paths],
        hard=[rule for rule in rules if rule.hard],
        soft=[rule for rule in rules if not rule.hard],
        takes=words.weeks(lead.least, lead.typical, lead.most) if lead.most else "",
    )


def documents_for(organisation: Organisation, refs: Sequence[str], *, on: date) -> list[Document]:
    """Return the documents that prove any of the requirements on a day, then those of a kind that could."""
    catalogue = mandate.load()
    wanted = [catalogue.requirements[ref] for ref in refs if ref in catalogue.requirements]
    kinds = {kind for requirement in wanted for kind in requirement.kinds}
    found = []
    for item in shelf.items(organisation, on=on):
        proves = [ref for ref in refs if item.worth and item.verdict != shelf.WITHDRAWN and ref in item.worth.satisfies]
        if proves or (item.kind in kinds and item.verdict != shelf.WITHDRAWN):
            found.append(Document(item=item, proves=proves))
    return sorted(found, key=lambda document: (not document.proves, document.item.reference))


def _kind(catalogue: Catalogue, kind: str) -> str:
    known = catalogue.kinds.get(kind)
    return known.title if known else kind.replace("_", " ")
