"""Who gets which page. Every route has a row: a new one without fails here.

The ground is laid once for all tests of this file; each rolls back what it does to it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings as product
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pytest_django import Settings
from pytest_django.plugin import DjangoDbBlocker

from accounts.actions.people import add_member, create_organisation, vouch_for
from accounts.models import AuditEvent, Membership, Organisation, OrganisationKind, Role, User
from rfp.models import Response, ResponseStatus
from tests.conftest import NOW
from tests.pages.conftest import World, build
from tests.pages.matrix import MATRIX
from tests.pages.matrix.frameworks import lay_checklist
from tests.tenders.matrix import BUYER_MATRIX

MISSING = 999_999


GUARDED = sorted(name for name, row in MATRIX.items() if not row.public and not row.personal)
PERSONAL = sorted(name for name, row in MATRIX.items() if row.personal)
OWNED = sorted(name for name, row in MATRIX.items() if row.owned and not row.personal)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    store: Path
    world: World
    other_world: World


@pytest.fixture(scope="module")
def ground(
    tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Ground]:
    """Two vendors with their people and a questionnaire each."""
    before, product.STORE_DIR = product.STORE_DIR, tmp_path_factory.mktemp("access") / "store"
    with django_db_blocker.unblock(), transaction.atomic():
        vendor = create_organisation(name="Vera Vendor", slug="vera-vendor", kind=OrganisationKind.VENDOR, at=NOW)
        other = create_organisation(name="Olga Other", slug="olga-other", kind=OrganisationKind.VENDOR, at=NOW)
        vera = _person("vera@vendor.example", vendor, Role.SALES_ENGINEER)
        _person("ada@vendor.example", vendor, Role.APPROVER)
        _person("eve@vendor.example", vendor, Role.EVALUATOR)
        _person("mara@nowhere.example")
        olga = _person("olga@other.example", other, Role.APPROVER)
        lay_checklist()
        yield Ground(
            store=product.STORE_DIR,
            world=build(vendor, by=vera),
            other_world=build(
                other, by=olga, reference="OTHER-1", title="Certificate of another", buyer="Secret Buyer"
            ),
        )
        transaction.set_rollback(True)
    product.STORE_DIR = before


def _person(email: str, organisation: Organisation | None = None, role: Role = Role.EXPERT) -> User:
    user = User.objects.create_user(email, full_name=email.partition("@")[0].title())
    if organisation is not None:
        vouch_for(user)
        add_member(organisation=organisation, user=user, role=role, by=None, at=NOW)
    return user


@pytest.fixture
def world(db: None, ground: Ground, settings: Settings) -> World:
    settings.STORE_DIR = ground.store
    return ground.world


@pytest.fixture
def other_world(world: World, ground: Ground) -> World:
    return ground.other_world


@pytest.fixture
def vera(world: World) -> User:
    return User.objects.get(email="vera@vendor.example")


@pytest.fixture
def ada(world: World) -> User:
    return User.objects.get(email="ada@vendor.example")


@pytest.fixture
def eve(world: World) -> User:
    return User.objects.get(email="eve@vendor.example")


@pytest.fixture
def mara(world: World) -> User:
    return User.objects.get(email="mara@nowhere.example")


@pytest.fixture
def olga(world: World) -> User:
    return User.objects.get(email="olga@other.example")


def address(name: str, world: World, *, pk: int | None = None) -> str:
    row = MATRIX[name]
    owned = {"pk": pk if pk is not None else row.owned(world)} if row.owned else {}
    return reverse(name, kwargs={**owned, **row.path})


def ask(client: Client, name: str, world: World, *, pk: int | None = None) -> HttpResponse:
    row = MATRIX[name]
    send = client.post if row.method == "post" else client.get
    return send(address(name, world, pk=pk), row.sends(world))  # type: ignore[return-value]  # the test client's own type


def equip(name: str, person: User) -> User:
    """Give a person the role that a page asks for beside the approver's."""
    role, held = MATRIX[name].role, list(Membership.objects.filter(user=person))
    if role is not None and role not in {membership.role for membership in held}:
        add_member(organisation=held[0].organisation, user=person, role=role, by=None, at=NOW)
    return person


def body(response: HttpResponse) -> str:
    """Return the page without the tokens that differ from load to load."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode(errors="replace"))


def routes(resolver: URLResolver) -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from routes(entry)
        else:
            assert isinstance(entry, URLPattern)
            yield entry.name or str(entry.pattern)


def test_every_route_has_a_row() -> None:
    assert sorted(routes(get_resolver())) == sorted([*MATRIX, *BUYER_MATRIX])


@pytest.mark.parametrize("name", GUARDED)
def test_an_approver_of_the_vendor_gets_it(
    name: str, world: World, ada: User, sign_in: Callable[[User], Client]
) -> None:
    assert ask(sign_in(equip(name, ada)), name, world).status_code == MATRIX[name].own


@pytest.mark.parametrize("name", GUARDED)
def test_a_sales_engineer_reads_and_does_not_approve(
    name: str, world: World, vera: User, sign_in: Callable[[User], Client]
) -> None:
    assert ask(sign_in(vera), name, world).status_code == MATRIX[name].sales_engineer
    assert not Response.objects.filter(status=ResponseStatus.APPROVED).exists()


@pytest.mark.parametrize("name", OWNED)
def test_what_belongs_to_another_organisation_is_the_same_as_what_is_missing(
    name: str, world: World, other_world: World, olga: User, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(equip(name, olga))
    pk = MATRIX[name].owned(world)  # type: ignore[misc]  # these rows name one
    before = AuditEvent.objects.count()
    foreign, missing = ask(client, name, world, pk=pk), ask(client, name, world, pk=MISSING)
    assert (foreign.status_code, missing.status_code) == (404, 404)
    assert body(foreign) == body(missing)
    assert AuditEvent.objects.count() == before
    assert not Response.objects.filter(status=ResponseStatus.APPROVED).exists()


@pytest.mark.parametrize("name", [name for name in GUARDED if name not in OWNED])
def test_lists_show_nothing_of_another_organisation(
    name: str, world: World, other_world: World, ada: User, sign_in: Callable[[User], Client]
) -> None:
    page = body(ask(sign_in(equip(name, ada)), name, world))
    assert "Secret Buyer" not in page
    assert "OTHER-1" not in page
    assert "Certificate of another" not in page


@pytest.mark.parametrize("name", GUARDED)
def test_a_stranger_is_sent_to_sign_in(name: str, world: World) -> None:
    response = ask(Client(SERVER_NAME="localhost"), name, world)
    assert response.status_code == 302
    assert response["Location"].startswith("/sign-in/?next=/")


@pytest.mark.parametrize("name", PERSONAL)
def test_a_page_about_oneself_needs_a_sign_in_and_no_organisation(
    name: str, world: World, mara: User, ada: User, sign_in: Callable[[User], Client]
) -> None:
    stranger = ask(Client(SERVER_NAME="localhost"), name, world, pk=MISSING)
    assert (stranger.status_code, stranger["Location"][:9]) == (302, "/sign-in/")
    for person in (mara, ada):
        assert ask(sign_in(person), name, world, pk=MISSING).status_code == MATRIX[name].own


@pytest.mark.parametrize("pk", [None, MISSING])
@pytest.mark.parametrize("name", GUARDED)
def test_a_person_without_an_organisation_or_role_is_refused_alike_for_all_ids(
    name: str, pk: int | None, world: World, mara: User, eve: User, sign_in: Callable[[User], Client]
) -> None:
    for person in (mara, eve):
        assert ask(sign_in(person), name, world, pk=pk).status_code == 403


@pytest.mark.parametrize("name", GUARDED)
def test_a_membership_that_ended_opens_nothing(
    name: str, world: World, ada: User, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(equip(name, ada))
    Membership.objects.filter(user=ada).update(ended_at=NOW)
    assert ask(client, name, world).status_code == 403


def test_a_closed_account_is_signed_out(world: World, ada: User, sign_in: Callable[[User], Client]) -> None:
    client = sign_in(ada)
    User.objects.filter(pk=ada.pk).update(is_active=False)
    assert ask(client, "inbox", world).status_code == 302


@pytest.mark.parametrize("pk", [10**18, 2**63, 10**30])
@pytest.mark.parametrize("name", OWNED)
def test_an_id_beyond_every_number_is_missing(
    name: str, pk: int, world: World, ada: User, sign_in: Callable[[User], Client]
) -> None:
    path = reverse(name, kwargs={"pk": MISSING, **MATRIX[name].path}).replace(str(MISSING), str(pk))
    client = sign_in(equip(name, ada))
    send = client.post if MATRIX[name].method == "post" else client.get
    assert send(path, MATRIX[name].sends(world)).status_code == 404


@pytest.mark.parametrize("name", [name for name in GUARDED if MATRIX[name].method == "post"])
def test_what_changes_something_is_not_done_by_a_link(
    name: str, world: World, ada: User, sign_in: Callable[[User], Client]
) -> None:
    arguments = {"pk": world.questionnaire.pk} if MATRIX[name].owned else {}
    assert sign_in(equip(name, ada)).get(reverse(name, kwargs=arguments)).status_code == 405


@pytest.mark.parametrize("name", [name for name in GUARDED if MATRIX[name].method == "post"])
def test_what_changes_something_needs_the_token_of_the_page(name: str, world: World, ada: User) -> None:
    client = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    client.force_login(ada)
    response = ask(client, name, world)
    assert response.status_code == 403
    assert "open too long" in response.content.decode()
    assert not Response.objects.filter(status=ResponseStatus.APPROVED).exists()
