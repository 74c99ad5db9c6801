"""Every fact a document offers, each once."""

from __future__ import annotations

from collections.abc import Sequence

from evidence.ingest.types import Document
from evidence.proposing import dates, documents, findings, issuer, kind, people, scope, standard
from evidence.proposing.text import Text
from evidence.proposing.types import Known, Proposal

READERS = (
    kind.read,
    documents.read,
    standard.read,
    issuer.read,
    people.read,
    scope.read,
    dates.read,
    findings.read,
)


def propose(document: Document, known: Known) -> Sequence[Proposal]:
    """Return what the text of a document says of each field of an attestation; a field it is silent on is left out."""
    text = Text(pages=document.pages)
    found: dict[str, Proposal] = {}
    for reader in READERS:
        for proposal in reader(text, known):
            found.setdefault(proposal.field, proposal)
    return tuple(found.values())
