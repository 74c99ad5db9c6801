"""Evidence that fell away: what relied on it is found, taken back, and put right with the buyers."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import docx
import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import AuditEvent, Notification, User
from evidence.actions import answers as library_answers
from evidence.actions import library
from evidence.actions.answer_rows import Wording
from evidence.actions.systems import SystemEntry, register_system
from evidence.models import AnswerState, Audience, Evidence, LibraryAnswer
from rfp.actions.fallen import tell_fallen
from rfp.actions.impact import (
    NothingReliedOnIt,
    SayWhy,
    UndoneAlready,
    draft_letter,
    reopen,
    settle,
    undo_reopening,
)
from rfp.actions.review import MayNotApprove, approve
from rfp.models import Questionnaire, ReopenedAnswer, Reopening, Response, ResponseStatus, Settlement
from rfp.queries.changes import Change, changes_of
from rfp.queries.reliance import Reliance, reliance_of
from tests.conftest import NOW, TODAY
from tests.pages.conftest import CERTIFICATE, HOSTILE, World
from tests.pages.sent import send

LATER = NOW + timedelta(hours=2)
LAPSED = date(2027, 6, 1)


def change_in(world: World, on: date = TODAY) -> Change | None:
    return next(iter(changes_of(world.organisation, on=on)), None)


def relying(world: World, on: date = TODAY) -> Reliance:
    changes = {change.evidence: change for change in changes_of(world.organisation, on=on)}
    pk = world.revision.evidence_id
    return reliance_of(world.organisation, {pk: world.revision.evidence.reference}, changes)[pk]


def approved(world: World) -> int:
    return Response.objects.filter(question__questionnaire=world.questionnaire, status=ResponseStatus.APPROVED).count()


def revise(world: World, by: User, **fields: Any) -> None:
    entry = {**CERTIFICATE, **fields}
    revision = library.add_revision(organisation=world.organisation, entry=entry, by=by, at=NOW)
    library.confirm(revision=revision, by=by, at=NOW)


@pytest.fixture
def answer(world: World, vera: User, ada: User) -> LibraryAnswer:
    """An approved library answer that rests on the certificate."""
    return library_answers.add(
        organisation=world.organisation,
        wording=Wording(question="Are you certified?", answer="Yes", evidence=world.revision.evidence),
        written_by=vera,
        by=ada,
        at=NOW,
    )


@pytest.fixture
def withdrawn(world: World, answer: LibraryAnswer, vera: User, ada: User) -> World:
    """Four approved answers cite the certificate, a version was sent, and then it is withdrawn."""
    approve(questionnaire=world.questionnaire, include_suggested=True, by=ada, at=NOW)
    library.withdraw(evidence=world.revision.evidence, by=vera, at=NOW)
    return world


def told(*people: User) -> list[int]:
    return [Notification.objects.filter(user=person, kind="evidence.fallen").count() for person in people]


def test_who_has_to_act_is_told_once_when_a_proof_falls_away(
    withdrawn: World, ada: User, vera: User, olga: User, sign_in: Callable[[User], Client]
) -> None:
    assert told(ada, vera, olga) == [1, 0, 0]  # ada may approve; vera looks after neither evidence nor this deal
    text = Notification.objects.get(user=ada).text
    assert text.endswith("was withdrawn on 23 November 2026. Resting on it: 4 approved answers and 1 library answer.")
    again = tell_fallen(organisation=withdrawn.organisation, on=TODAY, at=LATER)
    assert (again, told(ada)) == (0, [1])
    home = sign_in(ada).get(reverse("home")).content.decode()
    assert "1 proof under your answers" in home


def test_the_owner_of_what_was_sent_is_told_that_it_lapsed(world: World, vera: User, ada: User) -> None:
    send(world, by=ada)
    Questionnaire.objects.filter(pk=world.questionnaire.pk).update(owner=vera)
    assert tell_fallen(organisation=world.organisation, on=TODAY, at=LATER) == 0
    tell_fallen(organisation=world.organisation, on=LAPSED, at=LATER)
    assert told(vera) == [1]
    assert "1 version sent to a buyer" in Notification.objects.get(user=vera).text


def test_nobody_is_told_of_a_document_that_nothing_rests_on(world: World, vera: User, ada: User) -> None:
    library.withdraw(evidence=world.revision.evidence, by=vera, at=NOW)
    assert told(ada, vera) == [0, 0]


def test_nothing_happened_to_what_counts(world: World) -> None:
    assert change_in(world) is None
    assert len(relying(world).deals[0].answers) == 4


def test_what_was_withdrawn_says_since_when(withdrawn: World) -> None:
    change = change_in(withdrawn)
    assert change is not None
    assert (change.happened, change.since, change.before) == ("withdrawn", TODAY, 0)
    assert change.sentence == "“AI management certificate” (ISO-42001) was withdrawn on 23 November 2026."


def test_what_lapsed_says_until_when_it_counted(world: World) -> None:
    change = change_in(world, LAPSED)
    assert change is not None
    assert (change.happened, change.since) == ("lapsed", date(2027, 5, 19))


def test_a_new_revision_that_covers_fewer_systems_proves_less(world: World, vera: User) -> None:
    register_system(organisation=world.organisation, entry=SystemEntry(name="Scout"), by=vera, at=NOW)
    revise(world, vera, ai_systems=["Scout"], scope="Development and operation of the AI system Scout.")
    change = change_in(world)
    assert change is not None
    assert (change.happened, change.before) == ("narrowed", 2)
    assert "LR-2 for Helper" in change.lost
    assert "no longer covers Helper and no longer proves LR-2 for Helper" in change.sentence
    assert len(relying(world).deals[0].answers) == 4  # they cite the first revision


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "AI management certificate, reprint"},
        {"dates": {"issued_on": date(2026, 6, 18), "valid_until": date(2029, 5, 17)}},
        {"scope": "Development and operation of the AI systems Helper and others."},
    ],
)
def test_a_new_revision_that_proves_as_much_changes_nothing(
    world: World, vera: User, fields: dict[str, object]
) -> None:
    revise(world, vera, **fields)
    assert change_in(world) is None


def test_all_that_relied_on_it_is_found(withdrawn: World, vera: User) -> None:
    before = relying(withdrawn)
    assert [row.question for row in before.library] == ["Are you certified?"]
    assert [answer.place for answer in before.deals[0].answers] == [
        "Security!B2",
        "Security!B3",
        "Security!B5",
        "Security!B6",
    ]
    assert (before.approved, before.to_reopen, before.sent) == (4, 5, ())
    send(withdrawn, by=vera)
    after = relying(withdrawn)
    assert after.deals == ()
    assert len(after.sent[0].answers) == 4
    assert after.unsettled == 1


def test_a_gap_that_names_the_document_does_not_rely_on_it(withdrawn: World, vera: User) -> None:
    Response.objects.filter(pk=withdrawn.response(1).pk).update(value="no", failed_rules=["R-SCOPE-AI"])
    Response.objects.filter(pk=withdrawn.response(2).pk).update(failed_rules=["W-EXPIRING"])
    assert relying(withdrawn).approved == 3
    send(withdrawn, by=vera)
    assert len(relying(withdrawn).sent[0].answers) == 3


def test_an_answer_given_after_the_lapse_knew_of_it(world: World, vera: User) -> None:
    send(world, by=vera)
    assert len(relying(world, LAPSED).sent[0].answers) == 4
    assessment = world.questionnaire.assessments.latest()
    type(assessment).objects.filter(pk=assessment.pk).update(as_of=LAPSED)
    send(world, by=vera)
    assert relying(world, LAPSED).sent == ()


def test_only_the_version_sent_last_counts(withdrawn: World, vera: User) -> None:
    send(withdrawn, by=vera)
    Response.objects.filter(question__questionnaire=withdrawn.questionnaire).first().citations.all().delete()  # type: ignore[union-attr]  # there are six
    latest = send(withdrawn, by=vera)
    (sent,) = relying(withdrawn).sent
    assert (sent.release, len(sent.answers)) == (latest, 3)


def test_taking_back_reopens_every_approval_with_its_reason(
    withdrawn: World, answer: LibraryAnswer, vera: User
) -> None:
    evidence = withdrawn.revision.evidence
    done = reopen(evidence=evidence, reason="It was withdrawn.", on=TODAY, by=vera, at=LATER)
    answer.refresh_from_db()
    assert (approved(withdrawn), done.answers.count(), done.library_answers) == (0, 4, 1)
    assert answer.state == AnswerState.IN_REVIEW
    assert answer.versions.filter(note="It was withdrawn.").exists()
    assert AuditEvent.objects.get(event="evidence.reopened").details["answers"] == 4
    with pytest.raises(NothingReliedOnIt):
        reopen(evidence=evidence, reason="Again.", on=TODAY, by=vera, at=LATER)
    assert Reopening.objects.count() == 1


def test_taking_back_needs_a_reason(withdrawn: World, vera: User) -> None:
    with pytest.raises(SayWhy):
        reopen(evidence=withdrawn.revision.evidence, reason="  ", on=TODAY, by=vera, at=LATER)
    assert approved(withdrawn) == 4


def test_an_approver_gives_back_what_has_not_changed(withdrawn: World, vera: User, ada: User) -> None:
    done = reopen(evidence=withdrawn.revision.evidence, reason="By mistake.", on=TODAY, by=vera, at=LATER)
    Response.objects.filter(pk=withdrawn.response(1).pk).update(version=2)
    with pytest.raises(MayNotApprove):
        undo_reopening(reopening=done, by=vera, at=LATER)
    assert approved(withdrawn) == 0
    assert undo_reopening(reopening=done, by=ada, at=LATER) == 3
    assert withdrawn.response(2).approved_at == NOW
    assert withdrawn.response(2).approved_by == ada
    with pytest.raises(UndoneAlready):
        undo_reopening(reopening=done, by=ada, at=LATER)


def test_what_still_counts_is_not_corrected(world: World, vera: User) -> None:
    release = send(world, by=vera)
    with pytest.raises(NothingReliedOnIt):
        draft_letter(evidence=world.revision.evidence, release=release, on=TODAY, by=vera, at=NOW)


def text_of(content: bytes) -> str:
    document = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


def test_the_letter_says_what_was_said_what_changed_and_what_is_proposed(withdrawn: World, vera: User) -> None:
    release = send(withdrawn, by=vera)
    first = withdrawn.response(1)
    first.citations.all().delete()
    Response.objects.filter(pk=first.pk).update(shown="No, not at present.")
    evidence = withdrawn.revision.evidence
    name, content = draft_letter(evidence=evidence, release=release, on=TODAY, by=vera, at=NOW)
    text = text_of(content)
    assert name == "Questions of the bank - correction of 2026-11-23 (DRAFT).docx"
    for said in (
        "DRAFT",
        "To risk@kestrel.example, Kestrel Bank",
        "4 answers in it rest on AI management certificate (ISO-42001).",
        "was withdrawn on 23 November 2026.",
        "Do you hold certificate 1?",
        "No, not at present.",
        "We withdraw this answer until we can prove it again.",
    ):
        assert said in text
    assert draft_letter(evidence=evidence, release=release, on=TODAY, by=vera, at=LATER) == (name, content)


def test_the_letter_tells_nothing_that_the_buyer_may_not_be_told_by_now(withdrawn: World, vera: User) -> None:
    release = send(withdrawn, by=vera)
    secret = LibraryAnswer.objects.create(
        organisation=withdrawn.organisation,
        question="What is it called?",
        question_key="0" * 64,
        answer="Xylophone",
        audience=Audience.INTERNAL,
        approved_at=NOW,
    )
    first = withdrawn.response(1)
    first.citations.all().delete()
    Response.objects.filter(pk=first.pk).update(shown="Xylophone", library_answer=secret)
    Evidence.objects.update(audience=Audience.NDA)
    evidence = withdrawn.revision.evidence
    _, content = draft_letter(evidence=evidence, release=release, on=TODAY, by=vera, at=NOW)
    text = text_of(content)
    assert "Xylophone" not in text
    assert "ISO-42001" not in text
    assert "AI management certificate" not in text
    assert "A document under NDA was withdrawn on 23 November 2026." in text


def test_settling_says_how_and_the_first_word_stands(withdrawn: World, vera: User, ada: User) -> None:
    release = send(withdrawn, by=vera)
    evidence = withdrawn.revision.evidence
    with pytest.raises(SayWhy):
        settle(evidence=evidence, release=release, note=" ", on=TODAY, by=vera, at=NOW)
    settle(evidence=evidence, release=release, note="Letter of 24 November.", on=TODAY, by=vera, at=NOW)
    settle(evidence=evidence, release=release, note="Another word.", on=TODAY, by=ada, at=NOW)
    assert [row.note for row in Settlement.objects.all()] == ["Letter of 24 November."]
    assert relying(withdrawn).unsettled == 0


def test_the_pages_lead_from_the_list_to_the_letter(
    withdrawn: World, vera: User, ada: User, sign_in: Callable[[User], Client]
) -> None:
    pk = withdrawn.revision.evidence_id
    client = sign_in(ada)
    page = client.get(reverse("impact")).content.decode()
    assert reverse("evidence_impact", args=[pk]) in page
    assert "4 answers, 4 approved" in page
    page = client.get(reverse("evidence_impact", args=[pk])).content.decode()
    assert "Take 5 back" in page
    client.post(reverse("reopen_answers", args=[pk]), {"reason": HOSTILE})
    page = client.get(reverse("evidence_impact", args=[pk])).content.decode()
    assert "Give the approvals back" in page
    assert "<script>alert" not in page
    release = send(withdrawn, by=vera)
    assert "Draft the letter of correction" in client.get(reverse("evidence_impact", args=[pk])).content.decode()
    response = client.post(reverse("correction_letter", args=[pk]), {"release": str(release.pk)})
    assert response["Content-Type"].endswith("wordprocessingml.document")
    client.post(reverse("settle_correction", args=[pk]), {"release": str(release.pk), "note": "New version sent."})
    assert "New version sent." in client.get(reverse("evidence_impact", args=[pk])).content.decode()
    client.post(reverse("undo_reopening", args=[Reopening.objects.get().pk]))
    assert approved(withdrawn) == ReopenedAnswer.objects.count() == 4


def test_a_sent_version_of_another_vendor_is_missing(
    withdrawn: World, other_world: World, olga: User, ada: User, sign_in: Callable[[User], Client]
) -> None:
    foreign = send(other_world, by=olga)
    for name in ("correction_letter", "settle_correction"):
        where = reverse(name, args=[withdrawn.revision.evidence_id])
        assert sign_in(ada).post(where, {"release": str(foreign.pk), "note": "x"}).status_code == 404
    assert not Settlement.objects.exists()


def test_without_anything_fallen_the_page_says_what_it_is_for(
    world: World, ada: User, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(ada)
    assert "No answer relies on anything that fell away" in client.get(reverse("impact")).content.decode()
    page = client.get(reverse("evidence_impact", args=[world.revision.evidence_id])).content.decode()
    assert "It counts today" in page
    assert "Take" not in page


def test_the_list_costs_no_more_queries_for_many_documents(
    withdrawn: World,
    vera: User,
    ada: User,
    sign_in: Callable[[User], Client],
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    send(withdrawn, by=vera)
    for number in range(6):
        entry = {**CERTIFICATE, "id": f"C-{number}", "number": f"N-{number}"}
        revision = library.add_revision(
            organisation=withdrawn.organisation, entry=entry, content=b"%d" % number, file_name="c.pdf", by=vera, at=NOW
        )
        library.confirm(revision=revision, by=vera, at=NOW)
        library.withdraw(evidence=revision.evidence, by=vera, at=NOW)
    client = sign_in(ada)
    with django_assert_max_num_queries(15):
        client.get(reverse("impact"))
    with django_assert_max_num_queries(15):
        client.get(reverse("evidence_impact", args=[withdrawn.revision.evidence_id]))
