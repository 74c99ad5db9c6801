"""Reading the evidence library; every query begins from the organisation."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from accounts.models import Organisation
from evidence.catalogs.attestation import parse_evidence
from evidence.models import AISystem, AnswerState, Evidence, EvidenceRevision, LibraryAnswer, Passage
from evidence.proofs import Proof, Shelf
from evidence.vectors import unpack
from scoring.catalogue import Catalogue
from scoring.types import Deal, EvidenceFact, SystemFact

RISK_ACCEPTANCE = "risk_acceptance"
# What the judge reads of a document beside the facts that a person confirmed: its first fifteen pages or so.
LONGEST_TEXT = 40_000


class SectorUnknown(Exception):
    """A profile names an add-on that the catalogue does not have."""


class SystemUnknown(Exception):
    """A deal names an AI system that the vendor has not registered."""


def proofs(organisation: Organisation, *, among: Collection[int] | None = None) -> tuple[Proof, ...]:
    """Return what the judge may use: of each evidence not withdrawn, its latest revision that a person confirmed.

    ``among`` names the evidence to choose from, by id; without it, all there is.
    """
    revisions = (
        EvidenceRevision.objects.filter(
            evidence__organisation=organisation, evidence__withdrawn_at=None, confirmed_at__isnull=False
        )
        .select_related("evidence", "file")
        .order_by("evidence__reference", "-number")
    )
    if among is not None:
        revisions = revisions.filter(evidence_id__in=among)
    latest: dict[int, EvidenceRevision] = {}
    for revision in revisions:
        latest.setdefault(revision.evidence_id, revision)
    texts = _texts_of(latest.values())
    return tuple(_proof(revision, texts[revision.pk]) for revision in latest.values())


def _proof(revision: EvidenceRevision, text: str) -> Proof:
    return Proof(
        revision_id=revision.pk,
        reference=revision.evidence.reference,
        revision=revision.number,
        file_name=revision.file.name if revision.file else "",
        sha256=revision.file.sha256 if revision.file else "",
        verified=revision.verified_at is not None,
        fact=_fact(revision, text),
    )


def _fact(revision: EvidenceRevision, text: str) -> EvidenceFact:
    """Return the fact; one without its document is for a person: a claim is no proof."""
    fact = replace(parse_evidence(revision.facts), revision=revision.number, document_text=text)
    if revision.file is None and not fact.needs_review:
        return replace(fact, needs_review=f"No document is stored for “{fact.title}”.")
    return fact


def facts_of(revisions: Sequence[EvidenceRevision]) -> dict[int, EvidenceFact]:
    """Return what each revision says, with its document, as the judge would see it."""
    texts = _texts_of(revisions)
    return {revision.pk: _fact(revision, texts[revision.pk]) for revision in revisions}


def _texts_of(revisions: Iterable[EvidenceRevision]) -> dict[int, str]:
    """Return for each revision the text it was recorded with, else that of its file's passages."""
    texts = {revision.pk: str(revision.facts.get("document_text") or "") for revision in revisions}
    read: dict[int, list[str]] = {pk: [] for pk, text in texts.items() if not text}
    length = dict.fromkeys(read, 0)
    rows = Passage.objects.filter(revision_id__in=list(read)).order_by("revision_id", "sequence")
    for revision_id, text in rows.values_list("revision_id", "text").iterator():
        if length[revision_id] <= LONGEST_TEXT:
            read[revision_id].append(text)
            length[revision_id] += len(text)
    return texts | {pk: "\n".join(parts) for pk, parts in read.items()}


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


def deal(
    organisation: Organisation,
    systems: Iterable[AISystem],
    sectors: Sequence[str],
    *,
    registered: Iterable[str] | None = None,
) -> Deal:
    """Return the deal as the judge sees it; ``registered`` spares asking for the names of the vendor's AI systems."""
    systems = list(systems)
    asked = {system.name for system in systems}
    if registered is None:
        registered = AISystem.objects.of(organisation).order_by("name").values_list("name", flat=True)
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
        siblings=tuple(name for name in registered if name not in asked),
    )


def known_sectors(catalogue: Catalogue, names: Sequence[str]) -> list[str]:
    """Return the add-ons of a buyer's profile, each once.

    :raises SectorUnknown: if one is not in the catalogue; the text lists those there are
    """
    known = sorted({requirement.sector for requirement in catalogue.requirements.values() if requirement.sector})
    for name in names:
        if name not in known:
            raise SectorUnknown(f"{name!r} is no add-on of the catalogue. Known: {', '.join(known)}.")
    return sorted(set(names))


def system_names(organisation: Organisation) -> tuple[str, ...]:
    """Return every AI system of the vendor, those that are no longer offered too."""
    return tuple(AISystem.objects.of(organisation).values_list("name", flat=True))


def answers_in_use(organisation: Organisation) -> list[LibraryAnswer]:
    """Return the answers that a person approved; a change that waits for approval is not in use."""
    approved = LibraryAnswer.objects.of(organisation).filter(state=AnswerState.APPROVED)
    return list(approved.select_related("evidence").order_by("pk"))


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
