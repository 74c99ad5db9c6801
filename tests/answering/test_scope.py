"""An answer for one AI system is never given for another: tables and generated scopes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rfp.answering.from_library import answer
from rfp.answering.matching import Found
from rfp.answering.scope import covers, holds_in, systems_of, touches
from rfp.answering.types import LibraryEntry
from tests.answering import world

SYSTEMS = ("Grove Assist", "Grove Match", "Ledger Match", "Pilot")


@pytest.mark.parametrize(
    ("product", "expected"),
    [
        ("Grove Assist", {"Grove Assist"}),
        ("grove assist", {"Grove Assist"}),
        ("Assist", {"Grove Assist"}),
        ("Match", set()),  # two of them end so
        ("Grove Assist; Pilot", {"Grove Assist", "Pilot"}),
        ("Grove Assist, Ledger Match", {"Grove Assist", "Ledger Match"}),
        ("Something else", set()),
        ("", set()),
    ],
)
def test_systems_of(product: str, expected: set[str]) -> None:
    assert systems_of(product, SYSTEMS) == expected


@pytest.mark.parametrize(
    ("product", "asked", "expected"),
    [
        ("", ["Grove Assist"], True),
        ("Grove Assist", ["Grove Assist"], True),
        ("Grove Assist", ["Grove Match"], False),
        ("Grove Assist", ["Grove Assist", "Grove Match"], False),
        ("Grove Assist; Grove Match", ["Grove Assist", "Grove Match"], True),
        ("Something else", ["Grove Assist"], False),
        ("Grove Assist", [], False),
    ],
)
def test_covers(product: str, asked: list[str], expected: bool) -> None:
    assert covers(product, asked, SYSTEMS) is expected


def test_a_name_with_a_comma_is_one_name() -> None:
    assert systems_of("Search, grounded", ("Search, grounded", "Search")) == {"Search, grounded"}


@pytest.mark.parametrize(
    ("regions", "region", "expected"),
    [("", "EU", True), ("EU", "", True), ("EU; UK", "uk", True), ("EU", "US", False), ("EU", "E", False)],
)
def test_holds_in(regions: str, region: str, expected: bool) -> None:
    assert holds_in(regions, region) is expected


words = st.sampled_from(["Grove", "Ledger", "Match", "Assist", "Pilot"])
names = st.lists(words, min_size=1, max_size=3).map(" ".join)


@given(registered=st.sets(names, min_size=1, max_size=5), data=st.data())
def test_an_answer_is_given_only_where_it_names_every_system_that_is_asked_about(
    registered: set[str], data: st.DataObject
) -> None:
    systems = sorted(registered)
    scope = data.draw(st.sets(st.sampled_from(systems), min_size=1))
    deal = data.draw(st.lists(st.sampled_from(systems), min_size=1, unique=True))
    entry = LibraryEntry(
        ref=1,
        question="Is data encrypted?",
        answer="Yes",
        owner="Emil",
        reviewed_on=world.ON,
        product="; ".join(sorted(scope)),
    )
    ground = world.ground({}, library=(entry,), systems=tuple(deal), registered=tuple(systems))
    asked = world.put(world.question("is data encrypted at rest?"), world.proposal(category="none"))
    said = answer(asked, ground, Found(1, True, 0.99, True, "It asks the same."))
    given_out = said.content.words != ""
    assert given_out == (set(deal) <= scope)
    if given_out:
        assert touches(entry.product, deal, systems)


def test_a_question_about_one_system_of_the_deal_is_answered_for_that_one() -> None:
    entry = LibraryEntry(ref=1, question="x", answer="Yes", owner="Emil", reviewed_on=world.ON, product="Grove Assist")
    ground = world.ground({}, library=(entry,), systems=("Grove Assist", "Grove Match"), registered=SYSTEMS)
    found = Found(1, True, 0.99, True, "It asks the same.")
    for text, expected in (("Does Grove Assist log?", "Yes"), ("Does Grove Match log?", ""), ("Is it logged?", "")):
        said = answer(world.put(world.question(text), world.proposal(category="none")), ground, found)
        assert said.content.words == expected


def test_an_answer_for_a_region_is_not_given_in_another_and_not_settled_where_none_is_known() -> None:
    entry = LibraryEntry(ref=1, question="x", answer="Yes", owner="Emil", reviewed_on=world.ON, region="EU")
    found = Found(1, True, 0.99, True, "It asks the same.")
    asked = world.put(world.question("Is it logged?"), world.proposal(category="none"))
    said = {
        region: answer(asked, world.ground({}, library=(entry,), region=region), found) for region in ("EU", "US", "")
    }
    assert [said[region].content.words for region in ("EU", "US", "")] == ["Yes", "", "Yes"]
    assert said["EU"].decided_before and not said[""].decided_before
