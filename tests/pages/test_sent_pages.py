"""The pages about what was sent."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent, Organisation, User
from rfp.actions import release as releases
from rfp.actions.rounds import find_reworded
from rfp.models import Export, ExportKind, Questionnaire, Release, Reworded, Way
from rfp.queries.rounds import changes_since, earlier_releases
from tests.conftest import NOW, TODAY
from tests.pages.conftest import World, build, workbook
from tests.pages.packages import final_files, say, write_files


def send(world: World, by: User) -> Release:
    write_files(world.questionnaire, by=by)
    sending = releases.Sending(sent_to="Bo Buyer", sent_on=TODAY, way=Way.EMAIL)
    return releases.mark_sent(
        questionnaire=world.questionnaire,
        files=final_files(world.questionnaire),
        sending=sending,
        on=TODAY,
        by=by,
        at=NOW,
    )


def url(name: str, pk: int) -> str:
    return reverse(name, kwargs={"pk": pk})


def test_an_approver_records_what_was_sent_and_reads_it_again(
    world: World, ada: User, sign_in: Callable[[User], Client]
) -> None:
    write_files(world.questionnaire, by=ada)
    client = sign_in(ada)
    form = client.get(url("send_package", world.questionnaire.pk)).content.decode()
    files = final_files(world.questionnaire)
    assert all(f'name="files" value="{pk}"' in form for pk in files)
    sends = {"files": files, "sent_to": "Bo Buyer", "sent_on": "2026-11-23", "way": "portal", "note": "As agreed."}
    page = client.post(url("send_package", world.questionnaire.pk), sends, follow=True).content.decode()
    release = Release.objects.get()
    assert "Recorded and frozen" in page and "Bo Buyer" in page
    for file in release.files.all():
        assert file.sha256 in page
    say(world.response(1), value="no", shown="No, never")
    assert "No, never" not in client.get(url("sent_version", release.pk)).content.decode()
    assert (
        url("sent_version", release.pk)
        in client.get(url("questionnaire_files", world.questionnaire.pk)).content.decode()
    )


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"files": []}, "written again"),
        ({"files": ["x", "9" * 40]}, "written again"),
        ({"sent_on": "2099-01-01"}, "lies ahead"),
        ({"way": "pigeon"}, "not one of the available"),
        ({"sent_to": ""}, "required"),
    ],
)
def test_what_cannot_be_recorded_says_why(
    change: dict[str, Any], problem: str, world: World, ada: User, sign_in: Callable[[User], Client]
) -> None:
    write_files(world.questionnaire, by=ada)
    sends = {"files": final_files(world.questionnaire), "sent_to": "Bo", "sent_on": "2026-11-23", "way": "email"}
    page = sign_in(ada).post(url("send_package", world.questionnaire.pk), {**sends, **change})
    assert problem in page.content.decode()
    assert not Release.objects.exists()


def test_everything_comes_as_one_zip_with_the_same_bytes_each_time(
    world: World, ada: User, sign_in: Callable[[User], Client]
) -> None:
    release, client = send(world, ada), sign_in(ada)
    first, second = (client.get(url("sent_package", release.pk)) for _ in range(2))
    assert first.content == second.content
    with zipfile.ZipFile(io.BytesIO(first.content)) as package:
        held = {name: sha256(package.read(name)).hexdigest() for name in package.namelist()}
        assert package.read("SHA256SUMS.txt").decode().count("\n") == 3
    assert {file.name: file.sha256 for file in release.files.all()}.items() <= held.items()
    assert AuditEvent.objects.filter(event="release.opened").count() == 2


def test_the_statement_of_fidelity_names_parts_and_cells(
    world: World, ada: User, sign_in: Callable[[User], Client]
) -> None:
    write_files(world.questionnaire, by=ada)
    export = Export.objects.get(kind=ExportKind.WORKBOOK, draft=False)
    page = sign_in(ada).get(url("fidelity", export.pk)).content.decode()
    assert "xl/worksheets/sheet1.xml" in page and "As it came" in page and "Security!C2" in page
    assert export.file.sha256 in page


def next_round(world: World, by: User) -> Questionnaire:
    """Return the buyer's next file: one question reworded, one new, the rest as before."""
    content = workbook(5)
    return build(
        world.organisation, by=by, buyer=world.questionnaire.buyer, file_name="Round two.xlsx", content=content
    ).questionnaire


def test_the_next_round_shows_what_changed(
    world: World, ada: User, vera: User, sign_in: Callable[[User], Client]
) -> None:
    release = send(world, ada)
    second = next_round(world, vera)
    question = second.questions.get(position=4)
    question.text = "Is there a swimming pool?"
    question.save(update_fields=["text"])
    say(second.questions.get(position=1).response, value="no", shown="No")
    assert earlier_releases(second) == [release]
    changes = changes_since(second, release)
    assert [pair.now.position for pair in changes.differing] == [1]
    assert [row.text for row in changes.new] == ["Is there a swimming pool?"]
    assert [row.position for row in changes.gone] == [4, 6]
    page = sign_in(ada).get(url("changes", second.pk)).content.decode()
    assert "Another answer" in page and "swimming pool" in page


def test_a_reworded_question_is_recognised_in_meaning(vendor: Organisation, ada: User, vera: User, store: Path) -> None:
    first = build(vendor, by=vera, content=workbook(1, text="Are backups encrypted?"))
    release = send(first, ada)
    content = workbook(1, text="Do you encrypt your backups?")
    second = build(vendor, by=vera, file_name="Two.xlsx", content=content).questionnaire
    assert changes_since(second, release).reworded == []
    assert find_reworded(questionnaire=second, at=NOW) == 1
    assert find_reworded(questionnaire=second, at=NOW) == Reworded.objects.count() == 1
    pair = changes_since(second, release).reworded[0]
    assert (pair.then.question, pair.now.text) == ("Are backups encrypted?", "Do you encrypt your backups?")


def test_without_anything_sent_the_page_says_so(world: World, ada: User, sign_in: Callable[[User], Client]) -> None:
    page = sign_in(ada).get(url("changes", world.questionnaire.pk)).content.decode()
    assert "Nothing was recorded as sent" in page


def test_pages_take_few_queries(
    world: World, ada: User, sign_in: Callable[[User], Client], django_assert_max_num_queries: Any
) -> None:
    release, client = send(world, ada), sign_in(ada)
    for name, pk in (
        ("sent_version", release.pk),
        ("changes", world.questionnaire.pk),
        ("send_package", world.questionnaire.pk),
    ):
        with django_assert_max_num_queries(15):
            assert client.get(url(name, pk)).status_code == 200
