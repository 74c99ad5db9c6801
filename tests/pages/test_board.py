"""The gap board: states by AI system on a day, and what stands behind a cell."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from evidence.actions import library
from evidence.actions.systems import SystemEntry, register_system
from evidence.models import AISystem
from rfp.models import MappingStatus, QuestionMapping
from rfp.queries.board import Board, Sought, board_of, systems_of
from rfp.queries.board_cell import Why
from tests.conftest import NOW, TODAY
from tests.pages.conftest import World, build
from tests.pages.sent import send

DAY = TODAY.isoformat()


@pytest.fixture
def client(vera: User, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(vera)


def shown(client: Client, **asked: str) -> Board:
    board = client.get(reverse("board"), {"on": DAY, **asked}).context["board"]
    assert isinstance(board, Board)
    return board


def explained(client: Client, ref: str, of: int = 0, **asked: str) -> Why:
    why = client.get(reverse("board"), {"on": DAY, "ref": ref, "of": str(of), **asked}).context["why"]
    assert isinstance(why, Why)
    return why


def states(board: Board, ref: str) -> dict[str, str]:
    rows = [row for group in board.groups for row in group.rows if row.ref == ref]
    return {cell.name: cell.state.value for row in rows for cell in row.cells}


@pytest.fixture
def second(world: World, vera: User) -> AISystem:
    return register_system(organisation=world.organisation, entry=SystemEntry(name="Scout"), by=vera, at=NOW)


def test_each_system_has_its_own_state(world: World, second: AISystem, client: Client) -> None:
    board = shown(client)
    assert states(board, "LR-1") == {"": "met"}
    assert states(board, "LR-2") == {"Helper": "met", "Scout": "failed"}
    assert states(board, "AT-1") == {"Helper": "missing", "Scout": "missing"}
    page = client.get(reverse("board"), {"on": DAY}).content.decode()
    assert re.search(r"LR-2, Scout: </span>\s*<span class=\"chip bad\">", page)
    assert "Failed" in page


def test_a_retired_system_is_no_column(world: World, second: AISystem, client: Client) -> None:
    AISystem.objects.filter(pk=second.pk).update(retired_on=TODAY)
    assert [system.name for system in shown(client).systems] == ["Helper"]


def test_the_day_decides(world: World, client: Client) -> None:
    assert states(shown(client), "LR-1") == {"": "met"}
    assert states(shown(client, on="2027-06-01"), "LR-1") == {"": "expired"}


def test_filters(world: World, second: AISystem, client: Client) -> None:
    gaps = shown(client, gaps="on")
    assert not states(gaps, "LR-1")
    assert states(gaps, "LR-2")
    only = shown(client, category="legal_regulatory", system=str(second.pk))
    assert [group.id for group in only.groups] == ["legal_regulatory"]
    assert states(only, "LR-2") == {"Scout": "failed"}
    met = shown(client, state="met")
    assert {row.state.value for group in met.groups for row in group.rows} == {"met"}
    assert sum(len(group.rows) for group in met.groups) == dict(met.counts)["met"]


def test_a_cell_says_why_what_closes_it_and_how_long_that_takes(world: World, second: AISystem, client: Client) -> None:
    why = explained(client, "LR-2", second.pk)
    assert (why.system, why.state) == ("Scout", "failed")
    assert "Scout" in why.problems[0].sentence
    assert why.closes.startswith("Extend the scope to Scout")
    assert "Start now: ready by about" in why.ready_by
    assert [item.reference for item in why.evidence] == ["ISO-42001"]
    page = client.get(reverse("board"), {"on": DAY, "ref": "LR-2", "of": str(second.pk)}).content.decode()
    assert reverse("evidence_item", args=[world.revision.evidence_id]) in page
    assert 'aria-current="true"' in page


def test_what_is_met_says_until_when_and_when_to_start(world: World, client: Client) -> None:
    renewal = explained(client, "LR-1").renewal
    assert renewal is not None
    assert renewal.expires_on.isoformat() == "2027-05-18"
    assert renewal.start_by < renewal.expires_on - timedelta(days=14)


def test_the_questions_of_open_questionnaires_are_named(world: World, client: Client) -> None:
    why = explained(client, "LR-1")
    assert [asked.place for asked in why.questions][:2] == ["Security!B2", "Security!B3"]
    assert len(why.questions) == 6
    board = shown(client)
    assert {row.ref: row.questions for group in board.groups for row in group.rows}["LR-1"] == 6


def test_a_question_that_was_decided_otherwise_does_not_count(world: World, client: Client) -> None:
    QuestionMapping.objects.filter(question=world.question(1)).update(status=MappingStatus.REJECTED, decided_at=NOW)
    assert len(explained(client, "LR-1").questions) == 5


def test_what_was_sent_no_longer_asks(world: World, vera: User, client: Client) -> None:
    send(world, by=vera)
    assert not explained(client, "LR-1").questions


def test_a_stage_narrows_the_questionnaires(world: World, client: Client) -> None:
    assert len(explained(client, "LR-1", stage="contract").questions) == 6
    assert not explained(client, "LR-1", stage="pilot").questions


def test_a_gap_names_the_first_deadline(world: World, vera: User, client: Client) -> None:
    deadline = explained(client, "LR-1", on="2026-11-30").deadline
    assert deadline is None  # it is met
    library.withdraw(evidence=world.revision.evidence, by=vera, at=NOW)
    deadline = explained(client, "LR-1").deadline
    assert deadline is not None
    assert deadline.questionnaire == world.questionnaire
    assert deadline.expiry.status == "late"


@pytest.mark.parametrize(
    "asked", [{"ref": "XX-1"}, {"ref": "LR-2", "of": "999999"}, {"ref": "<script>"}, {"ref": "LR-1", "of": "-1"}]
)
def test_a_cell_that_does_not_exist_is_missing(world: World, client: Client, asked: dict[str, str]) -> None:
    assert client.get(reverse("board"), asked).status_code == 404


def test_a_system_of_another_vendor_is_missing(world: World, other_world: World, client: Client) -> None:
    foreign = AISystem.objects.of(other_world.organisation).get()
    assert client.get(reverse("board"), {"ref": "LR-2", "of": str(foreign.pk)}).status_code == 404
    assert [system.name for system in shown(client, system=str(foreign.pk)).systems] == ["Helper"]


def test_without_systems_the_page_says_what_it_needs(client: Client) -> None:
    assert "No AI system is registered yet" in client.get(reverse("board")).content.decode()


def test_ten_systems_and_two_questionnaires_cost_no_more_queries(
    world: World, vera: User, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    build(world.organisation, by=vera, reference="ISO-2", file_name="Second.xlsx", buyer="Harbour", questions=9)
    for number in range(9):
        register_system(organisation=world.organisation, entry=SystemEntry(name=f"S{number}"), by=vera, at=NOW)
    with django_assert_max_num_queries(14):
        page = client.get(
            reverse("board"), {"on": DAY, "ref": "LR-2", "of": str(AISystem.objects.get(name="Helper").pk)}
        )
    assert len(page.context["board"].systems) == 10


def test_the_board_is_the_judge_of_all_systems_together(world: World, second: AISystem) -> None:
    board = board_of(world.organisation, systems_of(world.organisation), Sought(), on=TODAY)
    for group in board.groups:
        for row in group.rows:
            assert row.state == board.standing.results[row.ref].state
