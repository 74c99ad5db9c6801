"""Looking at a layout, correcting it step by step, confirming it; remembered layouts."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
import xlsxwriter
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.actions.people import add_member
from accounts.models import AuditEvent, Organisation, Role, User
from rfp.actions import intake
from rfp.models import (
    Job,
    JobKind,
    JobState,
    LayoutDraft,
    LayoutOrigin,
    LayoutStep,
    Question,
    Questionnaire,
    RememberedLayout,
    Response,
    ResponseStatus,
)
from tests.conftest import NOW
from tests.pages.conftest import World, build, workbook

MOST_QUERIES = 15


@pytest.fixture
def client(vera: User, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(vera)


@pytest.fixture
def reader(vendor: Organisation) -> User:
    user = User.objects.create_user("rex@vendor.example", full_name="Rex Reader")
    add_member(organisation=vendor, user=user, role=Role.EXECUTIVE, by=None, at=NOW)
    return user


def page(client: Client, world: World, **look: str) -> Any:
    return client.get(reverse("layout", args=[world.questionnaire.pk]), look)


def edit(client: Client, world: World, **fields: str) -> Any:
    draft = LayoutDraft.objects.filter(questionnaire=world.questionnaire).first()
    sent = {"version": str(draft.version if draft else 0), "sheet": "1", "table": "1", **fields}
    return client.post(reverse("layout_edit", args=[world.questionnaire.pk]), sent)


def go(client: Client, world: World, do: str) -> None:
    version = LayoutDraft.objects.get(questionnaire=world.questionnaire).version
    client.post(reverse("layout_step", args=[world.questionnaire.pk]), {"version": version, "do": do})


def confirm(client: Client, world: World, **fields: str) -> Any:
    draft = LayoutDraft.objects.filter(questionnaire=world.questionnaire).first()
    sent = {"version": str(draft.version if draft else 0), "losing": "0", **fields}
    return client.post(reverse("layout_confirm", args=[world.questionnaire.pk]), sent)


def rows(world: World) -> list[int]:
    return list(Question.objects.filter(questionnaire=world.questionnaire).values_list("row", flat=True))


def found(client: Client, world: World) -> list[int]:
    return [question.row for question in page(client, world).context["bench"].questions]


def test_the_sheet_is_drawn_as_it_is_with_what_each_line_is_for(world: World, client: Client) -> None:
    bench = page(client, world).context["bench"]
    assert [(c.letters, c.role) for c in bench.drawing.columns] == [
        ("A", "id"), ("B", "question"), ("C", "answer"), ("D", "comment"), ("E", ""),
    ]  # fmt: skip
    assert [row.role for row in bench.drawing.rows] == ["header", *["question"] * 6]
    assert bench.drawing.rows[1].cells[1].text == "Do you hold certificate 1?"
    assert (bench.total, [tab.count for tab in bench.tabs]) == (6, [6])


def test_it_asks_few_queries(
    world: World, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    edit(client, world, do="row", line="3", what="skip")
    for name in ("layout", "layout_text", "layout_confirm"):
        with django_assert_max_num_queries(MOST_QUERIES):
            assert client.get(reverse(name, args=[world.questionnaire.pk])).status_code == 200
    confirm(client, world, remember="on")
    with django_assert_max_num_queries(MOST_QUERIES):
        assert client.get(reverse("remembered_layouts")).status_code == 200


def test_an_edit_changes_the_draft_and_not_the_questions(world: World, client: Client) -> None:
    edit(client, world, do="row", line="3", what="skip")
    assert found(client, world) == [2, 4, 5, 6, 7]
    assert rows(world) == [2, 3, 4, 5, 6, 7]
    assert "row 3 is skipped" in page(client, world).content.decode()


def test_steps_are_undone_and_done_again_until_another_is_made(world: World, client: Client) -> None:
    edit(client, world, do="row", line="3", what="skip")
    edit(client, world, do="row", line="4", what="section")
    go(client, world, "undo")
    assert found(client, world) == [2, 4, 5, 6, 7]
    go(client, world, "redo")
    assert found(client, world) == [2, 5, 6, 7]
    go(client, world, "undo")
    go(client, world, "undo")
    assert found(client, world) == [2, 3, 4, 5, 6, 7]
    edit(client, world, do="row", line="7", what="skip")
    assert list(LayoutStep.objects.values_list("number", flat=True)) == [0, 1]
    go(client, world, "redo")
    assert found(client, world) == [2, 3, 4, 5, 6]


def test_starting_again_is_a_step_and_dropping_the_draft_forgets_all(world: World, client: Client) -> None:
    edit(client, world, do="leave_out")
    assert found(client, world) == []
    go(client, world, "restart")
    assert found(client, world) == [2, 3, 4, 5, 6, 7]
    go(client, world, "undo")
    assert found(client, world) == []
    go(client, world, "discard")
    assert not LayoutDraft.objects.exists()
    assert found(client, world) == [2, 3, 4, 5, 6, 7]


def test_two_people_never_overwrite_each_other(
    world: World, client: Client, ada: User, sign_in: Callable[[User], Client]
) -> None:
    edit(client, world, do="row", line="3", what="skip")
    late = sign_in(ada).post(
        reverse("layout_edit", args=[world.questionnaire.pk]),
        {"version": "0", "sheet": "1", "table": "1", "do": "row", "line": "4", "what": "skip"},
        follow=True,
    )
    assert "Someone else changed this layout meanwhile" in late.content.decode()
    assert found(client, world) == [2, 4, 5, 6, 7]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"do": "column", "line": "2", "role": "ignore"}, "needs a column that asks"),
        ({"do": "column", "line": "3", "role": "tick"}, "Say what a mark in this column means"),
        ({"do": "column", "line": "3"}, "Say what to change"),
        ({"do": "row", "line": "90", "what": "skip"}, "no part of the table"),
        ({"do": "take_in"}, "in already"),
        ({"do": "column", "line": "x", "role": "id"}, "changed on the way"),
        ({"do": "table", "first_row": "two", "last_row": "9", "shape": "rows"}, "A row is a whole number"),
        ({"do": "burn"}, "changed on the way"),
        ({"do": "row", "line": "3", "what": "skip", "table": "9"}, "no longer there"),
    ],
)
def test_what_makes_no_sense_is_refused_and_leaves_nothing(
    world: World, client: Client, fields: dict[str, str], said: str
) -> None:
    answer = client.get(edit(client, world, **fields)["Location"])
    assert said in answer.content.decode()
    assert not LayoutStep.objects.exists()


def test_a_reader_looks_and_changes_nothing(world: World, reader: User, sign_in: Callable[[User], Client]) -> None:
    client = sign_in(reader)
    shown = page(client, world, pick_column="2").content.decode()
    assert "Do you hold certificate 1?" in shown
    assert "layout/edit/" not in shown
    assert edit(client, world, do="leave_out").status_code == 403
    assert confirm(client, world).status_code == 403
    assert not LayoutDraft.objects.exists()


def test_a_confirmed_layout_is_read_remembered_and_answered_anew(world: World, client: Client) -> None:
    kept = world.response(2).pk
    edit(client, world, do="row", line="7", what="skip")
    shown = client.get(reverse("layout_confirm", args=[world.questionnaire.pk])).context["change"]
    assert (shown.kept, shown.new, [q.place for q in shown.gone]) == (5, 0, ["6, Security!B7"])
    assert confirm(client, world, remember="on", name="Kestrel 2026").status_code == 302
    assert rows(world) == [2, 3, 4, 5, 6]
    assert world.response(2).pk == kept
    job = Job.objects.get(questionnaire=world.questionnaire)
    assert (job.kind, job.state) == (JobKind.REDRAFT, JobState.QUEUED)
    world.questionnaire.refresh_from_db()
    assert world.questionnaire.layout_origin == LayoutOrigin.CONFIRMED
    assert str(world.questionnaire.remembered_layout) == "Kestrel 2026"
    assert not LayoutDraft.objects.exists()
    assert AuditEvent.objects.filter(event="layout.confirmed").count() == 1


def test_approved_answers_go_only_when_somebody_says_so(world: World, client: Client, ada: User) -> None:
    Response.objects.filter(pk=world.response(5).pk).update(
        status=ResponseStatus.APPROVED, approved_by=ada, approved_at=NOW
    )
    edit(client, world, do="row", line="6", what="skip")
    told = client.get(reverse("layout_confirm", args=[world.questionnaire.pk])).content.decode()
    assert "1 approved answer may go" in told
    for fields in ({"losing": "0"}, {"losing": "1"}):
        confirm(client, world, **fields)
        assert rows(world) == [2, 3, 4, 5, 6, 7]
    confirm(client, world, losing="1", accept="on")
    assert rows(world) == [2, 3, 4, 5, 7]
    event = AuditEvent.objects.get(event="layout.confirmed")
    assert event.details["approved_answers_gone"] == ["5, Security!B6"]


def test_a_layout_that_finds_nothing_is_not_confirmed(world: World, client: Client) -> None:
    edit(client, world, do="leave_out")
    answer = confirm(client, world)
    assert answer["Location"] == reverse("layout_confirm", args=[world.questionnaire.pk])
    assert rows(world) == [2, 3, 4, 5, 6, 7]


def test_the_next_file_of_the_shape_says_whose_layout_it_is_read_with(
    world: World, client: Client, vendor: Organisation, vera: User
) -> None:
    edit(client, world, do="column", line="4", role="evidence")
    confirm(client, world, remember="on", name="Kestrel 2026")
    second = build(vendor, by=vera, reference="ISO-2", file_name="Next.xlsx", questions=9, content=workbook(9))
    assert second.questionnaire.questions.count() == 9
    assert {slot.role for slot in second.question(9).slots.all()} == {"answer", "evidence"}
    shown = client.get(reverse("questionnaire", args=[second.questionnaire.pk])).content.decode()
    assert "Read with the layout <strong>Kestrel 2026</strong>, confirmed by Vera Vance" in shown
    assert "Read it afresh" in shown
    (line,) = client.get(reverse("remembered_layouts")).context["page"]
    assert (line.name, line.uses) == ("Kestrel 2026", 2)


def test_reading_afresh_begins_from_what_is_detected(
    world: World, client: Client, vendor: Organisation, vera: User
) -> None:
    edit(client, world, do="column", line="4", role="evidence")
    confirm(client, world, remember="on")
    second = build(vendor, by=vera, reference="ISO-2", file_name="Next.xlsx", content=workbook(9))
    client.post(reverse("layout_step", args=[second.questionnaire.pk]), {"version": "0", "do": "restart"})
    assert page(client, second).context["bench"].drawing.columns[3].role == "comment"


def test_a_layout_is_renamed_and_forgotten_and_questionnaires_stay(world: World, client: Client) -> None:
    confirm(client, world, remember="on", name="Old")
    layout = RememberedLayout.objects.get()
    client.post(reverse("remembered_layout_rename", args=[layout.pk]), {"name": " Kestrel  2027 "})
    assert "Kestrel 2027" in client.get(reverse("remembered_layout", args=[layout.pk])).content.decode()
    client.post(reverse("remembered_layout_rename", args=[layout.pk]), {"name": ""})
    assert RememberedLayout.objects.get().name == "Kestrel 2027"
    client.post(reverse("remembered_layout_forget", args=[layout.pk]))
    assert not RememberedLayout.objects.exists()
    assert rows(world) == [2, 3, 4, 5, 6, 7]
    assert list(AuditEvent.objects.filter(event__startswith="layout.re").values_list("event", flat=True)) == [
        "layout.remembered",
        "layout.renamed",
    ]


def test_a_file_read_again_keeps_the_layout_people_gave_it_also_when_that_is_forgotten(
    world: World, client: Client, vera: User
) -> None:
    edit(client, world, do="row", line="7", what="skip")
    confirm(client, world, remember="on")
    RememberedLayout.objects.all().delete()
    questionnaire = Questionnaire.objects.get(pk=world.questionnaire.pk)
    intake.parse(questionnaire=questionnaire, by=vera, at=NOW)
    assert rows(world) == [2, 3, 4, 5, 6]


def test_the_text_of_a_layout_is_taken_and_its_mistakes_are_named(world: World, client: Client) -> None:
    address = reverse("layout_text", args=[world.questionnaire.pk])
    text = client.get(reverse("layout_file", args=[world.questionnaire.pk])).content.decode()
    assert "B: question" in text
    bad = client.post(address, {"version": "0", "text": text.replace("B: question", "B: questoin")})
    assert "is no role of a column" in bad.content.decode()
    assert not LayoutDraft.objects.exists()
    client.post(address, {"version": "0", "text": text.replace("last_row: 7", "last_row: 4")})
    assert found(client, world) == [2, 3, 4]


def test_a_file_in_which_nothing_is_detected_is_drawn_and_taken_in(
    world: World, client: Client, vendor: Organisation, vera: User
) -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Notes")
        for row in range(3):
            sheet.write_row(row, 0, [row + 1, f"The supplier keeps the keys of machine {row} apart from the data"])
    questionnaire = intake.receive(organisation=vendor, content=out.getvalue(), name="notes.xlsx", by=vera, at=NOW)
    silent = World(organisation=vendor, questionnaire=questionnaire, export=world.export, revision=world.revision)
    assert page(client, silent).context["bench"].total == 0
    edit(client, silent, do="take_in")
    assert page(client, silent).context["bench"].total == 3
    confirm(client, silent)
    assert rows(silent) == [1, 2, 3]


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7*7 }}"])
def test_texts_of_a_file_are_shown_and_never_run(
    text: str, client: Client, vendor: Organisation, vera: User, store: object
) -> None:
    world = build(vendor, by=vera, content=workbook(2, text=f"Do you hold {text} {{number}}?", sheet="A<b>'&\""))
    edit(client, world, do="row", line="3", what="section")
    for name in ("layout", "layout_text", "layout_confirm"):
        body = client.get(reverse(name, args=[world.questionnaire.pk]) + "?pick_column=2").content.decode()
        assert "<script>alert" not in body
        assert "<img src=x" not in body
        assert "A<b>" not in body
