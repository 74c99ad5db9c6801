"""The review desk in Chromium: fifty questions by keyboard alone, and two people at one answer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from accounts.models import Organisation, User
from rfp.models import Response, ResponseStatus
from tests.browser.conftest import OpenPage, settled
from tests.pages.conftest import World, build

QUESTIONS = 50


@pytest.fixture
def long_world(vendor: Organisation, vera: User, store: Path) -> World:
    return build(vendor, by=vera, questions=QUESTIONS)


def asked(page: Page, number: int) -> None:
    expect(page.locator("#desk-question")).to_have_text(f"Do you hold certificate {number}?")
    settled(page)


def statuses(world: World) -> list[str]:
    rows = Response.objects.filter(question__questionnaire=world.questionnaire).order_by("question__position")
    return list(rows.values_list("status", flat=True))


def test_fifty_questions_by_keyboard_alone(
    open_page: OpenPage, long_world: World, ada: User, vera: User, check_access: Callable[[Page], None]
) -> None:
    page = open_page(ada)
    page.goto(f"/questionnaires/{long_world.questionnaire.pk}/desk/")
    page.evaluate("window.untouched = true; document.querySelector('#desk-list').dataset.mine = 'yes'")
    for number in range(1, QUESTIONS + 1):
        asked(page, number)
        # The bands go round: ready, suggested, blank. A blank is answered as the gap it is.
        if number % 3:
            page.keyboard.press("a")
            continue
        page.keyboard.press("e")
        expect(page.locator("#entry_text")).to_be_focused()
        page.keyboard.type("No, a and e and j are letters here.")
        page.keyboard.press("Control+Enter")
        expect(page.locator("#desk-told")).to_contain_text("Saved.")
        expect(page.locator("#desk-question")).to_be_focused()
        settled(page).keyboard.press("j")
    expect(page.locator("#desk-told")).to_contain_text("Approved.")
    assert page.evaluate("window.untouched")  # never loaded anew, so nothing flickered
    assert page.evaluate("document.querySelector('#desk-list').dataset.mine") == "yes"
    written = [number for number in range(1, QUESTIONS + 1) if number % 3 == 0]
    expected = [ResponseStatus.DRAFT if number in written else ResponseStatus.APPROVED for number in range(1, 51)]
    for _ in range(50):  # the press on the last question is still on its way
        if statuses(long_world) == expected:
            break
        page.wait_for_timeout(100)
    assert statuses(long_world) == expected
    check_access(page)


def test_keys_move_search_undo_and_can_be_switched_off(open_page: OpenPage, world: World, ada: User) -> None:
    page = open_page(ada)
    page.goto(f"/questionnaires/{world.questionnaire.pk}/desk/")
    for key, number in (("j", 2), ("n", 3), ("k", 2), ("p", 1), ("a", 2), ("s", 3), ("u", 2), ("u", 1)):
        page.keyboard.press(key)
        asked(page, number)
    assert set(statuses(world)) == {ResponseStatus.DRAFT}
    page.go_back()
    asked(page, 2)
    page.keyboard.press("/")
    expect(page.locator("#desk_text")).to_be_focused()
    page.keyboard.type("j")
    page.keyboard.press("Escape")
    expect(page.locator("#desk-question")).to_be_focused()
    page.keyboard.press("?")
    expect(page.locator("#desk-keys")).to_have_attribute("open", "")
    page.locator("#desk-keys-on").uncheck()
    page.keyboard.press("j")
    page.wait_for_timeout(100)
    asked(page, 2)


def test_text_that_was_not_saved_is_not_lost_to_a_key(open_page: OpenPage, world: World, vera: User) -> None:
    page = open_page(vera)
    page.goto(f"/questionnaires/{world.questionnaire.pk}/desk/")
    page.keyboard.press("e")
    expect(page.locator("#entry_comment")).to_be_visible()
    settled(page).locator("#entry_comment").fill("Half a sentence")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.locator("#entry_comment")).to_have_value("Half a sentence")
    expect(page.get_by_role("link", name="Cancel")).to_be_focused()


def test_two_people_at_one_answer_see_both_texts(open_page: OpenPage, world: World, vera: User, ada: User) -> None:
    pages = [open_page(person) for person in (vera, ada)]
    for page, comment in zip(pages, ("The words of vera.", "The words of ada."), strict=True):
        page.goto(f"/questionnaires/{world.questionnaire.pk}/desk/")
        page.keyboard.press("e")
        expect(page.locator("#entry_comment")).to_be_visible()
        settled(page).locator("#entry_comment").fill(comment)
    pages[0].keyboard.press("Control+Enter")
    expect(pages[0].locator("#desk-told")).to_contain_text("Saved.")
    pages[1].keyboard.press("Control+Enter")
    expect(pages[1].get_by_role("alert")).to_contain_text("Somebody changed this answer while you were writing.")
    expect(pages[1].locator(".both")).to_contain_text("The words of vera.")
    expect(pages[1].locator(".both")).to_contain_text("The words of ada.")
    assert world.response(1).comment == "The words of vera."
    settled(pages[1]).get_by_role("button", name="Save mine in its place").click()
    expect(pages[1].locator("#desk-told")).to_contain_text("Saved.")
    assert world.response(1).comment == "The words of ada."


def test_without_scripts_everything_is_a_form(open_page: OpenPage, world: World, ada: User) -> None:
    page = open_page(ada, scripts=False)
    page.goto(f"/questionnaires/{world.questionnaire.pk}/desk/")
    page.get_by_role("button", name="Approve", exact=True).click()
    asked(page, 2)
    page.get_by_role("link", name="Edit").click()
    page.locator("#entry_comment").fill("By hand.")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#desk-told")).to_contain_text("Saved.")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#desk-told")).to_contain_text("Undone.")
