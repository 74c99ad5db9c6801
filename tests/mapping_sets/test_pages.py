"""The pages of versions: listed, looked at, gone back to."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import Organisation, User
from evidence.retrieval.encoder import Encoder
from rfp.actions.mapping_sets import drafts, examples, publishing, rules
from rfp.mapping.engine import Mapper
from rfp.models import MappingVersion
from rfp.queries.mapping_sets.versions import published_of
from tests.conftest import NOW
from tests.mapping_sets.conftest import COFFEE, TEA
from tests.pages.conftest import fresh_cache, sign_in  # noqa: F401  # fixtures


def test_an_administrator_looks_at_versions_and_goes_back(
    vendor: Organisation,
    max: User,
    draft: MappingVersion,
    mapper: Mapper,
    encoder: Encoder,
    sign_in: Callable[[User], Client],  # noqa: F811  # the fixture of that name
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    client = sign_in(max)
    rules.add_rule(draft=draft, rule=COFFEE, by=max, at=NOW)
    draft.refresh_from_db()
    first = publishing.publish(draft=draft, seen=draft.edits, note="Coffee.", mapper=mapper, by=max, at=NOW)
    second = drafts.open_draft(organisation=vendor, by=max, at=NOW)
    examples.add_examples(draft=second, examples=[TEA], encoder=encoder, by=max, at=NOW)
    second.refresh_from_db()
    publishing.publish(draft=second, seen=second.edits, note="Tea.", mapper=mapper, by=max, at=NOW)
    with django_assert_max_num_queries(15):
        listed = client.get("/mapping/").content.decode()
    assert "Coffee." in listed
    assert "Tea." in listed
    with django_assert_max_num_queries(15):
        shown = client.get(f"/mapping/versions/{first.pk}/").content.decode()
    assert "any of: coffee machine*" in shown
    assert "Publish version 1 again" in shown
    back = f"/mapping/versions/{first.pk}/back/"
    assert "Say in a note" in client.post(back, {"seen": "2", "note": ""}, follow=True).content.decode()
    assert "published meanwhile" in client.post(back, {"seen": "1", "note": "x"}, follow=True).content.decode()
    assert published_of(vendor) == second
    assert "says what version 1 said" in client.post(back, {"seen": "2", "note": "x"}, follow=True).content.decode()
    published = published_of(vendor)
    assert published is not None
    assert (published.number, published.digest) == (3, MappingVersion.objects.get(pk=first.pk).digest)
