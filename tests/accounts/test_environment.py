"""Settings of mail, cache and single sign-on from the environment: right, or refused with what to do."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from accounts import browsers
from rfp import env
from rfp.logs import HideLinks

WHOLE = {"OIDC_SERVER_URL": "https://id.vendor.example", "OIDC_CLIENT_ID": "us", "OIDC_CLIENT_SECRET": "s"}


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*WHOLE, "OIDC_NAME", "EMAIL_URL", "REDIS_URL"):
        monkeypatch.delenv(name, raising=False)


def test_nothing_set_means_none(tmp_path: Path) -> None:
    assert env.read_single_sign_on("OIDC") == {}
    assert env.read_mail("EMAIL_URL") is None
    assert env.read_cache("REDIS_URL", tmp_path)["LOCATION"] == str(tmp_path)


def test_a_database_server_on_a_socket_file_is_named_by_its_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://app@/countersign?host=%2Frun%2FPostgreSQL")
    found = env.read_database("DATABASE_URL", tmp_path / "unused")
    assert (found["HOST"], found["NAME"], found["USER"]) == ("/run/PostgreSQL", "countersign", "app")


def test_single_sign_on_as_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {**WHOLE, "OIDC_NAME": "Vendor ID"}.items():
        monkeypatch.setenv(name, value)
    provider = env.read_single_sign_on("OIDC")["openid_connect"]
    assert isinstance(provider, dict)
    (app,) = provider["APPS"]
    assert (app["name"], app["client_id"], app["settings"]["server_url"]) == (
        "Vendor ID",
        "us",
        "https://id.vendor.example",
    )
    assert provider["OAUTH_PKCE_ENABLED"]


@pytest.mark.parametrize("missing", sorted(WHOLE))
def test_single_sign_on_set_by_half_is_refused(monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    for name, value in WHOLE.items():
        if name != missing:
            monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured, match=missing):
        env.read_single_sign_on("OIDC")


@pytest.mark.parametrize("server", ["http://id.vendor.example", "id.vendor.example", "https://"])
def test_single_sign_on_without_https_is_refused(monkeypatch: pytest.MonkeyPatch, server: str) -> None:
    for name, value in {**WHOLE, "OIDC_SERVER_URL": server}.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured, match="https://"):
        env.read_single_sign_on("OIDC")


@pytest.mark.parametrize(
    "url,expected",
    [
        ("smtps://us:p%40ss@mail.example", ("mail.example", 465, "us", "p@ss", False, True)),
        ("smtp+tls://us:p@mail.example:2525", ("mail.example", 2525, "us", "p", True, False)),
        ("smtp://localhost", ("localhost", 25, "", "", False, False)),
    ],
)
def test_a_mail_server(monkeypatch: pytest.MonkeyPatch, url: str, expected: tuple[object, ...]) -> None:
    monkeypatch.setenv("EMAIL_URL", url)
    mail = env.read_mail("EMAIL_URL")
    assert mail is not None
    assert (mail.host, mail.port, mail.user, mail.password, mail.starttls, mail.tls) == expected


@pytest.mark.parametrize("url", ["mail.example", "https://mail.example", "smtp://", "smtp://mail.example:many"])
def test_a_mail_server_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("EMAIL_URL", url)
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL"):
        env.read_mail("EMAIL_URL")


def test_a_cache_in_redis(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("REDIS_URL", "redis://localhost:6379/0")
    assert "redis" in str(env.read_cache("REDIS_URL", tmp_path)["BACKEND"])
    monkeypatch.setenv("REDIS_URL", "localhost:6379")
    with pytest.raises(ImproperlyConfigured, match="REDIS_URL"):
        env.read_cache("REDIS_URL", tmp_path)


@pytest.mark.parametrize(
    "line",
    ['"GET /invitations/{} HTTP/1.1" 200', "Not Found: /invitations/{}", "/sign-in/?next=%2Finvitations%2F{}%2F"],
)
def test_no_log_names_the_link_of_an_invitation(line: str) -> None:
    token = "Zm9v" * 11
    record = logging.LogRecord("django.server", logging.INFO, "", 0, line.replace("{}", "%s"), (token,), None)
    if "%2F" in line:
        record = logging.LogRecord("django.server", logging.INFO, "", 0, "%s", (line.format(token),), None)
    assert HideLinks().filter(record)
    assert token not in record.getMessage()
    assert "nvitations" in record.getMessage()


@pytest.mark.parametrize(
    "sent,said",
    [
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1", "Safari on iPhone"),
        ("curl/8.5.0", "curl/8.5.0"),
        ("", "Unknown browser"),
    ],
)
def test_browsers_in_words(sent: str, said: str) -> None:
    assert browsers.in_words(sent) == said
