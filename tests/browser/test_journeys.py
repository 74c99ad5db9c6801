"""From the buyer's file to the same file filled and sent, in Chromium: what a sales engineer and an approver do."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from django.utils import timezone
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from accounts.models import User
from evidence.actions.catalogue import load_catalogue
from rfp.actions import jobs, work
from rfp.models import Questionnaire, Release
from tests.browser.conftest import OpenPage, settled
from tests.conftest import NOW
from tests.pages.conftest import World, workbook

WORDS = "No. We have no second office."


def do_what_waits() -> None:
    """Do the jobs that the pages asked for, as the runner does."""
    while (waiting := jobs.next_waiting()) is not None:
        assert work.perform(job=waiting, clock=timezone.now)


def upload(page: Page, file: Path) -> None:
    page.goto("/questionnaires/upload/")
    page.get_by_label("The buyer's files").set_input_files(file)
    page.get_by_label("Buyer", exact=True).fill("Heron Insurance")
    page.get_by_label("Helper").check()
    page.get_by_role("button", name="Upload and answer").click()


def test_a_questionnaire_goes_out_of_the_door(
    open_page: OpenPage, world: World, vera: User, ada: User, tmp_path: Path
) -> None:
    load_catalogue(at=NOW)
    file = tmp_path / "Heron.xlsx"
    file.write_bytes(workbook(2, text="Do you run a second office in town {number}?", sheet="Company"))
    engineer = open_page(vera)
    upload(engineer, file)
    engineer.wait_for_url("**/progress/")
    do_what_waits()
    new = Questionnaire.objects.get(buyer="Heron Insurance")

    # She answers the first question in her own words, and may not approve them.
    engineer.goto(f"/questionnaires/{new.pk}/")
    engineer.get_by_role("link", name="Review at the desk").click()
    engineer.wait_for_url("**/desk/**", wait_until="load")
    expect(engineer.locator("#desk-question")).to_contain_text("town 1")
    engineer.keyboard.press("e")
    expect(engineer.locator("#entry_text")).to_be_visible()
    settled(engineer).locator("#entry_text").fill(WORDS)
    engineer.keyboard.press("Control+Enter")
    expect(engineer.locator("#desk-told")).to_contain_text("Saved")
    expect(engineer.get_by_role("button", name="Approve", exact=True)).to_have_count(0)

    # The approver reads and approves them, and asks for the final files.
    approver = open_page(ada)
    approver.goto(f"/questionnaires/{new.pk}/desk/?question={new.questions.get(position=1).pk}")
    expect(approver.locator("#desk-question")).to_contain_text("town 1")
    approver.keyboard.press("a")
    expect(approver.locator("#desk-told")).to_contain_text("Approved")
    approver.goto(f"/questionnaires/{new.pk}/files/")
    with approver.expect_response(lambda response: response.request.method == "POST"):
        approver.get_by_role("button", name="Make final files").click()
    do_what_waits()
    approver.goto(f"/questionnaires/{new.pk}/files/")
    with approver.expect_download() as told:
        approver.get_by_role("link", name="Filled workbook").first.click()
    sheet = load_workbook(BytesIO(told.value.path().read_bytes()))["Company"]
    assert [sheet["C2"].value, sheet["C3"].value] == [WORDS, None]
    assert told.value.suggested_filename == "Heron.xlsx"

    # What was sent stays as it was.
    approver.get_by_role("link", name="Record these final files as sent").click()
    approver.locator("[name=sent_to]").fill("procurement@heron.example")
    approver.get_by_role("button", name="Record as sent").click()
    expect(approver.get_by_role("heading", level=1)).to_contain_text("Version 1, sent on")
    sent = Release.objects.get(questionnaire=new)
    assert [answer.written for answer in sent.answers.exclude(written="")] == [WORDS]


def test_the_same_file_twice_offers_the_questionnaire_that_is_there(
    open_page: OpenPage, world: World, vera: User, tmp_path: Path
) -> None:
    file = tmp_path / "Heron.xlsx"
    file.write_bytes(workbook(2))
    page = open_page(vera)
    upload(page, file)
    page.wait_for_url("**/progress/")
    upload(page, file)
    expect(page.get_by_text("Here already")).to_be_visible()
    assert Questionnaire.objects.filter(buyer="Heron Insurance").count() == 1
