"""From the invitation to the second step: the pages of people, as the people use them."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.actions.invitations import invite
from accounts.actions.people import add_member, create_organisation
from accounts.models import AuditEvent, Invitation, Membership, Organisation, OrganisationKind, Role, User
from tests.conftest import NOW
from tests.pages.conftest import World

PASSWORD = "a long enough pass phrase"
LINK = re.compile(r"http://localhost(/invitations/\S+)")
CODE = re.compile(r"^([A-Z0-9]+-?[A-Z0-9]+)$", re.MULTILINE)


@pytest.fixture(autouse=True)
def quick(quick_hashing: None) -> None:
    """Passwords are hashed quickly here."""


@pytest.fixture
def admin(vendor: Organisation, ada: User) -> User:
    add_member(organisation=vendor, user=ada, role=Role.ADMINISTRATOR, by=None, at=NOW)
    ada.set_password(PASSWORD)
    ada.save()
    return ada


@pytest.fixture
def manager(admin: User, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(admin)


@pytest.fixture
def stranger(db: None) -> Client:
    return Client(SERVER_NAME="localhost")


def invited_link(manager: Client, email: str, *roles: str) -> str:
    """Invite the address and return the path in the mail."""
    response = manager.post(reverse("people_invite"), {"email": email, "roles": roles})
    assert response.status_code == 302
    message = mail.outbox[-1]
    assert message.to == [email]
    found = LINK.search(str(message.body))
    assert found
    return found[1]


def enter(client: Client, person: User, **wanted: str) -> str:
    """Sign in by password and return where that leads."""
    response = client.post(reverse("sign_in"), {"login": person.email, "password": PASSWORD, **wanted})
    assert response.status_code == 302
    return response["Location"]


def app_code(secret: str, *, steps: int = 0) -> str:
    """Return what the app shows now, or some steps of half a minute later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def set_up_app(client: Client) -> None:
    """Set up an app with codes, after the password once more."""
    assert client.get(reverse("mfa_activate_totp")).status_code == 302
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    done = client.post(reverse("mfa_activate_totp"), {"code": app_code(secret)})
    assert (done.status_code, done["Location"]) == (302, reverse("mfa_view_recovery_codes"))


def test_a_new_person_comes_in_by_the_link_of_the_mail(vendor: Organisation, manager: Client, stranger: Client) -> None:
    link = invited_link(manager, "zoe@new.example", "expert", "evidence_owner")
    shown = stranger.get(link)
    assert shown["Referrer-Policy"] == "same-origin"
    assert "Vera Vendor invites you" in shown.content.decode()
    assert Invitation.objects.pending().exists()  # looking accepts nothing
    assert stranger.post(link)["Location"] == reverse("account_signup")
    page = stranger.get(reverse("account_signup")).content.decode()
    assert "zoe@new.example" in page
    entered = {"full_name": "Zoe New", "email": "zoe@new.example", "password1": PASSWORD}
    assert stranger.post(reverse("account_signup"), entered)["Location"] == "/"
    zoe = User.objects.get(email="zoe@new.example")
    assert zoe.full_name == "Zoe New"
    assert EmailAddress.objects.get(user=zoe).verified
    held = set(Membership.objects.filter(user=zoe, organisation=vendor).values_list("role", flat=True))
    assert held == {"expert", "evidence_owner"}
    assert stranger.get("/").status_code == 200
    events = set(AuditEvent.objects.values_list("event", flat=True))
    assert {"invitation.sent", "invitation.accepted", "person.signed_in"} <= events


def test_nobody_opens_an_account_without_an_invitation_or_for_another_address(
    manager: Client, stranger: Client
) -> None:
    entered = {"full_name": "Zoe", "email": "eve@else.example", "password1": PASSWORD}
    assert "by invitation" in stranger.post(reverse("account_signup"), entered).content.decode()
    stranger.post(invited_link(manager, "zoe@new.example", "expert"))
    page = stranger.post(reverse("account_signup"), entered)
    assert "for the address that was invited" in page.content.decode()
    assert not User.objects.filter(email__in=["eve@else.example", "zoe@new.example"]).exists()


def test_somebody_of_another_organisation_joins_with_the_account_they_have(
    vendor: Organisation, olga: User, manager: Client, stranger: Client
) -> None:
    olga.set_password(PASSWORD)
    olga.save()
    link = invited_link(manager, olga.email, "expert")
    assert stranger.post(link)["Location"] == "/sign-in/?next=%2Finvitation%2F"
    assert enter(stranger, olga, next="/invitation/") == "/invitation/"
    assert "Join Vera Vendor?" in stranger.get("/invitation/").content.decode()
    assert stranger.post("/invitation/")["Location"] == "/"
    assert set(Membership.objects.filter(user=olga).values_list("organisation__slug", flat=True)) == {
        "olga-other",
        "vera-vendor",
    }
    assert stranger.get("/invitation/").status_code == 404


def test_somebody_else_who_is_signed_in_is_not_let_in(
    vendor: Organisation, olga: User, manager: Client, sign_in: Callable[[User], Client]
) -> None:
    link = invited_link(manager, "zoe@new.example", "expert")
    client = sign_in(olga)
    assert "Sign out first" in client.get(link).content.decode()
    client.post(link)
    client.post("/invitation/")
    assert not Membership.objects.filter(user=olga, organisation=vendor).exists()


def test_links_that_open_nothing_are_all_alike(manager: Client, admin: User, stranger: Client) -> None:
    first = invited_link(manager, "zoe@new.example", "expert")
    pk = Invitation.objects.get().pk
    manager.post(reverse("invitation_resend", args=[pk]))
    manager.post(reverse("invitation_revoke", args=[pk]))
    second = LINK.search(str(mail.outbox[-1].body))
    assert second
    late = invited_link(manager, "yan@new.example", "expert")
    Invitation.objects.pending().update(expires_at=timezone.now())
    pages = {stranger.get(path).content for path in (first, second[1], late, "/invitations/never-sent/")}
    assert len(pages) == 1
    assert {stranger.post(path).status_code for path in (first, second[1], late)} == {404}


def test_the_page_of_people_says_who_is_in_and_asks_little_of_the_database(
    vendor: Organisation,
    vera: User,
    admin: User,
    manager: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(5):
        invite(organisation=vendor, email=f"n{number}@new.example", roles=[Role.EXPERT], by=admin, at=timezone.now())
    Authenticator.objects.create(user=vera, type=Authenticator.Type.TOTP, data={})
    with django_assert_max_num_queries(15):
        page = manager.get(reverse("people"))
    shown = {member.user: (member.role_names, member.two_factor) for member in page.context["members"]}
    assert shown == {vera: ("Sales engineer", True), admin: ("Approver, Organisation administrator", False)}
    assert "5 invited" in page.content.decode()


def test_roles_are_changed_and_a_membership_ends_at_once(
    world: World, vera: User, manager: Client, sign_in: Callable[[User], Client]
) -> None:
    hers = sign_in(vera)
    assert hers.get("/").status_code == 200
    manager.post(reverse("member", args=[vera.pk]), {"roles": ["expert", "approver"]})
    held = Membership.objects.filter(user=vera, ended_at=None).values_list("role", flat=True)
    assert set(held) == {"expert", "approver"}
    manager.post(reverse("member_end", args=[vera.pk]))
    assert hers.get("/").status_code == 403
    assert manager.get(reverse("member", args=[vera.pk])).status_code == 404


def test_the_last_administrator_stays(admin: User, manager: Client) -> None:
    page = manager.post(reverse("member", args=[admin.pk]), {"roles": ["expert"]})
    assert "the only administrator" in page.content.decode()
    page = manager.post(reverse("member_end", args=[admin.pk]), follow=True)
    assert "the only administrator" in page.content.decode()
    assert Membership.objects.filter(user=admin, role=Role.ADMINISTRATOR, ended_at=None).exists()


def test_roles_of_buyers_are_not_given_in_a_vendor(vera: User, manager: Client) -> None:
    page = manager.post(reverse("member", args=[vera.pk]), {"roles": ["procurement"]})
    assert page.status_code == 200
    assert set(Membership.objects.filter(user=vera).values_list("role", flat=True)) == {"sales_engineer"}


@pytest.mark.django_db(transaction=True)  # what was done is recorded after the commit
def test_a_required_second_step_is_set_up_before_anything_is_seen(
    world: World,
    admin: User,
    vera: User,
    manager: Client,
    stranger: Client,
) -> None:
    vera.set_password(PASSWORD)
    vera.save()
    settings = {"name": "Vera Vendor", "legal_entity": "Vera Vendor", "time_zone": "Europe/Oslo"}
    manager.post(reverse("organisation_settings"), {**settings, "requires_two_factor": "on"})
    world.organisation.refresh_from_db()
    assert (world.organisation.requires_two_factor, world.organisation.time_zone) == (True, "Europe/Oslo")
    enter(stranger, vera)
    assert stranger.get("/")["Location"] == reverse("mfa_index")
    assert "needs a second step" in stranger.get(reverse("mfa_index")).content.decode()
    set_up_app(stranger)
    assert stranger.get("/").status_code == 200
    assert AuditEvent.objects.filter(event="person.second_step_added", actor_id=vera.pk).exists()


def test_a_recovery_code_stands_in_for_the_second_step_once(world: World, admin: User, stranger: Client) -> None:
    enter(stranger, admin)
    set_up_app(stranger)
    codes = stranger.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]
    assert len(codes) == 10
    stranger.post(reverse("sign_out"))
    assert enter(stranger, admin) == reverse("mfa_authenticate")
    assert stranger.get("/").status_code == 302  # not in yet
    assert "not the code" in stranger.post(reverse("mfa_authenticate"), {"code": "000000"}).content.decode()
    assert stranger.post(reverse("mfa_authenticate"), {"code": codes[0]})["Location"] == "/"
    stranger.post(reverse("sign_out"))
    enter(stranger, admin)
    assert stranger.post(reverse("mfa_authenticate"), {"code": codes[0]}).status_code == 200  # used up


def test_the_code_of_the_app_opens_the_account(world: World, admin: User, stranger: Client) -> None:
    secret = "JBSWY3DPEHPK3PXP"
    Authenticator.objects.create(user=admin, type=Authenticator.Type.TOTP, data={"secret": secret})
    assert enter(stranger, admin) == reverse("mfa_authenticate")
    assert stranger.post(reverse("mfa_authenticate"), {"code": app_code(secret, steps=5)}).status_code == 200
    assert stranger.post(reverse("mfa_authenticate"), {"code": app_code(secret)})["Location"] == "/"
    stranger.post(reverse("sign_out"))
    enter(stranger, admin)
    assert stranger.post(reverse("mfa_authenticate"), {"code": app_code(secret)}).status_code == 200  # each works once


def test_other_sessions_are_listed_and_ended(world: World, admin: User, stranger: Client) -> None:
    other = Client(SERVER_NAME="localhost", headers={"user-agent": "Mozilla/5.0 (X11; Linux) Firefox/140.0"})
    enter(other, admin)
    enter(stranger, admin)
    page = stranger.get(reverse("usersessions_list")).content.decode()
    assert "Firefox on Linux" in page
    stranger.post(reverse("usersessions_list"))
    assert other.get("/").status_code == 302
    assert stranger.get("/").status_code == 200


def test_a_forgotten_password_is_replaced_with_a_code_from_a_mail(admin: User, stranger: Client) -> None:
    stranger.post(reverse("account_reset_password"), {"email": admin.email})
    found = CODE.search(str(mail.outbox[-1].body))
    assert found
    done = stranger.post(reverse("account_confirm_password_reset_code"), {"code": found[1]})
    assert done["Location"] == reverse("account_complete_password_reset")
    new = "quite another phrase"
    stranger.post(reverse("account_complete_password_reset"), {"password1": new, "password2": new})
    admin.refresh_from_db()
    assert admin.check_password(new)
    assert AuditEvent.objects.filter(event="person.password_reset").exists()


def test_an_unknown_address_is_told_the_same_and_gets_no_mail(db: None, stranger: Client) -> None:
    response = stranger.post(reverse("account_reset_password"), {"email": "nobody@nowhere.example"})
    assert response["Location"] == reverse("account_confirm_password_reset_code")
    assert mail.outbox == []


def test_an_address_changes_only_with_the_code_sent_to_it(admin: User, stranger: Client) -> None:
    enter(stranger, admin)
    stranger.post(reverse("account_email"), {"email": "ada@moved.example", "action_add": ""})
    admin.refresh_from_db()
    assert admin.email == "ada@vendor.example"
    message = next(sent for sent in mail.outbox if sent.to == ["ada@moved.example"])
    found = CODE.search(str(message.body))
    assert found
    stranger.post(reverse("account_email_verification_sent"), {"code": found[1]})
    admin.refresh_from_db()
    assert admin.email == "ada@moved.example"


def test_a_mail_server_that_is_down_leaves_an_invitation_to_send_again(
    manager: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise OSError("no route")

    monkeypatch.setattr("accounts.mail.send_mail", refuse)
    page = manager.post(reverse("people_invite"), {"email": "zoe@new.example", "roles": ["expert"]}, follow=True)
    assert "Send it again when it works" in page.content.decode()
    assert Invitation.objects.pending().count() == 1


def test_a_persons_name_is_their_own(vera: User, sign_in: Callable[[User], Client]) -> None:
    sign_in(vera).post(reverse("account"), {"full_name": "Vera V."})
    vera.refresh_from_db()
    assert vera.full_name == "Vera V."


def test_buyers_are_offered_the_roles_of_buyers(admin: User, sign_in: Callable[[User], Client]) -> None:
    buyer = create_organisation(name="A Bank", slug="a-bank", kind=OrganisationKind.BUYER, at=NOW)
    add_member(organisation=buyer, user=admin, role=Role.ADMINISTRATOR, by=None, at=NOW)
    page = sign_in(admin).get(reverse("people")).content.decode()
    assert "Procurement" in page
    assert "Sales engineer" not in page


def test_who_belongs_to_nothing_any_more_can_sign_out(mara: User, sign_in: Callable[[User], Client]) -> None:
    refused = sign_in(mara).get(reverse("home"))
    assert refused.status_code == 403
    assert f'action="{reverse("sign_out")}"' in refused.content.decode()


def test_a_new_name_of_ones_own_is_on_record_once(vera: User, sign_in: Callable[[User], Client]) -> None:
    client = sign_in(vera)
    for _ in range(2):
        client.post(reverse("account"), {"full_name": "Vera Valdez"})
    assert AuditEvent.objects.get(event="person.renamed").details == {"before": "Vera Vance", "after": "Vera Valdez"}
