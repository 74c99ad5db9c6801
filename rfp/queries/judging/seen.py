"""What of a vendor's evidence a buyer may see for a tender: what was granted, or what the buyer keeps itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from evidence import queries as library
from evidence.proofs import Proof
from rfp.models import EvidenceGrant, Participant


def proofs_seen(participant: Participant, *, at: datetime) -> Mapping[str, Proof]:
    """Return by reference the confirmed evidence that counts for the buyer at a time.

    Of a vendor on this platform that is what it granted for this tender, while the grant is active: evidence that
    nobody of the buyer may open proves nothing to them (MG-5). Of a vendor whose papers the buyer keeps it is all.
    """
    among = None
    if participant.is_on_platform:
        grants = EvidenceGrant.objects.of(participant.organisation).active(at=at).filter(tender=participant.tender_id)
        among = list(grants.values_list("evidence_id", flat=True))
    return {proof.reference: proof for proof in library.proofs(participant.organisation, among=among)}
