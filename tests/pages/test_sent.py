"""What was sent is frozen, and answers that contradict it are found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import ProtectedError

from accounts.models import AuditEvent, User
from evidence.models import AISystem, Audience, Evidence
from rfp.actions.release import AlreadySent, DraftNeverSent, NotSent, PackageChanged, Sending, mark_sent
from rfp.actions.review import MayNotApprove
from rfp.models import Export, Questionnaire, Release, ReleasedAnswer, Response, Reworded, SentChanged, Way
from rfp.queries.inbox import Line, Sought, lines, sought
from rfp.queries.releases import conflicts_with_sent
from tests.conftest import NOW, TODAY
from tests.pages.conftest import World, build
from tests.pages.packages import final_files, say, write_files

SENDING = Sending(sent_to="Bo Buyer, bo@buyer.example", sent_on=TODAY, way=Way.EMAIL)


def send(world: World, by: User, *, files: Sequence[int] | None = None, sending: Sending = SENDING) -> Release:
    return mark_sent(
        questionnaire=world.questionnaire,
        files=final_files(world.questionnaire) if files is None else files,
        sending=sending,
        on=TODAY,
        by=by,
        at=NOW,
    )


@pytest.fixture
def sent(world: World, ada: User) -> Release:
    write_files(world.questionnaire, by=ada)
    return send(world, ada)


def test_a_sent_version_holds_files_verdict_evidence_and_answers(world: World, sent: Release) -> None:
    assert (sent.number, sent.as_of, sent.assessment.questionnaire) == (1, TODAY, world.questionnaire)
    assert sent.evidence_snapshot == [["ISO-42001", 1, world.revision.file.sha256]]  # type: ignore[union-attr]  # it has a file
    assert sent.systems == ["Helper"]
    assert sent.catalogue_version and sent.catalogue_digest
    assert {file.kind: file.sha256 for file in sent.files.all()} == {
        export.kind: export.file.sha256 for export in Export.objects.filter(draft=False)
    }
    assert sent.answers.count() == world.questionnaire.questions.count()
    first = sent.answers.get(position=1)
    assert (first.question, first.written, first.value) == (world.question(1).text, "Yes", "yes")
    assert first.citations[0][:3] == ["ISO-42001", 1, 3]
    assert AuditEvent.objects.filter(event="questionnaire.sent", target_id=str(sent.pk)).count() == 1


def test_the_inbox_says_sent_and_no_longer_overdue(world: World, ada: User) -> None:
    Questionnaire.objects.filter(pk=world.questionnaire.pk).update(due_on=TODAY - timedelta(days=3))

    def listed(**wanted: str) -> list[Line]:
        return lines(sought(world.organisation, Sought(**wanted), on=TODAY), on=TODAY, at=NOW)

    assert [(line.sent_on, line.overdue) for line in listed(due="overdue")] == [(None, True)]
    assert listed(state="sent") == []
    write_files(world.questionnaire, by=ada)
    send(world, ada)
    assert [(line.sent_on, line.overdue) for line in listed(state="sent")] == [(TODAY, False)]
    assert listed(due="overdue") == listed(state="exported") == []


def test_it_says_the_same_after_the_answer_was_drafted_again(world: World, sent: Release) -> None:
    say(world.response(1), value="no", shown="No")
    assert sent.answers.get(position=1).written == "Yes"


def test_what_was_answered_is_read_from_the_files_not_from_the_answers_of_today(world: World, ada: User) -> None:
    write_files(world.questionnaire, by=ada)
    say(world.response(1), value="no", shown="No")
    assert send(world, ada).answers.get(position=1).written == "Yes"


def test_recording_it_twice_has_one_effect(world: World, sent: Release, ada: User) -> None:
    assert send(world, ada) == sent
    assert Release.objects.count() == 1
    assert AuditEvent.objects.filter(event="questionnaire.sent").count() == 1


def test_the_same_files_are_not_sent_as_two_versions(world: World, sent: Release, ada: User) -> None:
    with pytest.raises(AlreadySent, match="Bo Buyer"):
        send(world, ada, sending=replace(SENDING, sent_to="Somebody else"))
    assert Release.objects.count() == 1


def test_new_files_are_a_new_version(world: World, sent: Release, ada: User) -> None:
    say(world.response(1), value="yes", shown="Yes", comment="In other words.")
    write_files(world.questionnaire, by=ada, at=NOW + timedelta(hours=1))
    assert send(world, ada).number == 2
    assert [row.answers.get(position=1).comment for row in Release.objects.order_by("number")] == [
        "Certified by an accredited body.",
        "In other words.",
    ]


def test_a_draft_is_never_sent(world: World, ada: User) -> None:
    write_files(world.questionnaire, by=ada, approve=False)
    drafts = list(Export.objects.filter(draft=True).values_list("pk", flat=True))
    with pytest.raises(DraftNeverSent):
        send(world, ada, files=drafts)
    with pytest.raises(PackageChanged, match="no final files"):
        send(world, ada, files=[])
    assert not Release.objects.exists()


def test_only_the_files_that_were_seen_are_sent(world: World, ada: User) -> None:
    write_files(world.questionnaire, by=ada)
    seen = final_files(world.questionnaire)
    say(world.response(1), value="yes", shown="Yes", comment="In other words.")
    write_files(world.questionnaire, by=ada, at=NOW + timedelta(hours=1))
    with pytest.raises(PackageChanged, match="again"):
        send(world, ada, files=seen)
    assert not Release.objects.exists()


def test_only_an_approver_records_it_and_not_before_it_happened(world: World, ada: User, vera: User) -> None:
    write_files(world.questionnaire, by=ada)
    with pytest.raises(MayNotApprove):
        send(world, vera)
    with pytest.raises(NotSent, match="lies ahead"):
        send(world, ada, sending=replace(SENDING, sent_on=TODAY + timedelta(days=1)))
    assert not Release.objects.exists()


def test_nothing_of_it_can_be_changed_or_deleted(world: World, sent: Release) -> None:
    answer = sent.answers.get(position=1)
    for row in (sent, sent.files.all()[0], answer):
        with pytest.raises(SentChanged):
            row.save()
        with pytest.raises(SentChanged):
            row.delete()
    with pytest.raises(SentChanged):
        ReleasedAnswer.objects.filter(pk=answer.pk).update(written="No")
    with pytest.raises(SentChanged):
        Release.objects.all().delete()
    with pytest.raises(ProtectedError):
        world.questionnaire.delete()
    assert ReleasedAnswer.objects.get(pk=answer.pk).written == "Yes"


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE rfp_release SET sent_to = 'another'",
        "UPDATE rfp_releasedfile SET sha256 = 'another'",
        "UPDATE rfp_releasedanswer SET written = 'No'",
    ],
)
def test_the_database_itself_refuses_a_change(sent: Release, change: str) -> None:
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


def next_round(world: World, by: User, *, buyer: str) -> World:
    """Return the same questions in another file, of the same vendor."""
    return build(world.organisation, by=by, buyer=buyer, file_name="Next.xlsx")


def test_an_answer_that_contradicts_a_sent_one_is_found(world: World, sent: Release, vera: User) -> None:
    again = next_round(world, vera, buyer="Another Buyer")
    assert conflicts_with_sent(again.questionnaire) == {}
    say(again.response(1), value="no", shown="No")
    say(again.response(2), value="yes", shown="Yes", comment="In other words.")
    found = conflicts_with_sent(again.questionnaire)
    assert list(found) == [again.question(1).pk]
    earlier = found[again.question(1).pk]
    assert (earlier.written, earlier.buyer, earlier.sent_on, earlier.reworded) == ("Yes", sent.buyer, TODAY, False)


def test_a_blank_contradicts_nothing(world: World, sent: Release, vera: User) -> None:
    again = next_round(world, vera, buyer="Another Buyer")
    Response.objects.filter(question__questionnaire=again.questionnaire).update(shown="", value="needs_information")
    assert conflicts_with_sent(again.questionnaire) == {}


def test_what_was_sent_about_other_systems_does_not_count(world: World, sent: Release, vera: User) -> None:
    again = next_round(world, vera, buyer="Another Buyer")
    say(again.response(1), value="no", shown="No")
    other = AISystem.objects.create(organisation=world.organisation, name="Another system")
    again.questionnaire.systems.set([other])
    assert conflicts_with_sent(again.questionnaire) == {}


def test_a_reworded_question_is_compared_too(world: World, sent: Release, vera: User) -> None:
    again = next_round(world, vera, buyer="Another Buyer")
    question = again.question(1)
    question.text = "Is a certificate number one held?"
    question.save(update_fields=["text"])
    say(again.response(1), value="no", shown="No")
    assert conflicts_with_sent(again.questionnaire) == {}
    Reworded.objects.create(question=question, earlier=sent.answers.get(position=1), confidence=0.9, found_at=NOW)
    assert conflicts_with_sent(again.questionnaire)[question.pk].reworded


def test_another_vendors_sent_answers_do_not_count(sent: Release, other_world: World) -> None:
    say(other_world.response(1), value="no", shown="No")
    assert conflicts_with_sent(other_world.questionnaire) == {}


def test_conflicts_take_few_queries(
    world: World, sent: Release, vera: User, django_assert_max_num_queries: pytest.FixtureRequest
) -> None:
    again = next_round(world, vera, buyer="Another Buyer")
    with django_assert_max_num_queries(5):  # type: ignore[operator]  # the fixture's own type
        conflicts_with_sent(again.questionnaire)


def test_what_came_under_nda_since_the_files_were_written_is_not_sent(world: World, ada: User) -> None:
    write_files(world.questionnaire, by=ada)
    Evidence.objects.update(audience=Audience.NDA)
    with pytest.raises(NotSent, match="may not be told by now"):
        send(world, ada)
    assert not Release.objects.exists()
