"""Log lines carry ids, and nothing that people or files brought in."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from rfp import logs
from tests.pages.conftest import World

SignIn = Callable[[User], Client]
SECRET = "Marmalade"


def line(**more: object) -> logging.LogRecord:
    record = logging.LogRecord("rfp", logging.ERROR, "", 0, "event %s", (1,), None)
    record.__dict__.update(more)
    return record


def raised() -> logs.ExcInfo:
    """Return an exception whose message, and that of the one it came from, quote a question."""
    try:
        try:
            raise KeyError(SECRET)
        except KeyError as problem:
            raise ValueError(f"cannot read {SECRET}") from problem
    except ValueError as problem:
        return type(problem), problem, problem.__traceback__


def test_a_line_for_programs_has_the_ids_of_its_surroundings() -> None:
    with logs.about(request="r1"), logs.about(job=7):
        said = json.loads(logs.JsonLines().format(line(figures={"ms": 12})))
    assert {**said, "at": ""} == {
        "at": "", "level": "error", "from": "rfp", "event": "event 1", "request": "r1", "job": 7, "ms": 12,
    }  # fmt: skip
    assert "request" not in json.loads(logs.JsonLines().format(line()))


@pytest.mark.parametrize("formatter", [logs.JsonLines(), logs.TextLines(whole=False)])
def test_an_exception_is_written_by_class_and_place_without_its_words(formatter: logging.Formatter) -> None:
    text = formatter.format(line(exc_info=raised()))
    assert "builtins.ValueError at " in text
    assert "after builtins.KeyError at " in text
    assert "test_logs.py" in text
    assert SECRET not in text
    assert SECRET in logs.TextLines(whole=True).format(line(exc_info=raised()))


def test_what_was_searched_for_is_in_no_line() -> None:
    record = logging.LogRecord(
        "django.server", 20, "", 0, '"GET /questionnaires/?text=%s HTTP/1.1" 200', (SECRET,), None
    )
    assert logs.HideLinks().filter(record)
    assert record.getMessage() == '"GET /questionnaires/?… HTTP/1.1" 200'


def test_requests_are_noted_by_route_and_never_by_content(
    world: World,
    vera: User,
    sign_in: SignIn,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise ValueError(f"{SECRET} {vera.email}")

    caplog.set_level(logging.INFO, logger="rfp")
    client = sign_in(vera)
    client.raise_request_exception = False
    found = client.get(f"/questionnaires/?text={SECRET}")
    client.get(f"/{SECRET}/")
    monkeypatch.setattr("rfp.queries.answers.questionnaire_of", fail)
    assert client.get(f"/questionnaires/{world.questionnaire.pk}/").status_code == 500
    lines = [logs.JsonLines().format(record) for record in caplog.records]
    answered = [json.loads(text) for text in lines if '"answered' in text]
    assert [(said["event"], said["route"]) for said in answered] == [
        ("answered 200", "questionnaires/"),
        ("answered 404", "none"),
        ("answered 500", "questionnaires/<id:pk>/"),
    ]
    assert answered[0]["organisation"] == world.organisation.pk
    assert answered[0]["person"] == vera.pk
    written = "\n".join(lines)
    assert "ValueError" in written
    for secret in (SECRET, vera.email, world.organisation.name, world.questionnaire.file_name):
        assert secret not in written
    assert len(found["X-Request-ID"]) == 32


@pytest.mark.parametrize(
    ("behind", "given", "kept"), [(True, "abcd-1234", True), (True, "a b\n", False), (False, "abcd-1234", False)]
)
def test_the_id_of_a_request_is_taken_from_a_trusted_proxy_alone(
    behind: bool, given: str, kept: bool, client: Client, settings: Settings
) -> None:
    settings.BEHIND_PROXY = behind
    assert (client.get("/livez", headers={"X-Request-ID": given})["X-Request-ID"] == given) is kept
