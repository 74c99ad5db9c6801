"""Search over all frameworks: by id, by words, by the names that buyers use."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Organisation
from evidence.frameworks.search import find_items
from evidence.models import Framework


@pytest.mark.django_db
@pytest.mark.usefixtures("shipped")
@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("AT-4", "ai-assurance-mandate AT-4"),
        ("a.6.2.4", "iso-42001-2023 A.6.2.4"),
        ("iso 27001 A.5.1", "iso-27001-2022 A.5.1"),
        ("iso 42001 4.3", "iso-42001-2023 4.3"),
        ("govern 1.1", "nist-ai-rmf-1.0 GOVERN 1.1"),
        ("LLM06", "owasp-llm-2026 LLM06:2026"),
        ("llm06:2025", "owasp-llm-2025 LLM06:2025"),
        ("ai act art. 50", "eu-ai-act Art. 50"),
        ("kill switch", "ai-assurance-mandate IR-6"),
        ("prompt injections", "owasp-llm-2026 LLM01:2026"),
        ("OCC 2011-12", "sr-26-2 SR26-2.A"),
    ],
)
def test_the_item_meant_comes_first(vendor: Organisation, text: str, first: str) -> None:
    assert str(find_items(vendor, text)[0]) == first


@pytest.mark.django_db
@pytest.mark.usefixtures("shipped")
@pytest.mark.parametrize("text", ["", "  ", "no such words anywhere", "?!"])
def test_what_fits_nothing_finds_nothing(vendor: Organisation, text: str) -> None:
    assert find_items(vendor, text) == []


@pytest.mark.django_db
@pytest.mark.usefixtures("shipped")
def test_a_search_is_narrowed_and_cut(vendor: Organisation) -> None:
    rmf = Framework.objects.get(slug="nist-ai-rmf-1.0")
    with CaptureQueriesContext(connection) as asked:
        found = find_items(vendor, "risk", framework=rmf.pk, most=5)
    assert {item.framework for item in found} == {rmf}
    assert len(found) == 5
    assert len(asked) <= 4
