"""What several requirements share, said once: causes of gaps, warnings, documents that run out, places asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from rfp.reporting.data import ExpiryLine, GapLine, Problem, WarningLine

MOST_PLACES = 6
_URGENCY = ("late", "start_now", "ok")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """A problem that keeps several requirements open."""

    number: int
    problem: Problem
    requirements: tuple[str, ...]


def shared_causes(gaps: Iterable[GapLine]) -> tuple[Cause, ...]:
    """Return the problems that more than one of the gaps has, in the order in which they come up."""
    open_for: dict[Problem, list[str]] = defaultdict(list)
    for gap in gaps:
        for problem in dict.fromkeys(gap.problems):
            open_for[problem].append(gap.requirement)
    shared = [(problem, names) for problem, names in open_for.items() if len(names) > 1]
    return tuple(
        Cause(number=number, problem=problem, requirements=tuple(names))
        for number, (problem, names) in enumerate(shared, start=1)
    )


def joined(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems with those of one rule that differ only after a colon made one: "does not show: A; B"."""
    ends: dict[tuple[str, str], dict[str, Problem]] = defaultdict(dict)
    for problem in problems:
        start, colon, end = problem.sentence.rpartition(": ")
        ends[problem.rule, start if colon else problem.sentence].setdefault(end if colon else "", problem)
    made = []
    for (_rule, start), alike in ends.items():
        first = next(iter(alike.values()))
        said = "; ".join(end.rstrip(".") for end in alike)
        made.append(replace(first, sentence=f"{start}: {said}.") if len(alike) > 1 else first)
    return tuple(made)


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedWarning:
    rule: str
    sentence: str
    requirements: tuple[str, ...]


def shared_warnings(warnings: Iterable[WarningLine]) -> tuple[SharedWarning, ...]:
    """Return each warning once, with the requirements it was given for."""
    given: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for line in warnings:
        given[line.rule, line.sentence][line.requirement] = None
    return tuple(
        SharedWarning(rule=rule, sentence=sentence, requirements=tuple(names))
        for (rule, sentence), names in given.items()
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningOut:
    """Documents that stop counting on a day, and the requirements that are then no longer met."""

    rests_on: str
    expires_on: date
    start_by: date | None  # of the requirement whose renewal takes longest
    status: str
    requirements: tuple[tuple[str, str], ...]  # with their titles


def running_out(expiries: Iterable[ExpiryLine]) -> tuple[RunningOut, ...]:
    """Return what runs out, the earliest first; the requirements that rest on the same documents are one line."""
    grouped: dict[tuple[date, str], list[ExpiryLine]] = defaultdict(list)
    for line in expiries:
        grouped[line.expires_on, line.rests_on].append(line)
    return tuple(
        RunningOut(
            rests_on=rests_on,
            expires_on=expires_on,
            start_by=min((line.start_by for line in lines if line.start_by), default=None),
            status=min((line.status for line in lines), key=_URGENCY.index),
            requirements=tuple((line.requirement, line.title) for line in lines),
        )
        for (expires_on, rests_on), lines in sorted(grouped.items())
    )


def places_in_words(places: Sequence[str]) -> str:
    """Return cells by sheet, and how many more there are: "Security B12, B14; Privacy C3 and 2 more"."""
    by_sheet: dict[str, list[str]] = defaultdict(list)
    for place in places[:MOST_PLACES]:
        sheet, _, cell = place.rpartition("!")
        by_sheet[sheet].append(cell)
    said = "; ".join(f"{sheet} {', '.join(cells)}".strip() for sheet, cells in by_sheet.items())
    more = len(places) - MOST_PLACES
    return f"{said} and {more} more" if more > 0 else said
