"""A page that fails says whether trying again helps, and keeps the error out of sight."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import OperationalError
from django.test import Client

from accounts.models import User
from tests.pages.conftest import World


@pytest.mark.parametrize(
    ("problem", "status", "heading"),
    [
        (OperationalError("database is locked"), 503, "Back in a moment"),
        (ValueError("secret detail"), 500, "Something went wrong here"),
    ],
)
def test_a_page_that_fails(
    problem: Exception,
    status: int,
    heading: str,
    world: World,
    ada: User,
    sign_in: Callable[[User], Client],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise problem

    monkeypatch.setattr("rfp.queries.answers.questionnaire_of", fail)
    client = sign_in(ada)
    client.raise_request_exception = False
    response = client.get(f"/questionnaires/{world.questionnaire.pk}/")
    page = response.content.decode()
    assert (response.status_code, response.get("Retry-After")) == (status, "5" if status == 503 else None)
    assert heading in page
    assert str(problem) not in page
