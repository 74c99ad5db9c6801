"""The harness itself: people are signed in, errors are seen, and the list of questionnaires is accessible."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from accounts.models import User
from tests.browser.conftest import OpenPage
from tests.pages.conftest import World


def test_a_person_is_signed_in_and_the_page_is_accessible(
    page: Page, world: World, check_access: Callable[[Page], None]
) -> None:
    page.goto("/")
    expect(page.get_by_role("link", name="Questions of the bank")).to_be_visible()
    check_access(page)


def test_pages_of_several_people_stand_beside_each_other(
    open_page: OpenPage, world: World, vera: User, ada: User
) -> None:
    first, second = open_page(vera), open_page(ada, width=360, scripts=False)
    first.goto("/")
    second.goto("/")
    expect(first.locator(".person")).to_contain_text("Vera Vance")
    expect(second.locator(".person")).to_contain_text("Ada Approver")


def test_what_breaks_the_policy_is_an_error(page: Page, console_errors: list[str]) -> None:
    headers = {"content-type": "text/html", "content-security-policy": "default-src 'none'"}
    page.route("**/styled/", lambda route: route.fulfill(body="<p style='color: red'>Red?</p>", headers=headers))
    page.goto("/styled/")
    expect(page.get_by_text("Red?")).to_be_visible()
    assert len(console_errors) == 1
    assert "Content Security Policy" in console_errors[0]
    console_errors.clear()
