"""Correcting a layout with the keyboard and the mouse, with scripts and without."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from accounts.models import User
from tests.browser.conftest import OpenPage, settled
from tests.pages.conftest import World


def test_a_column_and_a_row_are_corrected_by_keyboard(page: Page, world: World) -> None:
    page.goto(f"/questionnaires/{world.questionnaire.pk}/layout/")
    page.focus("#c-1")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(page.locator("#c-4")).to_be_focused()
    settled(page).keyboard.press("Enter")
    expect(page.locator("#role-comment")).to_be_focused()
    settled(page).keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".said")).to_contain_text("column D is evidence")
    expect(page.locator("#role-evidence")).to_be_focused()
    settled(page).keyboard.press("Escape")
    expect(page.locator("#panel")).to_have_count(0)
    expect(page.locator("#c-4")).to_be_focused()
    settled(page).focus("#row-3")
    page.keyboard.press("Enter")
    expect(page.locator("#kind-skip")).to_be_visible()
    settled(page).locator("#kind-skip").press("Enter")
    expect(page.locator(".found h2")).to_have_text("5 questions on this sheet")
    settled(page).locator("#undo").press("Enter")
    expect(page.locator(".found h2")).to_have_text("6 questions on this sheet")


def test_without_scripts_the_same_forms_do_it(open_page: OpenPage, world: World, vera: User) -> None:
    page = open_page(vera, scripts=False)
    page.goto(f"/questionnaires/{world.questionnaire.pk}/layout/")
    page.click("#row-3")
    page.click("#kind-skip")
    expect(page.locator(".found h2")).to_have_text("5 questions on this sheet")
    page.click("text=Confirm 5 questions…")
    page.fill("input[name=name]", "Kestrel 2026")
    page.click("text=Confirm and draft the answers anew")
    expect(page.locator("#messages")).to_contain_text("The layout is confirmed: 5 questions.")
    page.goto("/layouts/")
    expect(page.locator("tbody th")).to_have_text("Kestrel 2026")


def test_what_was_refused_is_said_where_the_person_looks(page: Page, world: World) -> None:
    page.goto(f"/questionnaires/{world.questionnaire.pk}/layout/?pick_column=2")
    page.click("#role-ignore")
    expect(page.locator("#messages")).to_contain_text("A table needs a column that asks.")
    expect(page.locator(".said")).to_have_text("Nothing is changed yet.")
