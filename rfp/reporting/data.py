"""Everything a report says, as plain data: gathered once, written as Word and as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemLine:
    name: str
    kind: str
    in_production_since: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryLine:
    """One of the five categories of the checklist. ``state`` is passed, failed, under_review or not_assessed."""

    id: str
    title: str
    state: str
    readiness: int | None
    requirements_met: int
    requirements_applicable: int
    expires_on: date | None
    questions: int
    questions_answered: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    rule: str
    rule_title: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GapLine:
    """A requirement that is not met, why, and what closes it. Weeks are the catalogue's lead times."""

    requirement: str
    title: str
    category: str
    severity: str
    state: str
    systems: tuple[str, ...]
    problems: tuple[Problem, ...]
    closes: str
    weeks_least: int
    weeks_typical: int
    weeks_most: int
    covered_by_exception: str
    questions: tuple[str, ...]  # places in the workbook: "Security!C12"


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningLine:
    requirement: str
    rule: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpiryLine:
    """When a requirement that is met stops being met. ``status`` is ok, start_now or late."""

    requirement: str
    title: str
    category: str
    rests_on: str
    expires_on: date
    start_by: date | None
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlookLine:
    days: int
    on: date
    verdict: str
    lost: tuple[str, ...]  # requirements no longer met on that day without new evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationLine:
    reference: str
    revision: int
    title: str
    issuer: str
    dated: date | None
    page: int | None
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerLine:
    """One question with its answer as written, or why it was left blank."""

    place: str  # sheet and cell of the question
    sheet: str
    number: str
    section: str
    question: str
    value: str  # yes, no, partial, not_applicable, needs_information
    written: str  # what stands in the answer cell
    comment: str
    remark: str  # the comment without the documents it names: the citations name them
    band: str  # ready, suggested, blank
    approved: bool
    reason: str
    why_blank: str  # the kind of reason, as in ``BlankReason``; nothing if it was answered
    category: str
    requirements: tuple[str, ...]
    controls: tuple[str, ...]
    confidence: float
    polarity: str
    citations: tuple[CitationLine, ...]
    library_answer: str  # the approved question it was answered from
    written_by: str = ""  # the person whose words these are; nothing for the machine's
    unsupported: bool = False  # a person says more than the evidence shows
    override_reason: str = ""  # why it is said all the same


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceLine:
    reference: str
    revision: int
    kind: str
    title: str
    issuer: str
    dated: date | None
    counts_until: date | None
    verdict: str  # accepted, accepted_with_warnings, partly_accepted, rejected, needs_review, not_used
    satisfies: tuple[str, ...]
    problems: tuple[Problem, ...]
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExceptionLine:
    reference: str
    requirements: tuple[str, ...]
    approver: str
    expires_on: date | None
    residual_risk: str
    active: bool
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BlankReason:
    reason: str
    count: int
    advice: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Versions:
    product: str
    catalogue: str
    catalogue_digest: str
    mapping: str
    calibration: str  # in words: whose decisions the line was set from


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportData:
    vendor: str
    legal_entity: str
    buyer: str
    title: str
    file_name: str
    file_sha256: str
    stage: str
    as_of: date
    draft: bool
    approved_by: str
    systems: tuple[SystemLine, ...]
    sectors: tuple[str, ...]
    verdict: str  # QUALIFIED, ACCEPTED_WITH_RISK, UNDER_REVIEW, NOT_QUALIFIED
    verdict_reasons: tuple[str, ...]
    readiness: int | None
    categories: tuple[CategoryLine, ...]
    addons: tuple[CategoryLine, ...]
    gaps: tuple[GapLine, ...]
    warnings: tuple[WarningLine, ...]
    exceptions: tuple[ExceptionLine, ...]
    expiries: tuple[ExpiryLine, ...]
    outlook: tuple[OutlookLine, ...]
    answers: tuple[AnswerLine, ...]
    evidence: tuple[EvidenceLine, ...]
    blanks: tuple[BlankReason, ...]
    first_steps: tuple[str, ...]
    file_notes: tuple[str, ...]  # what a person should know about the buyer's file
    fidelity: str
    versions: Versions

    def count(self, band: str) -> int:
        return sum(1 for answer in self.answers if answer.band == band)
