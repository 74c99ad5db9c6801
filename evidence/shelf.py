"""The evidence library as its pages list it: one row a document, in its latest revision, with what it is worth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from accounts.models import Organisation
from evidence.catalogs import mandate
from evidence.judged import Remark, Worth, judged
from evidence.models import EvidenceRevision, OutsideCheck
from scoring.results import AGE_RULES

SOON = timedelta(days=90)
WITHDRAWN, UNCONFIRMED = "withdrawn", "unconfirmed"
# What needs a hand comes first.
ORDER = (
    "rejected",
    "needs_review",
    UNCONFIRMED,
    "partly_accepted",
    "accepted_with_warnings",
    "accepted",
    WITHDRAWN,
)
NEVER = date.max


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A document of the library. ``verdict`` is that of the judge, or why there is none."""

    pk: int
    reference: str
    title: str
    kind: str
    kind_title: str
    issuer: str
    issued_on: date | None
    revision: int
    verified: bool
    verdict: str
    worth: Worth | None
    on: date

    @property
    def waits_for_second(self) -> bool:
        return not self.verified and self.verdict not in (UNCONFIRMED, WITHDRAWN)

    @property
    def counts_until(self) -> date | None:
        return self.worth.counts_until if self.worth else None

    @property
    def first_remark(self) -> Remark | None:
        """Return what to look at first: that it has lapsed, else what stands in the way of most requirements."""
        if self.worth is None or self.worth.satisfies:
            return None
        failed = sorted(
            self.worth.failed,
            key=lambda remark: (self.lapsed and remark.rule in AGE_RULES, len(remark.requirements)),
            reverse=True,
        )
        return next(iter((*failed, *self.worth.reviews)), None)

    @property
    def lapsed(self) -> bool:
        return self.counts_until is not None and self.counts_until < self.on

    @property
    def lapses_soon(self) -> bool:
        return self.counts_until is not None and self.on <= self.counts_until <= self.on + SOON


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """Which documents to list, and in which order; an empty field asks for all."""

    text: str = ""
    kind: str = ""
    verdict: str = ""
    lapses: str = ""  # soon, or past
    second: str = ""  # waits for a second person to verify it
    order: str = ""


def items(organisation: Organisation, *, on: date) -> list[Item]:
    """Return every document of the library in its latest revision, by reference."""
    worth = judged(organisation, on=on)
    rows = (
        EvidenceRevision.objects.filter(evidence__organisation=organisation)
        .select_related("evidence")
        .defer("facts")
        .order_by("evidence__reference", "-number")
    )
    latest: dict[int, EvidenceRevision] = {}
    for row in rows:
        latest.setdefault(row.evidence_id, row)
    return [to_item(row, worth, on) for row in latest.values()]


def sought(found: Sequence[Item], wanted: Sought) -> list[Item]:
    """Return the documents that fit, in the order asked for; ties by reference."""
    words = wanted.text.casefold().split()
    fitting = [
        item
        for item in found
        if (not wanted.kind or item.kind == wanted.kind)
        and (not wanted.verdict or item.verdict == wanted.verdict)
        and (wanted.lapses != "soon" or item.lapses_soon)
        and (not wanted.second or item.waits_for_second)
        and (wanted.lapses != "past" or item.lapsed)
        and all(word in f"{item.reference} {item.title} {item.issuer} {item.kind_title}".casefold() for word in words)
    ]
    keys = {
        "": lambda item: item.counts_until or NEVER,
        "verdict": lambda item: ORDER.index(item.verdict),
        "kind": lambda item: item.kind_title.casefold(),
        "issuer": lambda item: item.issuer.casefold(),
        "reference": lambda item: "",
    }
    return sorted(sorted(fitting, key=lambda item: item.reference), key=keys[wanted.order])


def verdict_counts(found: Sequence[Item]) -> list[tuple[str, int]]:
    """Return how many documents stand where, what needs a hand first."""
    counted = Counter(item.verdict for item in found)
    return [(name, counted[name]) for name in ORDER if counted[name]]


def kinds_of(found: Sequence[Item]) -> list[tuple[str, str]]:
    return sorted({(item.kind, item.kind_title) for item in found}, key=lambda pair: pair[1])


def revision_of(organisation: Organisation, pk: int) -> EvidenceRevision | None:
    return (
        EvidenceRevision.objects.filter(pk=pk, evidence__organisation=organisation)
        .select_related("evidence__organisation", "file")
        .first()
    )


def check_of(organisation: Organisation, pk: int) -> OutsideCheck | None:
    return (
        OutsideCheck.objects.filter(pk=pk, revision__evidence__organisation=organisation)
        .select_related("revision", "screenshot")
        .first()
    )


def to_item(row: EvidenceRevision, worth: Mapping[str, Worth], on: date) -> Item:
    """Return the row of a revision that was fetched with its evidence; ``worth`` is that of the whole library."""
    known = mandate.load().kinds.get(row.kind)
    found = worth.get(row.evidence.reference)
    verdict = found.verdict if found else UNCONFIRMED
    return Item(
        pk=row.evidence_id,
        reference=row.evidence.reference,
        title=row.title,
        kind=row.kind,
        kind_title=known.title if known else row.kind.replace("_", " "),
        issuer=row.issuer,
        issued_on=row.issued_on,
        revision=row.number,
        verified=row.verified_at is not None,
        verdict=verdict if row.evidence.withdrawn_at is None else WITHDRAWN,
        worth=found,
        on=on,
    )
