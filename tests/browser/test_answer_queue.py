"""The review queue of the answer library in Chromium: one key an answer, ticks counted, nothing while typing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from evidence.models import LibraryAnswer
from tests.browser.conftest import OpenPage
from tests.pages.conftest import World
from tests.pages.test_answer_pairs import approved


def test_a_queue_is_reviewed_by_keyboard(
    open_page: OpenPage, world: World, ada: User, check_access: Callable[[Page], None]
) -> None:
    rows = [approved(world, f"Is it {colour}?", "Yes") for colour in ("blue", "green", "pink", "red", "teal")]
    LibraryAnswer.objects.update(reviewed_on=timezone.localdate() - timedelta(days=400))
    page = open_page(ada)
    page.goto("/answers/review/")
    check_access(page)
    for key, number in (("j", 0), ("j", 1), ("k", 0)):
        page.keyboard.press(key)
        expect(page.locator(f"#answer{rows[number].pk}")).to_be_focused()
    page.keyboard.press("y")
    expect(page.locator(".messages")).to_contain_text("1 answer reviewed")
    expect(page.locator(f"#answer{rows[1].pk}")).to_be_focused()
    page.locator("select[name=owner]").focus()
    page.keyboard.press("y")
    page.locator(f"#answer{rows[1].pk}").focus()
    for key in ("x", "j", "x"):
        page.keyboard.press(key)
    expect(page.locator(".together")).to_contain_text("ticked (2)")
    page.get_by_role("button", name="Still right: all that are ticked").click()
    expect(page.locator(".messages")).to_contain_text("2 answers reviewed")
    assert [row.question for row in LibraryAnswer.objects.filter(version=1)] == ["Is it red?", "Is it teal?"]


def test_without_scripts_a_press_reviews_one_answer(open_page: OpenPage, world: World, ada: User) -> None:
    row = approved(world, "Is it blue?", "Yes")
    LibraryAnswer.objects.update(reviewed_on=None)
    page = open_page(ada, scripts=False)
    page.goto("/answers/review/")
    page.get_by_role("button", name="Still right", exact=True).click()
    expect(page.locator("main")).to_contain_text("Nothing to review here")
    row.refresh_from_db()
    assert row.reviewed_on == timezone.localdate()
