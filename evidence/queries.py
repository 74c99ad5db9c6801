"""Reading the evidence library; every query begins from the organisation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from accounts.models import Organisation
from evidence.catalogs.attestation import parse_evidence
from evidence.models import AISystem, Evidence, EvidenceRevision, LibraryAnswer, Passage
from evidence.proofs import Proof, Shelf
from evidence.vectors import unpack
from scoring.types import Deal, SystemFact

RISK_ACCEPTANCE = "risk_acceptance"
# What the judge reads of a document beside the facts that a person confirmed: its first forty pages or so.
LONGEST_TEXT = 100_000


class SystemUnknown(Exception):
    """A deal names an AI system that the vendor has not registered."""


def proofs(organisation: Organisation) -> tuple[Proof, ...]:
    """Return what the judge may use: of each evidence not withdrawn, its latest revision that a person confirmed."""
    revisions = (
        EvidenceRevision.objects.filter(
            evidence__organisation=organisation, evidence__withdrawn_at=None, confirmed_at__isnull=False
        )
        .select_related("evidence", "file")
        .order_by("evidence__reference", "-number")
    )
    latest: dict[int, EvidenceRevision] = {}
    for revision in revisions:
        latest.setdefault(revision.evidence_id, revision)
    return tuple(_proof(revision) for revision in latest.values())


def _proof(revision: EvidenceRevision) -> Proof:
    return Proof(
        revision_id=revision.pk,
        reference=revision.evidence.reference,
        revision=revision.number,
        file_name=revision.file.name if revision.file else "",
        sha256=revision.file.sha256 if revision.file else "",
        verified=revision.verified_at is not None,
        fact=replace(parse_evidence(revision.facts), revision=revision.number, document_text=_text_of(revision)),
    )


def _text_of(revision: EvidenceRevision) -> str:
    """Return the text the attestation was recorded with, else that of its file's passages."""
    recorded = str(revision.facts.get("document_text") or "")
    if recorded:
        return recorded
    texts: list[str] = []
    length = 0
    for text in revision.passages.order_by("sequence").values_list("text", flat=True).iterator():
        texts.append(text)
        length += len(text)
        if length > LONGEST_TEXT:
            break
    return "\n".join(texts)


def systems_named(organisation: Organisation, names: Sequence[str]) -> list[AISystem]:
    """Return the AI systems of those names; without names, all that are in use.

    :raises SystemUnknown: if one is not registered; the text lists those there are
    """
    registered = {row.name.casefold(): row for row in AISystem.objects.of(organisation).filter(retired_on=None)}
    if not names:
        return list(registered.values())
    for name in names:
        if name.casefold() not in registered:
            known = ", ".join(row.name for row in registered.values()) or "none yet"
            raise SystemUnknown(f"{organisation} has no AI system named {name!r}. Registered: {known}.")
    return [registered[name.casefold()] for name in names]


def deal(organisation: Organisation, systems: Iterable[AISystem], sectors: Sequence[str]) -> Deal:
    """Return the deal as the judge sees it."""
    return Deal(
        vendor=organisation.legal_entity or organisation.name,
        contracting_entity=organisation.legal_entity or organisation.name,
        sectors=frozenset(sectors),
        systems=tuple(
            SystemFact(
                name=system.name,
                takes_prompts=system.takes_prompts,
                uses_tools=system.uses_tools,
                high_impact=system.high_impact,
                domain=system.domain,
                in_production_since=system.in_production_since,
                material_changes=tuple(change.happened_on for change in system.material_changes.all()),
            )
            for system in systems
        ),
    )


def answers_in_use(organisation: Organisation) -> list[LibraryAnswer]:
    return list(
        LibraryAnswer.objects.of(organisation).filter(retired_at=None).select_related("evidence").order_by("pk")
    )


def shelves(organisation: Organisation, revision_ids: Iterable[int]) -> dict[int, Shelf]:
    """Return the encoded passages of the given revisions."""
    rows = (
        Passage.objects.of(organisation)
        .filter(revision_id__in=list(revision_ids), embedding__isnull=False)
        .order_by("revision_id", "sequence")
        .values_list("revision_id", "page", "text", "embedding")
    )
    grouped: dict[int, list[tuple[int, str, bytes]]] = {}
    for revision_id, page, text, embedding in rows:
        grouped.setdefault(revision_id, []).append((page, text, bytes(embedding or b"")))
    return {
        revision_id: Shelf(
            pages=tuple(page for page, _, _ in items),
            texts=tuple(text for _, text, _ in items),
            vectors=unpack([embedding for _, _, embedding in items]),
        )
        for revision_id, items in grouped.items()
    }


def evidence_references(organisation: Organisation) -> frozenset[str]:
    return frozenset(Evidence.objects.of(organisation).values_list("reference", flat=True))
