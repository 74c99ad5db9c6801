"""Drafting anew keeps what people wrote, and says when the machine thinks otherwise by now."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, cast

import pytest

from accounts.models import AuditEvent, User
from rfp.actions.answering import store_drafts
from rfp.actions.review import approve_selected
from rfp.actions.steps import NothingToUndo
from rfp.actions.undo import undo
from rfp.actions.writing import stand_by, write
from rfp.answering.by_hand import Entry
from rfp.answering.content import BlankCode, Content
from rfp.answering.place import Placed
from rfp.answering.types import Band, Cited, Drafted, Said
from rfp.models import KeptAnswer, ResponseStatus
from rfp.queries.standing import Standing
from rfp.workbook.model import Option
from scoring.answers import Value
from tests.conftest import NOW
from tests.pages.conftest import World

LATER = NOW + timedelta(days=1)
YES = Content(value=Value.YES, comment="Certified by an accredited body.")
SILENT = Content(value=Value.NEEDS_INFORMATION)


@dataclass
class Proofs:
    """As much of a standing as storing drafts reads."""

    proofs: dict[str, Any] = field(default_factory=dict)


def drafted(content: Content, *, cites: tuple[Cited, ...] = ()) -> Drafted:
    given = content.says_something
    said = Said(content=content, why=("Because.",), cites=cites)
    return Drafted(
        said=said,
        placed=Placed(shown="Yes" if given else ""),
        band=Band.READY if given else Band.BLANK,
        code=BlankCode.NONE if given else BlankCode.NO_EVIDENCE,
        reason="Because.",
    )


@pytest.fixture
def written(listed: World, vera: User, ada: User) -> World:
    """The first answer worded by vera and approved by ada."""
    entry = Entry(choice="Yes", comment="Certified in May.")
    write(question=listed.question(1), entry=entry, version=1, by=vera, at=NOW)
    approve_selected(questionnaire=listed.questionnaire, versions={listed.question(1).pk: 2}, by=ada, at=NOW)
    return listed


def store(world: World, number: int, draft: Drafted) -> int:
    question = world.question(number)
    proof = type("Proof", (), {"revision_id": world.revision.pk})
    proofs: dict[str, Any] = {"ISO-42001": proof, "NEW": proof}
    return store_drafts(question.questionnaire, [question], [draft], [()], cast(Standing, Proofs(proofs)), at=LATER)


def test_the_same_draft_leaves_a_persons_answer_approved_and_silent(written: World) -> None:
    assert store(written, 1, drafted(YES)) == 0
    row = written.response(1)
    assert (row.comment, row.version, row.status) == ("Certified in May.", 2, ResponseStatus.APPROVED)
    assert row.machine_changed_at is None
    assert KeptAnswer.objects.count() == 1


def test_a_draft_in_other_words_is_kept_beside_it(written: World, vera: User) -> None:
    other = Content(value=Value.YES, comment="Certified by another body.")
    assert store(written, 1, drafted(other, cites=(Cited(reference="ISO-42001", page=9, quote="q"),))) == 0
    row = written.response(1)
    assert (row.comment, row.status, row.machine_changed_at) == ("Certified in May.", ResponseStatus.APPROVED, LATER)
    assert row.machine is not None
    assert row.machine.comment == "Certified by another body."
    assert row.citations.get().page == 9  # the value rests on the proof of today
    stand_by(question=written.question(1), version=2, by=vera, at=LATER)
    assert written.response(1).machine_changed_at is None


@pytest.mark.parametrize(("cites", "reopened"), [(("ISO-42001", "NEW"), 0), (("NEW",), 1), ((), 1)])
def test_an_approval_holds_while_the_answer_keeps_any_of_its_ground(
    listed: World, ada: User, cites: tuple[str, ...], reopened: int
) -> None:
    said = listed.response(1)
    approve_selected(questionnaire=listed.questionnaire, versions={listed.question(1).pk: 1}, by=ada, at=NOW)
    content = Content(value=Value(said.value), comment=said.comment, words=said.text, documents=said.documents)
    draft = drafted(content, cites=tuple(Cited(reference=name, page=3) for name in cites))
    draft = replace(
        draft, placed=Placed(shown=said.shown, option=said.option and Option(label=said.option, value="Yes"))
    )
    assert store(listed, 1, draft) == reopened
    row = listed.response(1)
    assert (row.version, row.status) == ((2, ResponseStatus.DRAFT) if reopened else (1, ResponseStatus.APPROVED))


def test_what_the_evidence_shows_no_more_has_to_be_approved_again(written: World) -> None:
    assert store(written, 1, drafted(SILENT)) == 1
    row = written.response(1)
    assert (row.shown, row.status, row.unsupported, row.version) == ("Yes", ResponseStatus.DRAFT, True, 3)
    assert not row.citations.exists()
    assert "does not show it any more" in row.reason


def test_what_the_evidence_shows_by_now_is_no_override_any_more(listed: World, vera: User) -> None:
    write(question=listed.question(3), entry=Entry(choice="Yes"), override="Soon.", version=1, by=vera, at=NOW)
    store(listed, 3, drafted(YES, cites=(Cited(reference="ISO-42001", page=3),)))
    row = listed.response(3)
    assert (row.unsupported, row.override_reason, row.shown) == (False, "", "Yes")
    assert row.citations.get().page == 3


def test_a_machines_answer_is_replaced_as_before(listed: World) -> None:
    assert store(listed, 1, drafted(SILENT)) == 0
    row = listed.response(1)
    assert (row.band, row.version, row.written_at) == (Band.BLANK, 2, None)


def test_undo_never_brings_back_what_the_proof_showed_before(listed: World, vera: User) -> None:
    write(question=listed.question(1), entry=Entry(choice="No"), version=1, by=vera, at=NOW)
    store(listed, 1, drafted(SILENT))
    with pytest.raises(NothingToUndo, match="judged anew"):
        undo(questionnaire=listed.questionnaire, by=vera, at=LATER)
    assert (listed.response(1).shown, listed.response(1).version) == ("No", 2)


def test_nor_a_persons_words_that_it_supported_before(listed: World, vera: User) -> None:
    write(question=listed.question(1), entry=Entry(choice="Yes", comment="In May."), version=1, by=vera, at=NOW)
    write(question=listed.question(1), entry=Entry(choice="No"), version=2, by=vera, at=NOW)
    store(listed, 1, drafted(SILENT))
    stand_by(question=listed.question(1), version=3, by=vera, at=LATER)
    with pytest.raises(NothingToUndo, match="judged anew"):
        undo(questionnaire=listed.questionnaire, by=vera, at=LATER)
    assert (listed.response(1).shown, listed.response(1).version) == ("No", 3)


def test_standing_by_an_answer_is_on_record(listed: World, vera: User) -> None:
    write(question=listed.question(1), entry=Entry(choice="No"), version=1, by=vera, at=NOW)
    store(listed, 1, drafted(SILENT))
    stand_by(question=listed.question(1), version=2, by=vera, at=LATER)
    assert AuditEvent.objects.get(event="response.stood_by").details == {"version": 2}
