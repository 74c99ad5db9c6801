"""Answers as files: looked at before they are written, written once, and handed out as they come back in."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent, User
from evidence.models import AnswerState, LibraryAnswer, VersionState
from rfp.models import AnswerImport
from rfp.workbook.answer_library import read_rows
from rfp.workbook.reader import read
from tests.conftest import TODAY
from tests.pages.conftest import HOSTILE, World
from tests.pages.matrix.answers import library_answer

LIST = "Question,Answer,Comment,Owner,Reviewed on\nIs it blue?,Yes,As the sky.,Emil,2026-01-05\n"
CHANGES = LIST + "Are backups tested?,No,Not yet.,Emil,2026-01-05\n"
PAST = "No.,Question,Answer,Comment\n1,Do you sell kites?,Yes,In spring.\n2,Are backups tested?,No,\n"


@pytest.fixture
def vera_client(world: World, vera: User, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(vera)


@pytest.fixture
def ada_client(world: World, ada: User, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(ada)


def bring(client: Client, text: str | bytes, name: str = "answers.csv", **said: str) -> str:
    content = text.encode() if isinstance(text, str) else text
    sends = {"kind": "list", "writer": "self", "audience": "public", **said, "file": SimpleUploadedFile(name, content)}
    return str(client.post(reverse("library_import"), sends, follow=True).content.decode())


def confirm(client: Client, **changes: str) -> str:
    """Press the button of the page of the latest import."""
    address = reverse("library_import_check", kwargs={"pk": AnswerImport.objects.latest("pk").pk})
    context: Any = client.get(address).context
    seen = context["plan"].fingerprint if "plan" in context else ""
    return str(client.post(address, {"seen": seen, **changes}, follow=True).content.decode())


def test_nothing_is_written_before_somebody_says_so(world: World, vera_client: Client) -> None:
    stored = library_answer(world)
    page = bring(vera_client, CHANGES)
    assert "<strong>1</strong> to add" in page and "<strong>1</strong> to change" in page
    assert "<del>Yes</del> <ins>No</ins>" in page
    stored.refresh_from_db()
    assert (LibraryAnswer.objects.count(), stored.answer, stored.version) == (1, "Yes", 1)


def test_what_a_sales_engineer_imports_waits_for_approval(
    world: World, vera: User, vera_client: Client, ada_client: Client
) -> None:
    stored = library_answer(world)
    bring(vera_client, CHANGES)
    assert "once a second person has approved" in confirm(vera_client)
    added = LibraryAnswer.objects.get(question="Is it blue?")
    assert (added.state, added.written_by, added.approved_at) == (AnswerState.IN_REVIEW, vera, None)
    stored.refresh_from_db()
    assert (stored.state, stored.answer, stored.version) == (AnswerState.APPROVED, "Yes", 2)
    waiting = stored.versions.get(state=VersionState.IN_REVIEW)
    assert (waiting.answer, waiting.written_by) == ("No", vera)
    event = AuditEvent.objects.get(event="library.imported")
    assert event.details == {"file": "answers.csv", "added": 1, "changed": 1, "waiting": 2}
    step = reverse("library_step", kwargs={"pk": stored.pk})
    ada_client.post(step, {"step": "approve", "version": "2"})
    stored.refresh_from_db()
    assert (stored.state, stored.answer, stored.written_by) == (AnswerState.APPROVED, "No", vera)


def test_confirming_twice_has_one_effect(world: World, vera_client: Client) -> None:
    library_answer(world)
    bring(vera_client, CHANGES)
    confirm(vera_client)
    confirm(vera_client)
    bring(vera_client, CHANGES)
    assert AnswerImport.objects.count() == 2
    page = vera_client.get(reverse("library_import_check", kwargs={"pk": AnswerImport.objects.latest("pk").pk}))
    assert "the library says all of this already" in page.content.decode()
    assert LibraryAnswer.objects.get(question="Are backups tested?").versions.count() == 1
    assert AuditEvent.objects.filter(event="library.imported").count() == 1


def test_an_approver_may_approve_what_others_wrote(world: World, ada: User, ada_client: Client) -> None:
    stored = library_answer(world)
    bring(ada_client, CHANGES, writer="others")
    confirm(ada_client)
    stored.refresh_from_db()
    assert (stored.state, stored.answer, stored.approved_by) == (AnswerState.APPROVED, "No", ada)
    assert LibraryAnswer.objects.get(question="Is it blue?").approved_by == ada


def test_an_approver_approves_nothing_of_their_own_by_importing_it(world: World, ada_client: Client) -> None:
    written = {"question": "Is it blue?", "answer": "Yes", "comment": "As the sky.", "audience": "public"}
    ada_client.post(reverse("library_answer_new"), written)
    bring(ada_client, LIST, writer="others")
    confirm(ada_client)
    row = LibraryAnswer.objects.get(question="Is it blue?")
    assert (row.state, row.approved_by) == (AnswerState.IN_REVIEW, None)


def test_a_sales_engineer_cannot_import_as_approved(world: World, vera_client: Client) -> None:
    bring(vera_client, LIST, writer="others")
    confirm(vera_client)
    assert LibraryAnswer.objects.get().state == AnswerState.IN_REVIEW


def test_an_import_that_approves_is_confirmed_by_an_approver_only(
    world: World, vera_client: Client, ada_client: Client
) -> None:
    bring(ada_client, LIST, writer="others")
    assert "may not approve" in confirm(vera_client)
    assert not LibraryAnswer.objects.exists()


def test_a_library_that_moved_is_looked_at_again(world: World, vera_client: Client) -> None:
    stored = library_answer(world)
    bring(vera_client, CHANGES)
    LibraryAnswer.objects.filter(pk=stored.pk).update(version=2)
    address = reverse("library_import_check", kwargs={"pk": AnswerImport.objects.get().pk})
    page = vera_client.post(address, {"seen": "0" * 64}, follow=True).content.decode()
    assert "The library changed since" in page
    assert LibraryAnswer.objects.count() == 1
    assert AnswerImport.objects.get().imported_at is None


def test_an_ai_system_that_nobody_registered_is_pointed_out(world: World, vera_client: Client) -> None:
    rows = "Question,Answer,Product\nIs it blue?,Yes,helper\nIs it red?,Yes,Helper; Hepler\n"
    page = bring(vera_client, rows)
    assert "registered as <strong>Hepler</strong>:" in page
    assert "Check the names" not in bring(vera_client, LIST)


def test_a_change_that_gives_way_is_pointed_out(world: World, ada_client: Client, vera_client: Client) -> None:
    stored = library_answer(world)
    bring(ada_client, CHANGES)
    confirm(ada_client)
    page = bring(vera_client, CHANGES.replace("Not yet.", "Never."))
    assert page.count("Replaces a change that waits") == 1
    confirm(vera_client)
    assert list(stored.versions.values_list("state", "comment")) == [
        (VersionState.IN_REVIEW, "Never."),
        (VersionState.WITHDRAWN, "Not yet."),
    ]


def test_problems_name_cell_column_and_value(world: World, vera_client: Client) -> None:
    page = bring(vera_client, LIST + f"Is it red?,,x,Emil,soon\nIs it green?,Yes,x,{'o' * 201},2999-01-01\n")
    for text in ("B3", "E3", "soon", "is not a date", "D4", "longer than 200", "lies in the future"):
        assert text in page
    confirm(vera_client)
    assert not LibraryAnswer.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.pdf", b"%PDF-1.7", "is a PDF"),
        ("a.csv", b"", "The file is empty."),
        ("a.csv", b"Name,Age\nBo,7\n", "No sheet has a column"),
        ("a (DRAFT).csv", LIST.encode(), "nobody has approved its answers"),
    ],
)
def test_what_is_no_list_of_answers_is_refused(
    name: str, content: bytes, said: str, world: World, vera_client: Client
) -> None:
    assert said in bring(vera_client, content, name)
    assert not LibraryAnswer.objects.exists()


def test_a_questionnaire_answered_before_changes_no_answer(world: World, vera_client: Client) -> None:
    stored = library_answer(world)
    assert "Name who owns" in bring(vera_client, PAST, kind="questionnaire", reviewed_on="2026-01-05")
    assert "cannot lie ahead" in bring(vera_client, PAST, kind="questionnaire", owner="Emil", reviewed_on="2999-01-01")
    page = bring(vera_client, PAST, kind="questionnaire", owner="Emil", reviewed_on="2026-01-05")
    assert "answered otherwise" in page and "<strong>1</strong> to add" in page
    confirm(vera_client)
    stored.refresh_from_db()
    added = LibraryAnswer.objects.get(question="Do you sell kites?")
    assert (stored.answer, added.answer, added.comment, added.owner) == ("Yes", "Yes", "In spring.", "Emil")
    assert added.state == AnswerState.IN_REVIEW


def test_answers_of_a_questionnaire_hold_for_what_it_was_about(world: World, vera_client: Client) -> None:
    said = {"kind": "questionnaire", "owner": "Emil", "reviewed_on": "2026-01-05", "audience": "nda"}
    assert "Select a valid choice" in bring(vera_client, PAST, **said, systems="Other")
    bring(vera_client, PAST, **said, systems="Helper")
    confirm(vera_client)
    rows = LibraryAnswer.objects.values_list("product", "audience")
    assert list(rows) == [("Helper", "nda"), ("Helper", "nda")]


def test_what_is_handed_out_comes_back_as_it_was(world: World, ada_client: Client, vera_client: Client) -> None:
    row = library_answer(world)
    texts = {"answer": "=1+1", "comment": "@SUM(A1)\n- one\n+ two  twice", "owner": "-Emil", "product": "Helper"}
    LibraryAnswer.objects.filter(pk=row.pk).update(**texts, region="EU; UK", audience="internal", reviewed_on=TODAY)
    file = vera_client.get(reverse("library_download"))
    assert file["Content-Disposition"].endswith('.xlsx"')
    rows = read_rows(read(file.content, "a.xlsx"), today=TODAY, known_evidence=frozenset({"ISO-42001"}))
    assert [(r.answer, r.comment, r.owner, r.audience, r.reviewed_on) for r in rows] == [
        (texts["answer"], texts["comment"], texts["owner"], "internal", TODAY)
    ]
    assert b"<f>" not in ZipFile(io.BytesIO(file.content)).read("xl/worksheets/sheet1.xml")
    page = bring(ada_client, file.content, "back.xlsx", writer="others")
    assert "<strong>1</strong> as in the library" in page and "nothing to import" in page
    assert AuditEvent.objects.get(event="library.downloaded").details == {"answers": 1}


def test_only_what_is_in_use_and_fits_is_handed_out(world: World, other_world: World, vera_client: Client) -> None:
    library_answer(world)
    library_answer(other_world)
    bring(vera_client, LIST)
    confirm(vera_client)
    for query, expected in (("", ["Are backups tested?"]), ("?owner=Emil&text=penguin", [])):
        content = vera_client.get(reverse("library_download") + query).content
        sheet = read(content, "a.xlsx").sheets[0]
        assert [sheet.text(row, 1) for row in sheet.rows if row > 1] == expected


def test_what_a_file_says_is_shown_as_text(world: World, vera_client: Client) -> None:
    quoted = HOSTILE.replace('"', '""')
    page = bring(vera_client, f'Question,Answer,Comment\n"{quoted}","{quoted}","{quoted}"\n')
    assert "<script>alert(1)" not in page and "1</strong> to add" in page


def test_the_import_of_another_vendor_is_not_there(
    world: World, vera_client: Client, olga: User, sign_in: Callable[[User], Client]
) -> None:
    bring(vera_client, LIST)
    address = reverse("library_import_check", kwargs={"pk": AnswerImport.objects.get().pk})
    assert sign_in(olga).post(address, {"seen": "x"}).status_code == 404
    assert AnswerImport.objects.get().imported_at is None


def test_pages_take_few_queries(world: World, vera_client: Client, django_assert_max_num_queries: Any) -> None:
    library_answer(world)
    bring(vera_client, CHANGES)
    address = reverse("library_import_check", kwargs={"pk": AnswerImport.objects.get().pk})
    for page in (address, reverse("library_import"), reverse("library_download")):
        with django_assert_max_num_queries(15):
            vera_client.get(page)
