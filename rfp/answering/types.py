"""What answers rest on, and what a drafted answer is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from evidence.proofs import Proof
from rfp.answering.content import BlankCode, Content
from rfp.answering.place import Placed
from rfp.answering.quotes import Quoter
from rfp.mapping.store import Line
from rfp.mapping.types import Proposal
from rfp.workbook.model import Question
from scoring.results import RequirementResult


class Band(StrEnum):
    READY = "ready"  # decided before, or mapping and proof above the organisation's own line
    SUGGESTED = "suggested"  # a person has to look
    BLANK = "blank"  # with its reason


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryEntry:
    """An approved answer of the library. ``evidence_current`` is false when the evidence it links to has run out."""

    ref: int
    question: str
    answer: str
    comment: str = ""
    owner: str = ""
    reviewed_on: date | None = None
    product: str = ""
    region: str = ""
    under_nda: bool = False
    internal: bool = False
    evidence: str = ""
    evidence_current: bool = True
    in_checklist: bool = False  # it answers what only evidence may answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What one questionnaire's answers rest on.

    ``judged`` gives the states of the requirements for the named AI systems (all of the deal for none).
    ``subjects`` are the kinds of evidence that carry a requirement, apart from those that vouch for them; ``asks`` says
    in words what a requirement wants to be shown.
    """

    on: date
    proofs: Mapping[str, Proof]
    judged: Callable[[frozenset[str]], Mapping[str, RequirementResult]]
    systems: tuple[str, ...]
    subjects: Mapping[str, frozenset[str]]
    quoter: Quoter
    line: Line
    own_line: bool
    library: Mapping[int, LibraryEntry] = field(default_factory=dict)
    asks: Mapping[str, str] = field(default_factory=dict)
    review_months: int = 12
    nda_signed: bool = False
    registered: tuple[str, ...] = ()  # every AI system of the vendor, to tell which one a product names
    region: str = ""  # where the buyer is, if the questionnaire says so


@dataclass(frozen=True, slots=True, kw_only=True)
class Put:
    """A question as it is put to the policy, with its mapping, its sentence vector and how near it is to known ones."""

    question: Question
    proposal: Proposal
    vector: NDArray[np.float32]
    grounding: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    reference: str
    page: int | None = None
    quote: str = ""
    nearness: float = 0.0  # of the passage to the question, as ``quotes`` measures it


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the policy allows to be said, before it meets the cells. ``why`` are sentences for the vendor's people."""

    content: Content
    why: tuple[str, ...]
    code: BlankCode = BlankCode.NONE
    cites: tuple[Cited, ...] = ()
    failed_rules: tuple[str, ...] = ()
    library_ref: int | None = None
    decided_before: bool = False
    quoted: bool = False  # the words are a passage chosen by nearness


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """One answer with the cells it is written to, why it was allowed, or why there is none."""

    said: Said
    placed: Placed
    band: Band
    code: BlankCode
    reason: str
