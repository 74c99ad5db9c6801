"""The gap board: every requirement for every AI system of the vendor on a day, judged when it is looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from accounts.models import Organisation
from evidence.catalogs import mandate
from evidence.catalogs.checklist import OTHERS
from evidence.models import AISystem
from rfp.models import MappedRequirement, MappingStatus, Questionnaire
from rfp.queries.deals import open_deals, sectors_of
from rfp.queries.standing import Standing, standing_of
from rfp.reporting import words
from scoring.catalogue import Requirement
from scoring.results import RequirementResult
from scoring.types import State
from scoring.verdict import gates

MANDATE = "mandate"
STATES = [(str(state), words.STATES[state]) for state in State]
GAPS = ("failed", "expired", "missing", "under_review")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """Which requirements to show; an empty field asks for all. ``system`` is the id of an AI system."""

    gaps: bool = False
    state: str = ""  # of the requirement over all systems
    category: str = ""
    system: str = ""
    stage: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """The state for one AI system; ``system`` is 0 where the organisation as a whole is asked about."""

    system: int
    name: str
    state: State
    expires_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    ref: str
    title: str
    state: State
    cells: Sequence[Cell]
    questions: int  # of open questionnaires

    @property
    def for_all(self) -> bool:
        return len(self.cells) == 1 and not self.cells[0].system


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One category; ``met`` of ``applicable`` requirements are met for every system, whatever is shown."""

    id: str
    title: str
    state: str
    readiness: int | None
    met: int
    applicable: int
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """``systems`` are the columns; ``counts`` are requirements by state over the whole checklist."""

    on: date
    systems: Sequence[AISystem]
    groups: Sequence[Group]
    counts: Sequence[tuple[str, int]]
    verdict: str
    standing: Standing
    deals: Sequence[Questionnaire]

    @property
    def total(self) -> int:
        return sum(count for _, count in self.counts)


def systems_of(organisation: Organisation) -> list[AISystem]:
    """Return the AI systems in use, with their changes."""
    return list(AISystem.objects.of(organisation).filter(retired_on=None).prefetch_related("material_changes"))


def board_of(organisation: Organisation, systems: Sequence[AISystem], wanted: Sought, *, on: date) -> Board:
    """Judge the library for all AI systems in use (``systems_of``) and lay it out by category.

    The systems are judged together: what a report leaves out is understood only beside the systems it covers.
    """
    deals = open_deals(organisation).order_by("due_on", "pk")
    if wanted.stage:
        deals = deals.filter(stage=wanted.stage)
    open_ones = list(deals)
    standing = standing_of(organisation, systems, sectors_of(open_ones), on=on)
    asked = asked_for(open_ones)
    shown = [system for system in systems if wanted.system in ("", str(system.pk))]
    gating = [r for r in standing.catalogue.requirements.values() if gates(r) and r.id in standing.results]
    gate = standing.gate()
    readiness = standing.readiness(gate)
    counted = Counter(standing.results[r.id].state for r in gating)
    groups = []
    for name, title in _titles():
        held = [r for r in gating if _group(r) == name]
        if not held or wanted.category not in ("", name):
            continue
        share = readiness.by_category.get(name)
        results = [standing.results[r.id] for r in held]
        rows = [_row(r, standing.results[r.id], shown, asked.get(r.id, 0)) for r in held]
        groups.append(
            Group(
                id=name,
                title=title,
                state=gate.categories.get(name, ""),
                readiness=None if share is None else int(share + 1e-9),
                met=sum(1 for result in results if result.state.is_met),
                applicable=sum(1 for result in results if result.state is not State.NOT_APPLICABLE),
                rows=[row for row in rows if _fits(row, wanted)],
            )
        )
    return Board(
        on=on,
        systems=shown,
        groups=[group for group in groups if group.rows],
        counts=[(state, counted[state]) for state in State if counted[state]],
        verdict=gate.verdict,
        standing=standing,
        deals=open_ones,
    )


def category_choices() -> list[tuple[str, str]]:
    return _titles()


def asked_for(deals: Sequence[Questionnaire]) -> Mapping[str, int]:
    """Count by requirement the questions that ask for it."""
    rows = (
        MappedRequirement.objects.filter(decisive=True, mapping__question__questionnaire__in=deals)
        .exclude(mapping__status=MappingStatus.REJECTED)
        .order_by()
        .values("ref")
        .annotate(questions=Count("mapping__question", distinct=True))
    )
    return {row["ref"]: row["questions"] for row in rows}


def _titles() -> list[tuple[str, str]]:
    return [*((category.id, category.title) for category in mandate.load().categories), (MANDATE, OTHERS)]


def _group(requirement: Requirement) -> str:
    known = {category.id for category in mandate.load().categories}
    return requirement.category if requirement.category in known else MANDATE


def _row(requirement: Requirement, result: RequirementResult, systems: Sequence[AISystem], questions: int) -> Row:
    return Row(
        ref=requirement.id,
        title=requirement.title,
        state=result.state,
        cells=_cells(result, systems),
        questions=questions,
    )


def _cells(result: RequirementResult, systems: Sequence[AISystem]) -> list[Cell]:
    found = [
        Cell(system=system.pk, name=system.name, state=view.state, expires_on=view.expires_on)
        for system in systems
        if (view := result.for_system.get(system.name))
    ]
    return found or [Cell(system=0, name="", state=result.state, expires_on=result.expires_on)]


def _fits(row: Row, wanted: Sought) -> bool:
    if wanted.state and row.state != wanted.state:
        return False
    return not wanted.gaps or any(cell.state in GAPS for cell in row.cells)
