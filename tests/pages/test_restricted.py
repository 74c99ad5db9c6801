"""What is internal or under NDA leaves in no file for a buyer without an NDA, whoever wrote the answer."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace

import pytest

from accounts.models import User
from evidence.actions import library
from evidence.models import Audience, Evidence, LibraryAnswer
from evidence.question_key import question_key
from rfp.actions import review
from rfp.actions.export import Package
from rfp.models import Band, Response
from tests.conftest import NOW, TODAY
from tests.pages.conftest import CERTIFICATE, World
from tests.pages.packages import write_files

MARK = "Xylophone"


def texts(package: Package) -> str:
    """Return everything that the files say, the parts of their packages unpacked."""
    said = []
    for file in (package.workbook, package.report, package.data):
        if file.name.endswith(".json"):
            said.append(file.content.decode())
            continue
        with zipfile.ZipFile(io.BytesIO(file.content)) as parts:
            said += [parts.read(name).decode(errors="replace") for name in parts.namelist()]
    return "\n".join(said)


def from_a_library_answer(world: World) -> None:
    """An answer drafted from one that is under NDA."""
    row = LibraryAnswer.objects.create(
        organisation=world.organisation,
        question="What is the name of the machine?",
        question_key=question_key("What is the name of the machine?"),
        answer="Yes",
        comment=f"The machine is called {MARK}.",
        audience=Audience.NDA,
        approved_at=NOW,
        reviewed_on=TODAY,
    )
    Response.objects.filter(pk=world.response(1).pk).update(library_answer=row, comment=f"It is called {MARK}.")


def in_own_words_from_restricted_proof(world: World) -> None:
    """A person's own words that cite a document under NDA."""
    Evidence.objects.update(audience=Audience.NDA)
    Response.objects.filter(pk=world.response(1).pk).update(comment=f"Built on {MARK}, as the auditor saw.")


def copied_without_a_citation(world: World) -> None:
    """A sentence taken from an answer under NDA into another answer."""
    from_a_library_answer(world)
    Response.objects.filter(pk=world.response(1).pk).update(
        library_answer=None, comment=f"Of course. THE MACHINE IS CALLED {MARK.upper()}! Ask us."
    )
    world.response(1).citations.all().delete()


def said_as_the_reason(world: World) -> None:
    """A sentence under NDA as the reason for saying more than the proof shows, which the report repeats."""
    from_a_library_answer(world)
    why = f"The machine is called {MARK}."
    Response.objects.filter(pk=world.response(1).pk).update(
        library_answer=None,
        comment="",
        band=Band.SUGGESTED,
        written_at=NOW,
        unsupported=True,
        override_reason=why,
        reason=f"Written by Vera Vance; the evidence does not show it. Their reason: {why}",
    )
    review.approve_selected(
        questionnaire=world.questionnaire,
        versions={world.question(1).pk: 1},
        by=User.objects.get(email="ada@vendor.example"),
        at=NOW,
    )


def named_in_the_report(world: World) -> None:
    """A document whose title says too much, in the register, in gaps and in reasons of blanks."""
    Evidence.objects.update(audience=Audience.NDA)
    library.confirm(
        revision=library.add_revision(
            organisation=world.organisation,
            entry={
                **CERTIFICATE,
                "title": f"{MARK} certificate",
                "dates": {"issued_on": TODAY.replace(year=2020), "valid_until": TODAY.replace(year=2023)},
            },
            content=b"another",
            file_name=f"{MARK}.pdf",
            by=None,
            at=NOW,
        ),
        by=world.questionnaire.created_by,  # type: ignore[arg-type]  # the small world has one
        at=NOW,
    )
    Response.objects.filter(pk=world.response(3).pk).update(
        reason=f"Nearest in the evidence: “{MARK} certificate”, page 3."
    )


WAYS: list[Callable[[World], None]] = [
    from_a_library_answer,
    in_own_words_from_restricted_proof,
    copied_without_a_citation,
    said_as_the_reason,
    named_in_the_report,
]


@pytest.mark.parametrize("approve", [True, False], ids=["final", "draft"])
@pytest.mark.parametrize("way", WAYS)
def test_nothing_under_nda_leaves_for_a_buyer_without_one(
    way: Callable[[World], None], approve: bool, world: World, ada: User
) -> None:
    way(world)
    assert MARK.casefold() not in texts(write_files(world.questionnaire, by=ada, approve=approve)).casefold()


@pytest.mark.parametrize("way", WAYS)
def test_with_an_nda_it_may(way: Callable[[World], None], world: World, ada: User) -> None:
    way(world)
    world.questionnaire.nda_signed = True
    world.questionnaire.save(update_fields=["nda_signed"])
    assert MARK.casefold() in texts(write_files(world.questionnaire, by=ada)).casefold()


@pytest.mark.parametrize("way", WAYS)
def test_what_is_internal_never_leaves(way: Callable[[World], None], world: World, ada: User) -> None:
    way(world)
    Evidence.objects.filter(audience=Audience.NDA).update(audience=Audience.INTERNAL)
    LibraryAnswer.objects.update(audience=Audience.INTERNAL)
    world.questionnaire.nda_signed = True
    world.questionnaire.save(update_fields=["nda_signed"])
    assert MARK.casefold() not in texts(write_files(world.questionnaire, by=ada)).casefold()


def test_an_answer_that_is_held_back_is_a_blank_with_its_reason(world: World, ada: User) -> None:
    from_a_library_answer(world)
    package = write_files(world.questionnaire, by=ada)
    first, second = package.told.answers[:2]
    assert (first.written, first.citations, first.band) == ("", (), "blank")
    assert "NDA" in first.why_blank
    assert second.written == "Yes"
    # The answer itself stays as it is: with an NDA on record it goes out.
    assert world.response(1).shown == "Yes"
    assert replace(first, reason="").reason == ""
