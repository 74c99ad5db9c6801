"""Sixty attacks in every text that buyers and vendors bring in: each page shows them as text and runs none."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
import xlsxwriter

from accounts.actions.people import add_member, create_organisation
from accounts.models import OrganisationKind, Role, User
from rfp.models import Citation, Question, QuestionMapping, Response
from tests.browser.conftest import OpenPage
from tests.browser.payloads import PAYLOADS
from tests.browser.test_every_page import NO_PICTURE, PAGES
from tests.conftest import NOW
from tests.pages.conftest import World, build
from tests.pages.matrix import MATRIX
from tests.pages.matrix.frameworks import lay_checklist
from tests.pages.test_access import address

ATTACK = "<img src=x onerror=window.__ran=1>"
COUNT = len(PAYLOADS)


def attacked_workbook() -> bytes:
    """Return a buyer's file whose every text column attacks: section, question, guidance, comment and sheet name."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet("<svg onload=window.__ran=1>"[:31])
        page.write_row(0, 0, ["No.", "Section", "Question", "Guidance", "Answer", "Comment"])
        for number, payload in enumerate(PAYLOADS, start=1):
            asked = f"Do you hold certificate {number}? {payload}"
            for column, value in enumerate([f"Q{number}", payload, asked, payload, "", payload]):
                page.write_string(number, column, value)
    return out.getvalue()


@pytest.fixture
def attacked(store: Path, transactional_db: None) -> tuple[World, User]:
    organisation = create_organisation(name=ATTACK, slug="attacked", kind=OrganisationKind.VENDOR, at=NOW)
    user = User.objects.create_user("mallory@vendor.example", full_name=ATTACK)
    for role in (Role.APPROVER, Role.EVIDENCE_OWNER, Role.ADMINISTRATOR):
        add_member(organisation=organisation, user=user, role=role, by=user, at=NOW)
    for email in ("vera@vendor.example", "ada@vendor.example"):  # some pages are about one of these
        colleague = User.objects.create_user(email, full_name=ATTACK)
        add_member(organisation=organisation, user=colleague, role=Role.EXPERT, by=user, at=NOW)
    world = build(
        organisation,
        by=user,
        title=ATTACK,
        file_name=f"{ATTACK}.xlsx",
        buyer=ATTACK,
        words=ATTACK,
        content=attacked_workbook(),
    )
    for number, payload in enumerate(PAYLOADS, start=1):
        answers = Response.objects.filter(question__position=number)
        answers.update(comment=payload, documents=payload, reason=payload, shown=payload, failed_rules=[payload])
        Citation.objects.filter(response__in=answers).update(quote=payload)
        QuestionMapping.objects.filter(question__position=number).update(
            reasons=[payload], false_premise=payload, asks_edition=payload
        )
    lay_checklist()
    return world, user


def test_no_page_runs_what_a_text_carries(
    open_page: OpenPage, attacked: tuple[World, User], console_errors: list[str]
) -> None:
    world, user = attacked
    assert Question.objects.filter(questionnaire=world.questionnaire).count() == COUNT
    page = open_page(user)
    page.on("dialog", lambda dialog: pytest.fail(f"a dialog opened: {dialog.message}"))
    for name in PAGES:
        if MATRIX[name].public:
            continue
        page.goto(address(name, world))
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        assert page.evaluate("window.__ran") is None, name
        for element in ("script:not([src])", "[onerror]", "[onload]", "[onfocus]", "iframe", "object", "embed", "base"):
            assert page.locator(element).count() == 0, f"{name} made {element} of a text"
    console_errors[:] = [error for error in console_errors if NO_PICTURE not in error]


def test_what_is_shown_is_letter_for_letter_what_came_in(open_page: OpenPage, attacked: tuple[World, User]) -> None:
    world, user = attacked
    page = open_page(user)
    shown: list[str] = []
    for number in (1, 2):
        page.goto(f"{address('questionnaire_answers', world)}?page={number}")
        shown += page.evaluate("[...document.querySelectorAll('.answers .asked')].map(one => one.textContent)")
    assert shown == list(Question.objects.order_by("position").values_list("text", flat=True))
