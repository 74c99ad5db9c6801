"""Every page in every width and theme: accessible, nothing runs over the edge, and no error in the console."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from accounts.models import User
from tests.browser.conftest import OpenPage
from tests.pages.conftest import World
from tests.pages.matrix import MATRIX
from tests.pages.test_access import address

WIDTHS = (2560, 1280, 360)
# Routes that hand out a file or a part of a page.
FILES = frozenset({"questionnaire_original", "export", "evidence_file", "evidence_page", "layout_file"})
PAGES = sorted(name for name, row in MATRIX.items() if row.method == "get" and row.own == 200 and name not in FILES)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible_and_fits(
    name: str, open_page: OpenPage, check_access: Callable[[Page], None], world: World, ada: User
) -> None:
    page = open_page(None if MATRIX[name].public else ada)
    page.goto(address(name, world))
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), f"too wide at {width}"
    check_access(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.emulate_media(color_scheme="dark")
    check_access(page)
