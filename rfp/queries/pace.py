"""How the work goes: days from receipt to sent, how much of what the machine proposed people keep, and why blanks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, CharField, Count, F, FilteredRelation, Min, Q, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import Organisation
from rfp.models import Band, MappingStatus, Questionnaire, Response, ResponseStatus
from rfp.reporting.figures import Kept, Month, by_month, likely_range, median, top

MONTHS = 6
MOST_REASONS = 5
# How sure the mapping said it was, the surest first.
SURE = (("90", 0.9), ("80", 0.8), ("70", 0.7))
SURENESS = {"90": "90 % and more", "80": "80 to 90 %", "70": "70 to 80 %", "0": "below 70 %"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """Days from the day a file came in to the day its first version was sent."""

    sent: int
    median: float | None
    months: Sequence[Month]
    open: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Proposals of a band or a range of confidence, and what people made of them."""

    name: str
    kept: Kept

    @property
    def range(self) -> tuple[float, float] | None:
        return likely_range(self.kept)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why questions of open questionnaires are blank, and where."""

    code: str
    count: int
    places: Sequence[tuple[int, str, int]]  # questionnaire, its title, how many


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """What the machine proposed to all questions that were drafted."""

    questions: int
    answered: int
    bands: Sequence[Group]
    sureness: Sequence[Group]
    reasons: Sequence[Reason]
    blanks: int

    @property
    def all(self) -> Kept:
        return sum((group.kept for group in self.bands), Kept())


def pace_of(organisation: Organisation, *, on: date) -> Pace:
    rows = Questionnaire.objects.of(organisation).annotate(first_sent_on=Min("releases__sent_on"))
    sent, open_ones = [], 0
    for created_at, sent_on in rows.values_list("created_at", "first_sent_on").order_by():
        if sent_on is None:
            open_ones += 1
        else:
            sent.append((sent_on, max(0, (sent_on - timezone.localdate(created_at)).days)))
    return Pace(
        sent=len(sent),
        median=median(days for _, days in sent),
        months=by_month(sent, until=on, months=MONTHS),
        open=open_ones,
    )


def machine_of(organisation: Organisation, open_titles: Mapping[int, str]) -> Machine:
    """Count what the machine proposed and what people made of it, in one query; blanks in the questionnaires named.

    A person's answer counts with what the machine had proposed before; a blank that a person filled was no proposal.
    """
    rows = _grouped(organisation)
    bands: dict[str, Kept] = defaultdict(Kept)
    sureness: dict[str, Kept] = defaultdict(Kept)
    for row in rows:
        kept = _kept(row)
        bands[row["proposed"]] += kept
        if row["proposed"] != Band.BLANK:
            sureness[row["sure"]] += kept
    questions = sum(kept.proposed for kept in bands.values())
    blank = bands.pop(Band.BLANK, Kept())
    reasons, blanks = _reasons(rows, open_titles)
    return Machine(
        questions=questions,
        answered=questions - blank.proposed,
        bands=[Group(name=name, kept=bands[name]) for name in (Band.READY, Band.SUGGESTED) if name in bands],
        sureness=[Group(name=label, kept=sureness[name]) for name, label in SURENESS.items() if name in sureness],
        reasons=reasons,
        blanks=blanks,
    )


def _grouped(organisation: Organisation) -> list[Mapping[str, Any]]:
    bins = [When(mapping__decisive_confidence__gte=least, then=Value(name)) for name, least in SURE]
    rows: Any = (
        Response.objects.filter(question__questionnaire__organisation=organisation)
        .annotate(
            mapping=FilteredRelation(
                "question__mappings", condition=~Q(question__mappings__status=MappingStatus.REJECTED)
            ),
            proposed=Coalesce("machine__band", "band"),
            sure=Case(*bins, default=Value("0"), output_field=CharField()),
            written=Q(written_at__isnull=False),
            deal=F("question__questionnaire"),
        )
        .order_by()
        .values("deal", "proposed", "band", "code", "sure", "status", "written")
        .annotate(number=Count("pk", distinct=True))
    )
    return list(rows)


def _kept(row: Mapping[str, Any]) -> Kept:
    number, rewritten = row["number"], row["written"]
    approved = row["status"] == ResponseStatus.APPROVED and not rewritten
    return Kept(proposed=number, approved=number if approved else 0, rewritten=number if rewritten else 0)


def _reasons(rows: Sequence[Mapping[str, Any]], titles: Mapping[int, str]) -> tuple[list[Reason], int]:
    """Return the most frequent reasons for blanks of open questionnaires, each with the questionnaires it is in."""
    counted: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows:
        if row["band"] == Band.BLANK and row["deal"] in titles:
            counted[row["code"]][row["deal"]] += row["number"]
    totals = {code: sum(places.values()) for code, places in counted.items()}
    return [
        Reason(
            code=code,
            count=number,
            places=[(pk, titles[pk], count) for pk, count in _places(counted[code])],
        )
        for code, number in top(totals, most=MOST_REASONS)
    ], sum(totals.values())


def _places(places: Mapping[int, int]) -> list[tuple[int, int]]:
    return sorted(places.items(), key=lambda pair: (-pair[1], pair[0]))[:3]
