"""The inbox and the page of a questionnaire: what is shown, found, counted and paged."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import Organisation, User
from evidence.actions.library import add_revision, confirm, withdraw
from rfp.actions import assessment, intake
from rfp.models import Assessment, Band, Response
from rfp.queries.standing import standing
from tests.conftest import NOW, TODAY
from tests.pages.conftest import World, build, workbook

MOST_QUERIES = 15
# A document is read beside its neighbours, whose texts it may repeat.
MORE_QUERIES = {"evidence_item": 18}
OF_QUESTIONNAIRE = ("questionnaire", "questionnaire_answers", "questionnaire_files")


@pytest.fixture
def client(vera: User, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(vera)


def listed(client: Client, world: World, **wanted: str) -> list[int]:
    """Return the numbers of the questions that the page lists."""
    response = client.get(reverse("questionnaire_answers", args=[world.questionnaire.pk]), wanted)
    return [line.question.position for line in response.context["lines"]]


def titles(client: Client, **wanted: str) -> list[str]:
    return [line.questionnaire.title for line in client.get(reverse("inbox"), wanted).context["lines"]]


@pytest.mark.parametrize(
    "name",
    ["inbox", "questionnaire", "questionnaire_answers", "questionnaire_files", "evidence", "evidence_item", "audit"],
)
@pytest.mark.parametrize("person", ["vera", "ada"])
def test_a_page_asks_the_database_a_fixed_number_of_times(
    name: str,
    person: str,
    vendor: Organisation,
    vera: User,
    store: Path,
    sign_in: Callable[[User], Client],
    request: pytest.FixtureRequest,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    world = build(vendor, by=vera, questions=40)
    build(vendor, by=vera, reference="ISO-2", file_name="Second.xlsx", content=workbook(3, sheet="Other"))
    of_questionnaire = [world.questionnaire.pk]
    ids = dict.fromkeys(("questionnaire", "questionnaire_answers", "questionnaire_files"), of_questionnaire)
    ids["evidence_item"] = [world.revision.evidence_id]
    client = sign_in(request.getfixturevalue(person))
    with django_assert_max_num_queries(MORE_QUERIES.get(name, MOST_QUERIES)):
        assert client.get(reverse(name, args=ids.get(name, []))).status_code == 200


def test_the_inbox_counts_answers_and_links_what_it_counts(world: World, client: Client) -> None:
    response = client.get(reverse("inbox"))
    (line,) = response.context["lines"]
    assert (line.counts.ready, line.counts.suggested, line.counts.blank) == (2, 2, 2)
    assert (line.counts.to_approve, line.systems, line.overdue) == (4, ("Helper",), False)
    assert line.verdict == "NOT_QUALIFIED"
    page = response.content.decode()
    assert f'href="/questionnaires/{world.questionnaire.pk}/answers/?band=blank">2 blank</a>' in page
    assert "Not qualified" in page


def test_the_inbox_is_filtered_searched_and_sorted(
    world: World, vendor: Organisation, vera: User, client: Client
) -> None:
    late = intake.receive(
        organisation=vendor,
        content=workbook(1),
        name="Another.xlsx",
        buyer="Zander Insurance",
        due_on=TODAY - timedelta(days=400),
        by=vera,
        at=NOW + timedelta(days=1),
    )
    first, second = late.title, world.questionnaire.title
    assert titles(client) == [first, second]  # due first
    assert titles(client, order="buyer") == [second, first]
    assert titles(client, order="new") == [first, second]
    assert titles(client, text="zander") == [first]
    assert titles(client, text="kestrel helper") == [second]
    assert titles(client, text="kestrel zander") == []
    assert titles(client, state="received") == [first]
    assert titles(client, verdict="NOT_QUALIFIED") == [second]
    assert titles(client, verdict="QUALIFIED") == []
    assert titles(client, due="overdue") == [first]
    assert titles(client, due="none") == []
    assert titles(client, cites="ISO-42001") == [second]
    assert titles(client, cites="ISO-9") == []
    assert "Overdue" in client.get(reverse("inbox")).content.decode()
    assert "No questionnaire fits" in client.get(reverse("inbox"), {"text": "nothing like it"}).content.decode()


def test_an_empty_inbox_offers_the_first_step(vera: User, client: Client) -> None:
    page = client.get(reverse("inbox")).content.decode()
    assert "No questionnaire has come in yet" in page
    assert 'action="/questionnaires/upload/"' in page
    assert "make run" in page


def test_answers_stand_in_the_buyers_order_and_are_filtered(world: World, client: Client) -> None:
    Response.objects.filter(pk=world.response(3).pk).update(code="unsure_mapping", reason="Two requirements fit.")
    assert listed(client, world) == [1, 2, 3, 4, 5, 6]
    assert listed(client, world, band="ready") == [1, 4]
    assert listed(client, world, band="suggested") == [2, 5]
    assert listed(client, world, band="blank") == [3, 6]
    assert listed(client, world, band="to_approve") == [1, 2, 4, 5]
    assert listed(client, world, band="approved") == []
    assert listed(client, world, code="unsure_mapping") == [3]
    assert listed(client, world, sheet="Security", text="certificate 5") == [5]
    assert listed(client, world, text="two requirements") == [3]
    assert listed(client, world, category="legal_regulatory", band="blank") == [3, 6]
    assert listed(client, world, category="bias_fairness") == []
    assert listed(client, world, cites="ISO-42001") == [1, 2, 4, 5]
    assert listed(client, world, band="no such band") == [1, 2, 3, 4, 5, 6]


def test_questions_that_were_not_drafted_are_told_apart(world: World, client: Client) -> None:
    world.response(6).delete()
    assert listed(client, world, band="unanswered") == [6]
    assert listed(client, world, band="blank") == [3]
    assert (
        "Not drafted yet"
        in client.get(reverse("questionnaire_answers", args=[world.questionnaire.pk])).content.decode()
    )


def test_a_row_opens_to_reason_mapping_and_proof(world: World, client: Client) -> None:
    page = client.get(
        reverse("questionnaire_answers", args=[world.questionnaire.pk]), {"band": "ready"}
    ).content.decode()
    assert "91 % sure" in page
    assert "<strong>LR-1</strong> ISO/IEC 42001 certificate in force" in page
    assert "ISO/IEC 42001 Artificial intelligence: 4.3" in page
    assert "“Certified by an accredited body.”" in page
    assert f'<a href="/evidence/{world.revision.evidence_id}/?on=2026-11-23">AI management certificate</a>' in page
    assert f'<a href="/evidence/revisions/{world.revision.pk}/file/#page=3">page 3 of ISO-42001.pdf</a>' in page
    assert "Answers as of 23 November 2026" in page
    assert "Yes is the compliant answer." in page


def test_proof_that_was_withdrawn_since_says_so(world: World, vera: User, client: Client) -> None:
    url = reverse("questionnaire_answers", args=[world.questionnaire.pk])
    assert "Withdrawn since" not in client.get(url).content.decode()
    withdraw(evidence=world.revision.evidence, by=vera, at=NOW)
    assert client.get(url).content.decode().count("Withdrawn since") == 4


def test_the_verdict_says_why_and_what_to_do(world: World, client: Client) -> None:
    response = client.get(reverse("questionnaire", args=[world.questionnaire.pk]))
    summary, page = response.context["summary"], response.content.decode()
    stored = world.questionnaire.assessments.get()
    open_findings = stored.findings.exclude(state__in=["met", "met_with_warning", "not_applicable"])
    shown = {gap.requirement for gap in summary.gaps}
    assert shown <= set(open_findings.values_list("requirement", flat=True))
    assert shown
    assert "LR-1" not in shown
    assert "Verdict on 23 November 2026" in page
    assert f"{len(shown)} requirements are not met" in page
    assert {row.id for row in summary.categories} == set(stored.readiness_by_category)
    assert summary.steps[0] in page


def test_the_verdict_stays_frozen_when_the_library_changes(world: World, vera: User, client: Client) -> None:
    url = reverse("questionnaire", args=[world.questionnaire.pk])
    before = client.get(url).context["summary"]
    withdraw(evidence=world.revision.evidence, by=vera, at=NOW)
    assert client.get(url).context["summary"] == before


@pytest.mark.parametrize("systems", [[], ["Helper"]])
def test_a_risk_acceptance_counts_as_it_did_on_the_day(
    systems: list[str], world: World, vera: User, client: Client
) -> None:
    entry = {
        "id": "RISK-1",
        "title": "Risk acceptance for reporting",
        "kind": "risk_acceptance",
        "issuer": {"name": "Kestrel Bank", "independence": "buyer_issued"},
        "dates": {"approved_on": TODAY - timedelta(days=30), "valid_until": TODAY + timedelta(days=60)},
        "covers_requirements": ["AT-1"],
        "ai_systems": systems,
        "approver": {"name": "Klara Ott", "title": "Chief Risk Officer"},
        "requester": {"name": "Jens Rau", "title": "Sourcing manager"},
        "residual_risk": "medium",
        "compensating_controls": "Monthly review.",
    }
    revision = add_revision(organisation=world.organisation, entry=entry, by=vera, at=NOW)
    confirm(revision=revision, by=vera, at=NOW)
    later = NOW + timedelta(hours=1)
    assessment.run(
        questionnaire=world.questionnaire, standing=standing(world.questionnaire, on=TODAY), by=vera, at=later
    )
    url = reverse("questionnaire", args=[world.questionnaire.pk])
    before = client.get(url).context["summary"]
    gate = standing(world.questionnaire, on=TODAY).gate()
    assert {gap.requirement: gap.covered_by_exception for gap in before.gaps if gap.covered_by_exception} == {
        "AT-1": "RISK-1"
    }
    assert gate.accepted == {"AT-1": "RISK-1"}
    assert [gap.requirement for gap in before.gaps] == list(gate.open_requirements)
    assert {row.id: row.state for row in before.categories} == gate.categories
    assert (
        f"for AT-1{' of Helper' if systems else ''}, by Klara Ott, Chief Risk Officer"
        in client.get(url).content.decode()
    )
    withdraw(evidence=revision.evidence, by=vera, at=later)
    world.questionnaire.sectors = ["eu_financial"]
    world.questionnaire.save(update_fields=["sectors"])
    assert client.get(url).context["summary"] == before


def test_a_verdict_under_another_edition_of_the_checklist_says_so(world: World, client: Client) -> None:
    url = reverse("questionnaire", args=[world.questionnaire.pk])
    assert "of the checklist. The one in use" not in client.get(url).content.decode()
    Assessment.objects.update(catalogue_digest="0" * 64, catalogue_version="2020.1")
    assert "edition 2020.1 of the checklist. The one in use" in client.get(url).content.decode()


def test_draft_files_are_marked(world: World, client: Client) -> None:
    page = client.get(reverse("questionnaire_files", args=[world.questionnaire.pk])).content.decode()
    assert "These files hold answers that nobody has approved" in page
    world.export.draft = False
    world.export.save(update_fields=["draft"])
    page = client.get(reverse("questionnaire_files", args=[world.questionnaire.pk])).content.decode()
    assert "nobody has approved" not in page


def test_a_questionnaire_that_is_only_received_says_how_to_go_on(
    vendor: Organisation, vera: User, store: Path, client: Client
) -> None:
    received = intake.receive(organisation=vendor, content=workbook(1), name="New.xlsx", by=vera, at=NOW)
    page = client.get(reverse("questionnaire", args=[received.pk])).content.decode()
    assert "Not scored yet" in page
    assert "No questions were read" in page


def test_long_questionnaires_come_in_pages_of_fifty(
    vendor: Organisation, vera: User, store: Path, client: Client
) -> None:
    world = build(vendor, by=vera, questions=101)
    assert listed(client, world) == list(range(1, 51))
    assert listed(client, world, page="3") == [101]
    assert listed(client, world, page="99") == [101]
    assert listed(client, world, page="x") == list(range(1, 51))
    page = client.get(reverse("questionnaire_answers", args=[world.questionnaire.pk]), {"band": ""}).content.decode()
    assert "1–50 of 101" in page
    assert Response.objects.filter(band=Band.READY).count() == 34
