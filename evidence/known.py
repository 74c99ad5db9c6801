"""What the readers of facts may know of a vendor: its name, its AI systems, the documents of its library."""

from __future__ import annotations

from accounts.models import Organisation
from evidence.models import AISystem, Evidence, EvidenceRevision
from evidence.proposing import Known, KnownDocument


def known_of(organisation: Organisation, *, without: Evidence | None = None) -> Known:
    """Return what is known beside the text; ``without`` leaves a document of the library out, which names itself."""
    latest: dict[int, KnownDocument] = {}
    rows = EvidenceRevision.objects.filter(evidence__organisation=organisation).order_by("evidence_id", "-number")
    for pk, reference, title, facts in rows.values_list("evidence_id", "evidence__reference", "title", "facts"):
        if without is None or pk != without.pk:
            latest.setdefault(
                pk,
                KnownDocument(
                    reference=reference,
                    title=title,
                    version=str(facts.get("version") or ""),
                    number=str(facts.get("number") or ""),
                ),
            )
    systems = AISystem.objects.of(organisation).filter(retired_on=None)
    return Known(
        vendor=organisation.legal_entity or organisation.name,
        systems={system.name: tuple(system.aliases) for system in systems},
        documents=tuple(latest.values()),
    )
