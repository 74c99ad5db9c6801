"""The start page: what needs whom, and figures measured from what people did."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.actions.notifications import notify
from accounts.actions.people import add_member
from accounts.authorization import Acting, acting_for
from accounts.models import Organisation, Role, User
from evidence.actions import answers as library_answers
from evidence.actions import library
from evidence.actions.answer_rows import Wording
from evidence.models import EvidenceRevision
from rfp.actions.review import approve
from rfp.models import Assignment, Job, JobKind, JobState, KeptAnswer, Questionnaire, Response
from rfp.queries.home import library_of, needs_of, tally_of
from rfp.queries.pace import machine_of, pace_of
from tests.conftest import NOW, TODAY
from tests.pages.conftest import CERTIFICATE, HOSTILE, World, build
from tests.pages.sent import send


def acting(user: User) -> Acting:
    found = acting_for(user, chosen=None)
    assert found is not None
    return found


def page(client: Client) -> str:
    return client.get(reverse("home")).content.decode()


def titles(world: World) -> dict[int, str]:
    return {world.questionnaire.pk: world.questionnaire.title}


def rewrite(response: Response, by: User) -> None:
    """Let a person's words stand in place of what the machine proposed, as the desk does."""
    kept = KeptAnswer.objects.create(
        question=response.question,
        version=response.version,
        band=response.band,
        value=response.value,
        reason=response.reason,
        drafted_at=response.drafted_at,
        kept_at=NOW,
    )
    Response.objects.filter(pk=response.pk).update(machine=kept, written_by=by, written_at=NOW, band="suggested")


def test_only_an_approver_is_asked_to_approve(world: World, vera: User, ada: User) -> None:
    assert needs_of(acting(ada), on=TODAY).total_to_approve == 4
    assert needs_of(acting(vera), on=TODAY).to_approve == []


def test_what_is_assigned_to_a_person_is_theirs(world: World, vera: User, ada: User) -> None:
    for number, due in ((1, TODAY + timedelta(days=3)), (2, TODAY + timedelta(days=1)), (3, None)):
        Assignment.objects.create(
            question=world.question(number), assignee=vera, due_on=due, assigned_at=NOW, ended_at=None
        )
    Assignment.objects.filter(question=world.question(3)).update(ended_at=NOW, done=True)
    (deal,) = needs_of(acting(vera), on=TODAY).assigned
    assert (deal.mine, deal.mine_due_on) == (2, TODAY + timedelta(days=1))
    assert needs_of(acting(ada), on=TODAY).assigned == []


@pytest.mark.parametrize(("ahead", "listed"), [(-1, "overdue"), (0, "soon"), (7, "soon"), (8, "")])
def test_what_is_due_is_told(world: World, vera: User, ahead: int, listed: str) -> None:
    Questionnaire.objects.update(due_on=TODAY + timedelta(days=ahead))
    due = needs_of(acting(vera), on=TODAY).due
    assert ["overdue" if deal.overdue else "soon" for deal in due] == ([listed] if listed else [])


def test_a_job_that_failed_last_is_told(world: World, vera: User) -> None:
    def job(key: str, state: str, minutes: int) -> None:
        Job.objects.create(
            organisation=world.organisation,
            questionnaire=world.questionnaire,
            kind=JobKind.ANSWER,
            key=key,
            state=state,
            created_at=NOW + timedelta(minutes=minutes),
        )

    job("one", JobState.FAILED, 1)
    assert len(needs_of(acting(vera), on=TODAY).failed) == 1
    job("two", JobState.DONE, 2)
    assert needs_of(acting(vera), on=TODAY).failed == []


def test_what_was_sent_waits_for_nobody(world: World, vera: User, ada: User) -> None:
    send(world, by=vera)
    assert needs_of(acting(ada), on=TODAY).deals == []


def test_evidence_waits_for_the_right_person(world: World, vera: User, ada: User) -> None:
    mine = library_of(acting(vera), [], on=TODAY)
    other = library_of(acting(ada), [], on=TODAY)
    assert mine is not None
    assert other is not None
    assert (mine.waiting.unverified, other.waiting.unverified) == (0, 1)  # vera confirmed it
    library.add_revision(
        organisation=world.organisation,
        entry={**CERTIFICATE, "id": "N"},
        content=b"n",
        file_name="n.pdf",
        by=vera,
        at=NOW,
    )
    found = library_of(acting(ada), [], on=TODAY)
    assert found is not None
    assert (found.waiting.unconfirmed, found.documents) == (1, 2)
    EvidenceRevision.objects.filter(pk=world.revision.pk).update(verified_at=NOW, verified_by=ada)
    found = library_of(acting(ada), [], on=TODAY)
    assert found is not None
    assert found.waiting.unverified == 0


def test_the_list_of_evidence_shows_what_waits_for_a_second_person(
    world: World, ada: User, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(ada)
    wanted = {"second": "waits", "on": TODAY.isoformat()}
    assert len(client.get(reverse("evidence"), wanted).context["page"].object_list) == 1
    EvidenceRevision.objects.filter(pk=world.revision.pk).update(verified_at=NOW, verified_by=ada)
    assert len(client.get(reverse("evidence"), wanted).context["page"].object_list) == 0


def test_proof_that_ends_is_told_and_what_is_put_off_is_not(world: World, vera: User) -> None:
    def lapsing(on: date) -> tuple[int, int]:
        found = library_of(acting(vera), [], on=on)
        assert found is not None
        return len(found.lapsed), len(found.lapsing)

    assert lapsing(date(2027, 5, 1)) == (0, 1)
    assert lapsing(date(2027, 5, 20)) == (1, 0)
    world.revision.evidence.snoozes.create(reason="Booked.", until=date(2027, 6, 1), by=vera, at=NOW)
    assert lapsing(date(2027, 5, 20)) == (0, 0)
    assert lapsing(date(2027, 6, 2)) == (1, 0)


def test_a_role_that_reads_no_evidence_sees_none(world: World, vendor: Organisation) -> None:
    max_ = User.objects.create_user("max@vendor.example")
    add_member(organisation=vendor, user=max_, role=Role.MAPPING_ADMINISTRATOR, by=None, at=NOW)
    assert library_of(acting(max_), [], on=TODAY) is None


def test_the_days_count_to_the_first_version_that_was_sent(world: World, vera: User) -> None:
    assert (pace_of(world.organisation, on=TODAY).median, pace_of(world.organisation, on=TODAY).open) == (None, 1)
    send(world, by=vera, sent_on=TODAY + timedelta(days=4))
    send(world, by=vera, sent_on=TODAY + timedelta(days=40))
    second = build(world.organisation, by=vera, reference="B", file_name="Second.xlsx", buyer="Harbour")
    send(second, by=vera, sent_on=TODAY)
    pace = pace_of(world.organisation, on=TODAY)
    assert (pace.sent, pace.median, pace.open) == (2, 2, 0)
    assert (pace.months[-1].sent, pace.months[-1].median) == (2, 2)
    assert len(pace.months) == 6


def test_what_people_keep_is_measured_from_their_decisions(world: World, vera: User, ada: User) -> None:
    before = machine_of(world.organisation, titles(world))
    assert (before.questions, before.answered, before.blanks) == (6, 4, 2)
    assert [(group.name, group.kept.proposed, group.kept.share) for group in before.bands] == [
        ("ready", 2, None),
        ("suggested", 2, None),
    ]
    approve(questionnaire=world.questionnaire, include_suggested=True, by=ada, at=NOW)
    rewrite(world.response(1), vera)
    rewrite(world.response(3), vera)  # a blank that a person filled was no proposal
    after = machine_of(world.organisation, titles(world))
    assert [(group.name, group.kept.approved, group.kept.rewritten) for group in after.bands] == [
        ("ready", 1, 1),
        ("suggested", 2, 0),
    ]
    assert [(group.name, group.kept.decided) for group in after.sureness] == [("80 to 90 %", 4)]
    assert after.all.share == 0.75


def test_reasons_for_blanks_lead_to_the_answers(world: World) -> None:
    (reason,) = machine_of(world.organisation, titles(world)).reasons
    assert (reason.code, reason.count) == ("no_library_answer", 2)
    assert reason.places == [(world.questionnaire.pk, world.questionnaire.title, 2)]
    assert machine_of(world.organisation, {}).reasons == []


def test_library_answers_that_wait_are_counted_once(world: World, vera: User, ada: User) -> None:
    wording = Wording(question="Where is the data?", answer="In the EU")
    library_answers.add(organisation=world.organisation, wording=wording, by=vera, at=NOW)
    assert tally_of(world.organisation, ada).answers == 1
    assert tally_of(world.organisation, ada).decisions == 0


def test_the_page_says_what_waits_and_is_honest_about_few_decisions(
    world: World, ada: User, sign_in: Callable[[User], Client]
) -> None:
    notify(organisation=world.organisation, user=ada, kind="mention", text="Look.", at=NOW)
    shown = page(sign_in(ada))
    assert "4 answers in Questions of the bank" in shown
    assert "1 unread notification" in shown
    assert "<strong>0 decisions</strong> about mappings so far; a line of your own needs 150" in shown
    assert f"{reverse('questionnaire_answers', args=[world.questionnaire.pk])}?code=no_library_answer" in shown
    assert "not measured yet" in shown


def test_a_new_organisation_is_told_where_to_begin(
    vendor: Organisation, ada: User, sign_in: Callable[[User], Client]
) -> None:
    shown = page(sign_in(ada))
    assert "Begin here" in shown
    assert reverse("upload") in shown


def test_hostile_titles_stay_text(
    vendor: Organisation, vera: User, store: Any, ada: User, sign_in: Callable[[User], Client]
) -> None:
    build(vendor, by=vera, title=HOSTILE, file_name=f"{HOSTILE[:60]}.xlsx", buyer=HOSTILE)
    Questionnaire.objects.update(due_on=timezone.localdate(), title=HOSTILE)
    assert "<script>alert" not in page(sign_in(ada))


def test_many_questionnaires_cost_no_more_queries(
    world: World,
    vera: User,
    ada: User,
    sign_in: Callable[[User], Client],
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(4):
        build(world.organisation, by=vera, reference=f"R-{number}", file_name=f"{number}.xlsx", buyer=f"B {number}")
    client = sign_in(ada)
    with django_assert_max_num_queries(15):
        page(client)
