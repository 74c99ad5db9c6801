"""What every answer tells the browser, and how files are handed out."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent, User
from evidence import storage
from rfp.settings import BASE_DIR
from tests.pages.conftest import World

POLICY = {
    "default-src": "'none'",
    "style-src": "'self'",
    "script-src": "'self'",
    "connect-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
SNAPSHOT = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
PAGES = ["/", "/evidence/", "/audit/", "/sign-in/", "/questionnaires/999999/", "/no-such-page/"]


def policy(text: str) -> dict[str, str]:
    parts = (part.strip().partition(" ") for part in text.split(";"))
    return {name: value for name, _, value in parts}


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_closed_to_scripts_frames_and_caches(
    path: str, world: World, ada: User, sign_in: Callable[[User], Client]
) -> None:
    for client in (sign_in(ada), Client(SERVER_NAME="localhost")):
        response = client.get(path)
        assert policy(response["Content-Security-Policy"]) == POLICY
        assert {name: response[name] for name in SNAPSHOT} == SNAPSHOT
        assert {"private", "no-store"} <= {part.strip() for part in response["Cache-Control"].split(",")}


def test_cookies_are_closed_to_scripts(ada: User, client: Client, quick_hashing: None) -> None:
    ada.set_password("a long enough pass phrase")
    ada.save()
    client.get("/sign-in/")
    client.post("/sign-in/", {"login": ada.email, "password": "a long enough pass phrase"})
    assert set(client.cookies) == {"csrftoken", "sessionid"}
    for cookie in client.cookies.values():
        assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


@pytest.mark.parametrize(
    "name,pk,file_name,event",
    [
        ("export", lambda world: world.export.pk, "Questions of the bank.xlsx (DRAFT).xlsx", "export.opened"),
        (
            "questionnaire_original",
            lambda world: world.questionnaire.pk,
            "Questions of the bank.xlsx",
            "questionnaire.opened",
        ),
        ("evidence_file", lambda world: world.revision.pk, "ISO-42001.pdf", "evidence.opened"),
    ],
)
def test_files_are_attachments_in_a_sandbox_and_each_opening_is_recorded(
    name: str,
    pk: Callable[[World], int],
    file_name: str,
    event: str,
    world: World,
    vera: User,
    sign_in: Callable[[User], Client],
) -> None:
    response = sign_in(vera).get(reverse(name, args=[pk(world)]))
    assert response["Content-Disposition"] == f'attachment; filename="{file_name}"'
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]
    recorded = AuditEvent.objects.get(event=event)
    assert (recorded.actor_id, recorded.details["sha256"]) == (vera.pk, storage.digest(response.content))


def test_a_file_of_a_kind_that_browsers_run_is_nameless_bytes(
    world: World, vera: User, sign_in: Callable[[User], Client]
) -> None:
    world.export.name = "page.html"
    world.export.save(update_fields=["name"])
    response = sign_in(vera).get(reverse("export", args=[world.export.pk]))
    assert response["Content-Type"] == "application/octet-stream"


def test_a_file_name_cannot_add_a_header(world: World, vera: User, sign_in: Callable[[User], Client]) -> None:
    world.export.name = 'a"; filename="b.exe\r\nSet-Cookie: x=1.xlsx'
    world.export.save(update_fields=["name"])
    response = sign_in(vera).get(reverse("export", args=[world.export.pk]))
    assert "\r" not in response["Content-Disposition"]
    assert "Set-Cookie" not in response
    assert response["Content-Disposition"].startswith("attachment; ")


@pytest.mark.parametrize("name", ["export", "questionnaire_original", "evidence_file"])
def test_a_file_that_the_store_lost_is_said_and_not_recorded(
    name: str, world: World, vera: User, store: Path, sign_in: Callable[[User], Client]
) -> None:
    for file in store.rglob("*"):
        if file.is_file():
            file.unlink()
    before = AuditEvent.objects.count()
    pk = {"export": world.export.pk, "questionnaire_original": world.questionnaire.pk}.get(name, world.revision.pk)
    response = sign_in(vera).get(reverse(name, args=[pk]), follow=True)
    assert response.status_code == 200
    assert "restore it from a backup" in response.content.decode()
    assert AuditEvent.objects.count() == before


def test_production_settings_pass_every_deployment_check(tmp_path: Path) -> None:
    environment = {
        "PATH": os.environ["PATH"],
        "PRODUCTION": "true",
        "SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ",
        "COUNTERSIGN_VAR": str(tmp_path),
    }
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    done = subprocess.run(command, cwd=BASE_DIR, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_style_sheet_is_served_without_a_copying_step(client: Client, db: None) -> None:
    response = client.get("/static/css/base.css")
    content = b"".join(response.streaming_content)  # type: ignore[attr-defined]  # files are streamed
    response.close()
    assert response["Content-Type"].startswith("text/css")
    assert b"prefers-color-scheme: dark" in content
