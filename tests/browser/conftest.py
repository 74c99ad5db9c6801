"""Chromium before the running product: pages signed in by cookie, which fail on any error in the console.

``open_page`` opens a page for a person, any number beside each other; ``page`` is one for vera; ``check_access`` asks
axe about a page. Without Chromium the tests are skipped with a line; in continuous integration that is a failure.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from tests.browser.chromium import CHROMIUM, FLAGS
from tests.browser.session import session_key
from tests.pages.conftest import (  # noqa: F401  # the small world of the pages is the one shown here
    eve,
    fresh_cache,
    mara,
    other_world,
    sign_in,
    world,
)

LOOPBACK = ("127.0.0.1", "::1", "localhost")
PATIENCE = 30_000  # milliseconds until a page that does not get there fails its test
UNDER_WAY = ".htmx-request, .htmx-swapping, .htmx-settling, .htmx-added"
WIDTH, HEIGHT = 1280, 900

OpenPage = Callable[..., Page]

expect.set_options(timeout=PATIENCE)


def settled(page: Page) -> Page:
    """Return PAGE once nothing is under way: a key pressed before that may meet what is being replaced."""
    expect(page.locator(UNDER_WAY)).to_have_count(0)
    return page


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse connections to anywhere but this machine, where the product and the browser are."""
    connect = socket.socket.connect

    def within(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in LOOPBACK:
            raise AssertionError(f"a test tried to open a network connection to {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", within)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM:
        if os.environ.get("CI") == "true":
            pytest.fail("Chromium is not installed, and continuous integration needs it.")
        pytest.skip("Chromium is not installed: apt-get install chromium, or set CHROMIUM to its path.")
    with pytest.MonkeyPatch.context() as environment, sync_playwright() as playwright:
        # Playwright keeps an event loop in this thread, in which nothing of the tests runs: they may read the database.
        environment.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def console_errors() -> list[str]:
    """The errors that pages reported; what breaks the content security policy is among them."""
    return []


@pytest.fixture
def open_page(browser: Browser, live_server: LiveServer, console_errors: list[str]) -> Iterator[OpenPage]:
    """Return what opens a page for a person (or for nobody); at the end no page may have reported an error."""
    contexts = []

    def opened(user: User | None, *, width: int = WIDTH, scripts: bool = True, theme: str = "light") -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": HEIGHT},
            java_script_enabled=scripts,
            color_scheme="dark" if theme == "dark" else "light",
            reduced_motion="reduce",
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        if user is not None:
            context.add_cookies(
                [{"name": settings.SESSION_COOKIE_NAME, "value": session_key(user), "url": live_server.url}]
            )
        page = context.new_page()
        page.on("console", lambda message: console_errors.extend(_told(message)))
        page.on("pageerror", lambda problem: console_errors.append(str(problem)))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert console_errors == []


@pytest.fixture
def page(open_page: OpenPage, vera: User) -> Page:
    return open_page(vera)


@pytest.fixture
def check_access() -> Callable[..., None]:
    """Return what asserts that axe finds nothing serious on a page, by all its rules or by some of them."""
    axe = Axe()

    def check(page: Page, *rules: str) -> None:
        some = {"runOnly": {"type": "rule", "values": list(rules)}} if rules else {}
        found = axe.run(page, options={"resultTypes": ["violations"], **some}).response["violations"]
        serious = [
            f"{item['id']}: {item['help']}: " + "; ".join(node["html"][:200] for node in item["nodes"][:3])
            for item in found
            if item["impact"] in ("serious", "critical")
        ]
        assert serious == []

    return check


def _told(message: ConsoleMessage) -> list[str]:
    return [f"{message.text} ({message.location.get('url', '')})"] if message.type == "error" else []
