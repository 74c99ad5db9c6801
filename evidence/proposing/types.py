"""What is proposed, and what a reader may know of the vendor beside the text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Value = str | tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A fact of the attestation. ``sure`` tells whether the quote says it, or a person has to take it over."""

    field: str  # as in the vendor file, nested names joined by a dot: issuer.accreditation.body
    value: Value
    page: int
    quote: str
    sure: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownDocument:
    """A document of the library that another may name."""

    reference: str
    title: str
    version: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The vendor, its AI systems with the other names they go by, and the documents of its library."""

    vendor: str = ""
    systems: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    documents: tuple[KnownDocument, ...] = ()
