"""Every page in every width and theme: accessible, nothing runs over the edge, and no error in the console."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from accounts.models import User
from tests.browser.conftest import OpenPage
from tests.pages.conftest import World
from tests.pages.matrix import MATRIX
from tests.pages.matrix.frameworks import lay_checklist
from tests.pages.test_access import address, equip

WIDTHS = (2560, 1280, 360)
# Routes that hand out a file or a part of a page.
FILES = frozenset(
    {
        *("questionnaire_original", "export", "layout_file", "sent_package", "audit_export", "library_download"),
        *("livez", "readyz"),  # for machines
        *("evidence_file", "evidence_page", "evidence_draft_page", "evidence_screenshot"),
    }
)
# The certificate of this world is no PDF: its picture says so, with a status of its own.
NO_PICTURE = "/pages/"
# Addresses that a mail or another service makes up.
MADE_UP = ("invitation", "openid_connect")
PAGES = sorted(
    name
    for name, row in MATRIX.items()
    if row.method == "get" and row.own == 200 and name not in FILES and not name.startswith(MADE_UP)
)


# A world takes longer to make than a page to look at: each test looks at several.
PARTS = [PAGES[start::4] for start in range(4)]


@pytest.mark.parametrize("names", PARTS, ids=[f"from {names[0]}" for names in PARTS])
def test_pages_are_accessible_and_fit(
    names: list[str],
    open_page: OpenPage,
    check_access: Callable[..., None],
    console_errors: list[str],
    world: World,
    ada: User,
) -> None:
    lay_checklist()
    stranger, person = open_page(None), open_page(ada)
    problems = []
    for name in names:
        equip(name, ada)
        page = stranger if MATRIX[name].public else person
        page.emulate_media(color_scheme="light")
        response = page.goto(address(name, world))
        try:
            look_at(page, check_access)
            # A refusal has a page of its own; what it looks like is all that is tested here.
            refused = response is not None and response.status >= 400
            assert refused or not [error for error in console_errors if NO_PICTURE not in error], console_errors
        except AssertionError as problem:
            problems.append(f"{name}: {problem}")
        console_errors.clear()
    assert problems == []


def look_at(page: Page, check_access: Callable[..., None]) -> None:
    """Ask for every width and both themes of a page.

    :raises AssertionError: if it runs over the edge, or is not accessible
    """
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), f"too wide at {width}"
    check_access(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.emulate_media(color_scheme="dark")
    check_access(page, "color-contrast")  # all that differs in the dark
