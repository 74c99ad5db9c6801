"""What ends when, and reminders that do not stop."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from smtplib import SMTPException
from unittest.mock import patch

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.actions.people import add_member
from accounts.models import AuditEvent, Membership, Notification, Organisation, Role, User
from evidence.actions import library
from rfp.actions.reminders import (
    SnoozeRefused,
    choose_audience,
    mail_reminders,
    remind,
    remind_where_due,
    snooze,
)
from rfp.models import Reminder, Snooze
from rfp.models.reminder import Audience
from rfp.queries.timeline import Ending, endings
from tests.conftest import NOW, TODAY
from tests.pages.conftest import CERTIFICATE, World

END = date(2027, 5, 18)  # twelve months after the certificate was issued


def at(day: date) -> datetime:
    return datetime.combine(day, NOW.timetz())


def ending(world: World, on: date) -> Ending:
    (found,) = endings(world.organisation, on=on)
    return found


def run(world: World, left: int) -> int:
    """Remind as many days before the end."""
    day = END - timedelta(days=left)
    return remind(organisation=world.organisation, on=day, at=at(day))


@pytest.fixture
def owen(vendor: Organisation) -> User:
    """The vendor's evidence owner."""
    user = User.objects.create_user("owen@vendor.example", full_name="Owen Owner")
    add_member(organisation=vendor, user=user, role=Role.EVIDENCE_OWNER, by=None, at=NOW)
    return user


def test_a_proof_says_what_it_carries_and_when_to_start(world: World) -> None:
    found = ending(world, TODAY)
    assert (found.reference, found.ends_on, found.lapsed) == ("ISO-42001", END, False)
    assert list(found.carries) == ["LR-1", "LR-2"]
    assert found.start_by is not None
    assert found.start_by < END
    assert found.matters


def test_what_lapsed_stays_and_says_what_it_carried(world: World) -> None:
    found = ending(world, date(2027, 12, 1))
    assert found.lapsed
    assert "LR-1" in found.carries


def test_what_is_renewed_or_withdrawn_goes(world: World, vera: User) -> None:
    renewed = {**CERTIFICATE, "dates": {"issued_on": date(2027, 5, 2), "valid_until": date(2030, 5, 1)}}
    on = date(2027, 12, 1)
    revision = library.add_revision(organisation=world.organisation, entry=renewed, by=vera, at=NOW)
    library.confirm(revision=revision, by=vera, at=NOW)
    assert not ending(world, on).lapsed
    library.withdraw(evidence=revision.evidence, by=vera, at=NOW)
    assert endings(world.organisation, on=on) == []


def test_what_a_later_document_of_its_series_replaces_goes(world: World, vera: User) -> None:
    later = {**CERTIFICATE, "id": "ISO-42001-B", "dates": {"issued_on": date(2027, 5, 2)}}
    revision = library.add_revision(
        organisation=world.organisation, entry=later, content=b"later", file_name="l.pdf", by=vera, at=NOW
    )
    library.confirm(revision=revision, by=vera, at=NOW)
    assert [row.reference for row in endings(world.organisation, on=date(2027, 12, 1))] == ["ISO-42001-B"]


def test_reminders_go_on_after_the_end(world: World, owen: User) -> None:
    told = [left for left in range(100, -30, -1) if run(world, left)]
    assert told == [90, 60, 30, 14, 7, 1, 0, -7, -14, -21, -28]
    texts = list(Notification.objects.filter(user=owen).order_by("created_at").values_list("text", flat=True))
    assert texts[0] == (
        "“AI management certificate” (ISO-42001) lapses on 18 May 2027, in 90 days; it proves LR-1, LR-2."
    )
    assert "counts for the last day today" in texts[6]
    assert "lapsed on 18 May 2027, 7 days ago; it proved LR-1" in texts[7]


def test_the_same_day_tells_nobody_twice(world: World, owen: User) -> None:
    assert (run(world, 90), run(world, 90), run(world, 89)) == (1, 0, 0)
    assert AuditEvent.objects.filter(event="evidence.reminded").count() == 1


def test_a_day_that_was_missed_is_made_up_for(world: World, owen: User) -> None:
    assert run(world, 45) == 1
    assert Reminder.objects.get().step == 60


def test_a_snooze_keeps_quiet_until_its_day(world: World, owen: User) -> None:
    day = END - timedelta(days=90)
    until = END - timedelta(days=50)
    snooze(evidence=world.revision.evidence, reason="The audit is booked.", until=until, on=day, by=owen, at=NOW)
    assert [left for left in range(90, 20, -1) if run(world, left)] == [49, 30]
    assert AuditEvent.objects.get(event="evidence.snoozed").details["reason"] == "The audit is booked."


def test_the_same_snooze_twice_is_one(world: World, owen: User) -> None:
    until = TODAY + timedelta(days=30)
    for _ in range(2):
        snooze(evidence=world.revision.evidence, reason="Booked.", until=until, on=TODAY, by=owen, at=NOW)
    assert Snooze.objects.count() == 1


@pytest.mark.parametrize(("reason", "days"), [("  ", 10), ("Later.", 0), ("Later.", 91)])
def test_a_snooze_needs_a_reason_and_an_end_in_sight(world: World, owen: User, reason: str, days: int) -> None:
    until = TODAY + timedelta(days=days)
    with pytest.raises(SnoozeRefused):
        snooze(evidence=world.revision.evidence, reason=reason, until=until, on=TODAY, by=owen, at=NOW)
    assert not Snooze.objects.exists()


def test_the_keeper_alone_is_told_where_the_organisation_wants_that(world: World, owen: User, vera: User) -> None:
    other = User.objects.create_user("odd@vendor.example")
    add_member(organisation=world.organisation, user=other, role=Role.EVIDENCE_OWNER, by=None, at=NOW)
    choose_audience(organisation=world.organisation, audience=Audience.KEEPER, by=owen, at=NOW)
    assert run(world, 90) == 2  # the keeper sells and may not edit evidence: all owners are told
    add_member(organisation=world.organisation, user=vera, role=Role.EVIDENCE_OWNER, by=None, at=NOW)
    assert run(world, 60) == 1
    assert Reminder.objects.latest("pk").user == vera


def test_without_evidence_owners_the_approvers_are_told(world: World, ada: User) -> None:
    assert run(world, 90) == 1
    assert Reminder.objects.get().user == ada


def test_a_person_who_left_is_not_told(world: World, owen: User) -> None:
    Membership.objects.filter(user=owen).update(ended_at=NOW)
    assert run(world, 90) == 0


def test_one_e_mail_a_person_lists_what_is_due(world: World, owen: User) -> None:
    run(world, 90)
    assert mail_reminders(organisation=world.organisation, at=NOW) == 1
    assert mail_reminders(organisation=world.organisation, at=NOW) == 0
    (letter,) = mail.outbox
    assert letter.to == ["owen@vendor.example"]
    assert letter.subject == "Countersign: 1 proof needs renewal"
    assert "ISO-42001" in letter.body
    assert f"/evidence/{world.revision.evidence_id}/" in letter.body


def test_an_e_mail_that_fails_is_sent_with_the_next_run(world: World, owen: User) -> None:
    run(world, 90)
    with patch("rfp.actions.reminders.send_mail", side_effect=SMTPException("no")):
        assert mail_reminders(organisation=world.organisation, at=NOW) == 0
    assert mail_reminders(organisation=world.organisation, at=NOW) == 1


def test_the_day_is_taken_once_and_not_in_the_night(world: World, owen: User, other_world: World) -> None:
    day = datetime(2027, 2, 17, tzinfo=UTC)  # ninety days before the end
    assert remind_where_due(at=day + timedelta(hours=5)) == 0
    assert remind_where_due(at=day + timedelta(hours=6)) == 2
    assert remind_where_due(at=day + timedelta(hours=7)) == 0
    assert remind_where_due(at=day + timedelta(days=1, hours=6)) == 2
    assert [row.user for row in Reminder.objects.filter(evidence=world.revision.evidence)] == [owen]
    assert len([letter for letter in mail.outbox if letter.to == [owen.email]]) == 1


def test_the_command_does_it_for_every_vendor(world: World, owen: User, other_world: World) -> None:
    said = StringIO()
    call_command("remind", stdout=said)
    assert "Vera Vendor: " in said.getvalue()
    assert "Olga Other: " in said.getvalue()


def test_the_page_shows_it_and_puts_it_off(world: World, ada: User, sign_in: Callable[[User], Client]) -> None:
    client = sign_in(ada)
    page = client.get(reverse("timeline")).content.decode()
    assert "AI management certificate" in page
    assert "LR-2" in page
    until = (date.today() + timedelta(days=20)).isoformat()
    where = reverse("snooze_reminder", args=[world.revision.evidence_id])
    client.post(where, {"reason": "Booked <b>now</b>.", "until": until})
    page = client.get(reverse("timeline")).content.decode()
    assert "Booked &lt;b&gt;now&lt;/b&gt;." in page
    client.post(where, {"reason": "", "until": until})
    client.post(where, {"reason": "Much later.", "until": "2099-01-01"})
    assert Snooze.objects.count() == 1


def test_an_empty_library_says_what_the_page_is_for(
    vendor: Organisation, ada: User, sign_in: Callable[[User], Client]
) -> None:
    assert "Nothing ends within twelve months" in sign_in(ada).get(reverse("timeline")).content.decode()


def test_many_documents_cost_no_more_queries(
    world: World,
    vera: User,
    sign_in: Callable[[User], Client],
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(8):
        entry = {**CERTIFICATE, "id": f"C-{number}", "number": f"N-{number}", "scheme": "ISO/IEC 27001:2022"}
        revision = library.add_revision(
            organisation=world.organisation, entry=entry, content=b"%d" % number, file_name="c.pdf", by=vera, at=NOW
        )
        library.confirm(revision=revision, by=vera, at=NOW)
    client = sign_in(vera)
    with django_assert_max_num_queries(14):
        client.get(reverse("timeline"))
