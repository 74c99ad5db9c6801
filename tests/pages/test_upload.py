"""Taking in files: works, refuses in words, does nothing twice; and how far the work is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import AuditEvent, User
from evidence.models import AISystem, StoredFile
from rfp.actions import jobs
from rfp.actions.deal import Deal, DealChanged, change
from rfp.models import Job, JobKind, JobState, Questionnaire, Stage
from rfp.workbook.guard import LIMITS
from tests.conftest import NOW, TODAY
from tests.pages.conftest import World, workbook

URL = "/questionnaires/upload/"


@pytest.fixture
def client(vera: User, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(vera)


def send(client: Client, *files: tuple[str, bytes], **changes: Any) -> HttpResponse:
    system = AISystem.objects.get(name="Helper", organisation__slug="vera-vendor")
    entered = {"buyer": "Zander Insurance", "stage": "pilot", "systems": [system.pk], "due_on": "2026-12-01"}
    uploads = [SimpleUploadedFile(name, content) for name, content in files]
    return client.post(URL, {**entered, "workbooks": uploads, **changes})  # type: ignore[return-value]  # the test client's own type


def shown(response: HttpResponse) -> str:
    return response.content.decode()


def test_a_file_becomes_a_questionnaire_with_a_job(world: World, vera: User, client: Client) -> None:
    response = send(client, ("Form.xlsx", workbook(3)), sectors=["eu_financial"], owner=vera.pk)
    row = Questionnaire.objects.get(buyer="Zander Insurance")
    assert response["Location"] == f"/questionnaires/{row.pk}/progress/"
    assert (row.title, row.file_name, row.stage, str(row.due_on)) == ("Form", "Form.xlsx", "pilot", "2026-12-01")
    assert (row.sectors, row.nda_signed, row.owner, row.created_by) == (["eu_financial"], False, vera, vera)
    assert [system.name for system in row.systems.all()] == ["Helper"]
    job = row.jobs.get()
    assert (job.kind, job.state, job.created_by) == (JobKind.ANSWER, JobState.QUEUED, vera)


def test_several_files_are_taken_in_or_refused_each_by_itself(world: World, client: Client) -> None:
    old = workbook(2, sheet="Old")
    send(client, ("Known.xlsx", old))
    page = shown(
        send(
            client,
            ("Good.xlsx", workbook(4)),
            ("Known again.xlsx", old),
            ("Scan.pdf", b"%PDF-1.7"),
            ("Empty.csv", b""),
            ("Big.csv", b"x" * (LIMITS.upload + 1)),
        )
    )
    assert page.count("Taken in") == 1
    assert "is here already" in page
    assert "Open Known</a>" in page
    assert "Scan.pdf is a PDF" in page
    assert "Ask the buyer for the xlsx" in page
    assert "The file is empty." in page
    assert "20 MB are allowed" in page
    titles = Questionnaire.objects.filter(buyer="Zander Insurance").values_list("title", flat=True)
    assert sorted(titles) == ["Good", "Known"]
    assert not StoredFile.objects.filter(name="Scan.pdf").exists()


def test_the_same_file_again_changes_nothing_and_offers_what_is_there(world: World, client: Client) -> None:
    send(client, ("Form.xlsx", workbook(3)))
    before = Questionnaire.objects.get(buyer="Zander Insurance")
    page = shown(send(client, ("Renamed.xlsx", workbook(3)), stage="production", due_on=""))
    after = Questionnaire.objects.get(buyer="Zander Insurance")
    assert (after.title, after.stage, after.due_on) == (before.title, before.stage, before.due_on)
    assert f'href="/questionnaires/{before.pk}/">Open Form</a>' in page
    assert Job.objects.count() == 1
    send(client, ("Form.xlsx", workbook(3)), buyer="Another Bank")
    assert Questionnaire.objects.get(buyer="Another Bank").file_name == "Form.xlsx"


@pytest.mark.parametrize(
    "changes", [{"buyer": ""}, {"systems": []}, {"stage": "x"}, {"due_on": "soon"}, {"workbooks": []}]
)
def test_what_is_missing_is_said_and_nothing_is_stored(world: World, client: Client, changes: dict[str, Any]) -> None:
    before = (Questionnaire.objects.count(), AuditEvent.objects.count())
    page = shown(send(client, ("Form.xlsx", workbook(3)), **changes))
    assert 'class="error"' in page
    assert (Questionnaire.objects.count(), AuditEvent.objects.count()) == before


def test_systems_and_people_of_another_organisation_cannot_be_named(
    world: World, other_world: World, olga: User, client: Client
) -> None:
    theirs = AISystem.objects.get(organisation=other_world.organisation)
    for changes in ({"systems": [theirs.pk]}, {"owner": olga.pk}):
        assert "Select a valid choice" in shown(send(client, ("Form.xlsx", workbook(3)), **changes))
    assert not Questionnaire.objects.filter(buyer="Zander Insurance").exists()


def asked(world: World, vera: User, *, at: Any = NOW) -> Job:
    return jobs.enqueue(
        organisation=world.organisation,
        kind=JobKind.REDRAFT,
        questionnaire=world.questionnaire,
        key="k",
        by=vera,
        at=at,
    )


def test_progress_shows_stages_counts_and_goes_on_to_the_questionnaire(
    world: World, vera: User, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    url = reverse("questionnaire_progress", args=[world.questionnaire.pk])
    job = asked(world, vera)
    assert 'hx-trigger="every 1s"' in shown(client.get(url))  # type: ignore[arg-type]  # the test client's own type
    taken = jobs.claim(job=job.pk, at=NOW)
    assert taken is not None
    jobs.report(job=taken, stage="Answering", stage_at=NOW, done=2, total=6, at=NOW + timedelta(seconds=20))
    with django_assert_max_num_queries(15):
        page = client.get(url).content.decode()
    assert "2 of 6" in page
    assert "left in this step" in page
    inbox = client.get("/questionnaires/").content.decode()
    assert "Answering</a> <span" in inbox
    assert 'hx-trigger="every 2s"' in inbox
    jobs.finish(job=taken, at=NOW)
    assert client.get(url)["Location"] == f"/questionnaires/{world.questionnaire.pk}/"
    assert (
        client.get(url, headers={"HX-Request": "true"})["HX-Redirect"] == f"/questionnaires/{world.questionnaire.pk}/"
    )
    assert "every 2s" not in client.get("/questionnaires/").content.decode()


def test_a_failure_says_what_and_is_tried_again(world: World, vera: User, client: Client) -> None:
    pk = world.questionnaire.pk
    job = asked(world, vera)
    taken = jobs.claim(job=job.pk, at=NOW)
    assert taken is not None
    jobs.fail(job=taken, problem="No questions were found. Say where they are.", at=NOW)
    page = client.get(reverse("questionnaire_progress", args=[pk])).content.decode()
    assert "No questions were found. Say where they are." in page
    assert "Try again" in page
    assert "No questions were found." in client.get("/questionnaires/").content.decode()
    for _ in range(2):
        client.post(reverse("job_retry", args=[pk]))
    assert Job.objects.get().state == JobState.QUEUED
    client.post(reverse("job_cancel", args=[pk]))
    assert Job.objects.get().state == JobState.CANCELLED


def test_a_double_click_asks_once(world: World, vera: User, client: Client) -> None:
    pk = world.questionnaire.pk
    for _ in range(2):
        client.post(reverse("redraft", args=[pk]), {"token": "page-token-1", "on": "2026-12-24"})
        client.post(reverse("make_files", args=[pk]), {"token": "page-token-1-final", "final": "1"})
    kinds = {job.kind: job.input for job in Job.objects.all()}
    assert kinds == {
        "redraft": {"on": "2026-12-24"},
        "export": {"on": TODAY.isoformat(), "final": True},
    }
    assert Job.objects.count() == 2
    client.post(reverse("redraft", args=[pk]), {"token": "page-token-2", "on": "never"})
    client.post(reverse("redraft", args=[pk]), {"token": "x"})
    assert Job.objects.count() == 2


def deal(world: World, **changes: Any) -> Deal:
    row = world.questionnaire
    values = {
        "buyer": row.buyer,
        "systems": list(row.systems.all()),
        "stage": Stage(row.stage),
        "sectors": row.sectors,
        "due_on": row.due_on,
        "nda_signed": row.nda_signed,
        "region": row.region,
        "owner": row.owner,
    }
    return Deal(**{**values, **changes})


def test_a_deal_is_changed_and_never_overwritten_silently(world: World, vera: User, ada: User) -> None:
    row = world.questionnaire
    assert change(questionnaire=row, version=1, deal=deal(world, owner=ada, nda_signed=True), by=vera, at=NOW)
    with pytest.raises(DealChanged):
        change(questionnaire=row, version=1, deal=deal(world, buyer="X"), by=ada, at=NOW)
    row.refresh_from_db()
    assert (row.owner, row.nda_signed, row.buyer, row.version) == (ada, True, "Kestrel Bank", 2)
    assert not change(questionnaire=row, version=2, deal=deal(world), by=vera, at=NOW)
    (event,) = AuditEvent.objects.filter(event="questionnaire.deal_changed")
    assert event.details == {"changed": "NDA, owner"}


def test_the_deal_page_saves_and_asks_for_a_draft(world: World, vera: User, ada: User, client: Client) -> None:
    url = reverse("deal", args=[world.questionnaire.pk])
    assert "Kestrel Bank" in client.get(url).content.decode()
    entered = {
        "buyer": "Kestrel Bank plc",
        "stage": "production",
        "systems": [system.pk for system in world.questionnaire.systems.all()],
        "owner": ada.pk,
        "version": 1,
        "again": "1",
    }
    response = client.post(url, entered)
    assert response["Location"].endswith("/progress/")
    assert Job.objects.get().kind == JobKind.REDRAFT
    assert "Somebody else changed this deal" in client.post(url, {**entered, "buyer": "Y"}).content.decode()
    world.questionnaire.refresh_from_db()
    assert (world.questionnaire.buyer, world.questionnaire.stage) == ("Kestrel Bank plc", "production")
    assert Job.objects.count() == 1


def test_where_the_buyer_is_is_entered_and_changed(world: World, client: Client) -> None:
    send(client, ("Form.xlsx", workbook(3)), region="EU")
    row = Questionnaire.objects.get(buyer="Zander Insurance")
    assert row.region == "EU"
    entered: dict[str, Any] = {
        "buyer": row.buyer,
        "stage": row.stage,
        "systems": [system.pk for system in row.systems.all()],
        "due_on": row.due_on,
        "owner": row.owner_id or "",
        "version": row.version,
    }
    client.post(reverse("deal", args=[row.pk]), {**entered, "region": "UK"})
    row.refresh_from_db()
    assert row.region == "UK"
    assert AuditEvent.objects.get(event="questionnaire.deal_changed").details == {"changed": "region"}
    assert 'value="UK"' in shown(client.get(reverse("deal", args=[row.pk])))  # type: ignore[arg-type]  # the test client's own type
    assert "Buyer is in" in shown(client.get(reverse("questionnaire", args=[row.pk])))  # type: ignore[arg-type]  # the test client's own type


def test_the_inbox_finds_ones_own(world: World, vera: User, ada: User, client: Client) -> None:
    def found(owner: str) -> int:
        return len(client.get("/questionnaires/", {"owner": owner}).context["lines"])

    assert (found(str(vera.pk)), found("none"), found("")) == (1, 0, 1)
    Questionnaire.objects.update(owner=None)
    assert (found(str(vera.pk)), found("none"), found("999")) == (0, 1, 1)


@pytest.mark.parametrize("pk", ["9" * 23, "none", ""])
def test_a_system_that_cannot_be_is_no_choice(pk: str, world: World, client: Client) -> None:
    assert "not one of the available choices" in shown(send(client, ("Form.xlsx", workbook(3)), systems=["9" * 23]))
    send(client, ("Form.xlsx", workbook(3)), systems=[pk])
    assert not Questionnaire.objects.filter(buyer="Zander Insurance").exists()
