"""Approving from the page: works, refuses, does nothing twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts.audit import record
from accounts.models import AuditEvent, User
from evidence.actions import library
from rfp.actions.review import AnswersChanged, MayNotApprove, approve_ready, approve_selected
from rfp.models import Band, Export, Response, ResponseStatus
from rfp.queries.answers import facets_of
from rfp.queries.exports import packages_of
from tests.conftest import NOW
from tests.pages.conftest import CERTIFICATE, World

LATER = NOW + timedelta(hours=1)


def approved(world: World) -> list[int]:
    rows = Response.objects.filter(question__questionnaire=world.questionnaire, status=ResponseStatus.APPROVED)
    return list(rows.order_by("question__position").values_list("question__position", flat=True))


def events() -> list[AuditEvent]:
    return list(AuditEvent.objects.filter(event="answers.approved"))


def key(world: World, number: int) -> str:
    response = world.response(number)
    return f"{response.question_id}.{response.version}"


def said(client: Client, world: World) -> str:
    pages = ("questionnaire_answers", "questionnaire_files")
    return "".join(client.get(reverse(name, args=[world.questionnaire.pk])).content.decode() for name in pages)


def test_all_ready_answers_as_they_were_shown(world: World, ada: User, sign_in: Callable[[User], Client]) -> None:
    client = sign_in(ada)
    url = reverse("approve_ready", args=[world.questionnaire.pk])
    seal = facets_of(world.questionnaire).seal
    assert seal in said(client, world)
    response = client.post(url, {"seal": seal, "next": "/questionnaires/1/?band=ready"})
    assert response["Location"] == "/questionnaires/1/?band=ready"
    assert approved(world) == [1, 4]
    assert [event.details for event in events()] == [{"answers": 2, "suggested": False}]
    assert "2 answers approved." in said(client, world)

    client.post(url, {"seal": seal})  # the same click again
    assert approved(world) == [1, 4]
    assert len(events()) == 1
    assert "approved already" in said(client, world)


def test_ready_answers_that_changed_since_are_not_approved(
    world: World, ada: User, sign_in: Callable[[User], Client]
) -> None:
    seal = facets_of(world.questionnaire).seal
    Response.objects.filter(pk=world.response(1).pk).update(version=2, shown="No")
    client = sign_in(ada)
    client.post(reverse("approve_ready", args=[world.questionnaire.pk]), {"seal": seal})
    assert approved(world) == []
    assert events() == []
    assert "have changed since" in said(client, world)


def test_a_draft_of_another_time_is_not_the_one_that_was_shown(world: World, ada: User) -> None:
    seal = facets_of(world.questionnaire).seal
    Response.objects.filter(pk=world.response(1).pk).update(drafted_at=LATER)
    with pytest.raises(AnswersChanged):
        approve_ready(questionnaire=world.questionnaire, seal=seal, by=ada, at=LATER)
    assert approved(world) == []


def test_ticked_answers(world: World, ada: User, sign_in: Callable[[User], Client]) -> None:
    client = sign_in(ada)
    url = reverse("approve_ticked", args=[world.questionnaire.pk])
    client.post(url, {"answers": [key(world, 1), key(world, 2)]})
    assert approved(world) == [1, 2]
    assert world.response(2).approved_by == ada
    assert [event.details for event in events()] == [{"answers": 2, "suggested": True}]

    client.post(url, {"answers": [key(world, 1), key(world, 2)]})
    assert len(events()) == 1
    assert "approved already" in said(client, world)

    client.post(url, {"answers": [key(world, 2), key(world, 5)]})  # one stands, one is new
    assert approved(world) == [1, 2, 5]
    assert events()[-1].details == {"answers": 1, "suggested": True}


@pytest.mark.parametrize(
    "spoil",
    [
        lambda world: {"answers": [key(world, 1), key(world, 3)]},  # a blank
        lambda world: {"answers": [key(world, 1), f"{world.question(2).pk}.9"]},  # another version
        lambda world: {"answers": [key(world, 1), "999999.1"]},  # no such question
        lambda world: {"answers": [key(world, 1), "x"]},
        lambda world: {"answers": [key(world, 1), f"{10**30}.1"]},
        lambda world: {"answers": []},
        lambda world: {"answers": [f"{number}.1" for number in range(501)]},
    ],
)
def test_one_answer_that_cannot_be_approved_stops_all(
    world: World, ada: User, sign_in: Callable[[User], Client], spoil: Callable[[World], dict[str, object]]
) -> None:
    client = sign_in(ada)
    client.post(reverse("approve_ticked", args=[world.questionnaire.pk]), spoil(world))
    assert approved(world) == []
    assert events() == []
    assert 'class="error"' in said(client, world)


def test_answers_of_another_organisation_are_not_approved_along(
    world: World, other_world: World, ada: User, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(ada)
    client.post(
        reverse("approve_ticked", args=[world.questionnaire.pk]), {"answers": [key(world, 1), key(other_world, 1)]}
    )
    assert approved(world) == approved(other_world) == []


def test_the_action_asks_for_the_role_itself(world: World, vera: User) -> None:
    with pytest.raises(MayNotApprove):
        approve_selected(questionnaire=world.questionnaire, versions={world.question(1).pk: 1}, by=vera, at=NOW)
    with pytest.raises(MayNotApprove):
        approve_ready(questionnaire=world.questionnaire, seal="", by=vera, at=NOW)
    assert approved(world) == []


def test_only_approvers_see_boxes_to_tick(
    world: World, vera: User, ada: User, sign_in: Callable[[User], Client]
) -> None:
    assert 'type="checkbox"' not in said(sign_in(vera), world)
    page = said(sign_in(ada), world)
    waiting = Response.objects.exclude(band=Band.BLANK).count()
    assert page.count('type="checkbox"') == waiting == 4


def test_files_written_before_an_approval_say_so(world: World, ada: User, sign_in: Callable[[User], Client]) -> None:
    client = sign_in(ada)
    page = said(client, world)
    assert "approved after these files" not in page
    assert "Make draft files" in page
    assert "Make final files" not in page
    approve_selected(questionnaire=world.questionnaire, versions={world.question(1).pk: 1}, by=ada, at=LATER)
    page = said(client, world)
    assert "1 answer was approved after these files" in page
    assert "Make final files" in page
    assert "Final files hold the 1 approved answer and nothing else." in page


def finalised(world: World, ada: User) -> None:
    """Approve an answer and hand out the file as final, an hour after the draft."""
    approve_selected(questionnaire=world.questionnaire, versions={world.question(1).pk: 1}, by=ada, at=LATER)
    export = world.export
    export.pk, export.draft, export.made_at = None, False, LATER
    export.save(force_insert=True)


def reasons(world: World) -> list[tuple[bool, list[str]]]:
    return [(package.draft, list(package.outdated)) for package in packages_of(world.questionnaire)]


def test_final_files_replace_the_draft_before_them_and_hold_until_something_changes(world: World, ada: User) -> None:
    assert reasons(world) == [(True, [])]
    finalised(world, ada)
    assert reasons(world) == [(False, [])]


def test_a_newer_draft_makes_the_final_files_outdated(world: World, ada: User) -> None:
    finalised(world, ada)
    Export.objects.create(
        questionnaire=world.questionnaire,
        kind=world.export.kind,
        file=world.export.file,
        draft=True,
        made_at=LATER + timedelta(days=1),
    )
    assert reasons(world) == [(False, ["A newer draft was written on 24 November 2026."]), (True, [])]


def test_an_answer_that_was_reopened_makes_the_final_files_outdated(
    world: World, ada: User, sign_in: Callable[[User], Client]
) -> None:
    finalised(world, ada)
    after = LATER + timedelta(minutes=5)
    row = world.response(1)
    row.status, row.approved_at, row.approved_by, row.version, row.drafted_at = "draft", None, None, 2, after
    row.save()
    assert reasons(world) == [(False, ["Answers were drafted again since."])]
    record(
        organisation=world.organisation,
        event="questionnaire.drafted",
        target=world.questionnaire,
        by=ada,
        at=after,
        details={"reopened": 1},
    )
    assert reasons(world) == [(False, ["1 approved answer changed since and had to be approved again."])]
    page = said(sign_in(ada), world)
    assert "These final files are not the latest state." in page
    assert "1 approved answer changed since" in page


def test_evidence_that_changed_makes_the_final_files_outdated(world: World, ada: User, vera: User) -> None:
    finalised(world, ada)
    after = LATER + timedelta(minutes=5)
    entry = {**CERTIFICATE, "number": "NC-42-8"}
    revised = library.add_revision(organisation=world.organisation, entry=entry, by=vera, at=after)
    assert reasons(world) == [(False, [])]  # nobody has confirmed it yet
    library.confirm(revision=revised, by=vera, at=after)
    assert reasons(world) == [(False, ["Evidence that answers cite was revised since: ISO-42001."])]
    library.withdraw(evidence=revised.evidence, by=vera, at=after)
    assert reasons(world)[0][1][0] == "Evidence that answers cite was withdrawn since: ISO-42001."


@pytest.mark.parametrize(
    "wanted", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_the_way_back_stays_within_these_pages(
    world: World, ada: User, sign_in: Callable[[User], Client], wanted: str
) -> None:
    response = sign_in(ada).post(
        reverse("approve_ticked", args=[world.questionnaire.pk]), {"answers": [key(world, 1)], "next": wanted}
    )
    assert response["Location"] == reverse("questionnaire_answers", args=[world.questionnaire.pk])


def test_several_with_one_beyond_the_evidence_are_refused_in_words(
    world: World, vera: User, ada: User, sign_in: Callable[[User], Client]
) -> None:
    beyond = {"written_by": vera, "written_at": NOW, "band": Band.SUGGESTED, "unsupported": True}
    Response.objects.filter(pk=world.response(1).pk).update(**beyond, override_reason="The letter is on its way.")
    client = sign_in(ada)
    answers = {"answers": [key(world, 1), key(world, 2)]}
    response = client.post(reverse("approve_ticked", args=[world.questionnaire.pk]), answers, follow=True)
    assert "is approved by itself, at the desk" in response.content.decode()
    assert approved(world) == []
    assert events() == []
