"""The answer policy: what may be said, from which source, and why a question is left blank."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rfp.answering.content import BlankCode
from rfp.answering.draft import draft
from rfp.answering.matching import Found
from rfp.answering.types import Band, LibraryEntry
from rfp.mapping.types import AnswerType, Polarity
from rfp.workbook.model import Option
from scoring.answers import Value
from scoring.types import State
from tests.answering.world import WITH_PARTIAL, YES_NO, ground, proposal, put, question, result

MET = {"AT-1": result("AT-1", State.MET)}


def test_a_met_requirement_is_answered_yes_with_its_document_page_and_quote() -> None:
    found = draft(put(question(), proposal("AT-1")), ground(MET), None)
    assert (found.placed.shown, found.band) == ("Yes", Band.READY)
    assert found.said.content.comment == "Report RT (Ravelin BV, 21 August 2026), page 4."
    assert found.said.content.documents == "RT.pdf"
    assert [(cite.reference, cite.page) for cite in found.said.cites] == [("RT", 4)]


def test_without_an_own_line_nothing_of_foreign_wording_is_ready() -> None:
    found = draft(put(question(), proposal("AT-1")), ground(MET, own_line=False), None)
    assert (found.placed.shown, found.band) == ("Yes", Band.SUGGESTED)


def test_the_opposite_of_a_requirement_is_for_a_second_look() -> None:
    asked = question("Was the model never tested?")
    found = draft(put(asked, proposal("AT-1", polarity=Polarity.INVERTED)), ground(MET), None)
    assert (found.placed.shown, found.band) == ("No", Band.SUGGESTED)


def test_a_gap_is_stated_with_the_fact_that_fails() -> None:
    found = draft(put(question(), proposal("AT-1")), ground({"AT-1": result("AT-1", State.EXPIRED)}), None)
    assert found.placed.shown == "No"
    assert found.said.content.comment.startswith("AT-1 fails on a fact.")
    assert found.said.failed_rules == ("R-AGE",)
    assert found.said.content.documents == ""


def test_partly_is_said_only_where_the_form_offers_it() -> None:
    states = {"AT-1": result("AT-1", State.MET), "AT-2": result("AT-2", State.FAILED)}
    offered = draft(put(question(options=WITH_PARTIAL), proposal("AT-1", "AT-2")), ground(states), None)
    plain = draft(put(question(options=YES_NO), proposal("AT-1", "AT-2")), ground(states), None)
    assert (offered.placed.shown, plain.placed.shown) == ("Partially", "No")


def test_a_requirement_that_fails_only_with_another_is_left_blank() -> None:
    states = {"AT-8": result("AT-8", State.FAILED, rule="depends_on")}
    found = draft(put(question(), proposal("AT-8")), ground(states), None)
    assert (found.band, found.code) == (Band.BLANK, BlankCode.RESTS_ON_GAP)


@pytest.mark.parametrize(
    ("text", "shown", "code"),
    [
        ("Do you have a plan for model incidents?", "", BlankCode.NOT_PROOF),
        ("Was the plan validated by an independent assessor?", "No", BlankCode.NONE),
    ],
)
def test_a_document_that_is_no_proof_does_not_make_the_thing_absent(text: str, shown: str, code: BlankCode) -> None:
    states = {"IR-1": result("IR-1", State.FAILED, rule="R-LINK")}
    found = draft(put(question(text), proposal("IR-1")), ground(states), None)
    assert (found.placed.shown, found.code) == (shown, code)


def test_the_opposite_is_not_admitted_where_some_systems_are_proven() -> None:
    mixed = {"AT-1": result("AT-1", State.FAILED, by_system={"Fold Assist": State.MET, "Fold Rank": State.FAILED})}
    asked = question("Was the model never tested?")
    found = draft(put(asked, proposal("AT-1", polarity=Polarity.INVERTED)), ground(mixed), None)
    assert (found.band, found.code) == (Band.BLANK, BlankCode.PROOF_REJECTED)


def test_a_date_is_not_taken_from_a_document_that_contradicts_itself() -> None:
    asked = question("On which date did the red-team testing end?", options=())
    states = {"AT-1": result("AT-1", State.UNDER_REVIEW)}
    found = draft(put(asked, proposal("AT-1", answer_type=AnswerType.DATE)), ground(states), None)
    assert (found.band, found.code) == (Band.BLANK, BlankCode.UNDER_REVIEW)


@pytest.mark.parametrize(
    ("state", "code"),
    [(State.MISSING, BlankCode.NO_EVIDENCE), (State.UNDER_REVIEW, BlankCode.UNDER_REVIEW)],
)
def test_where_the_facts_are_silent_the_answer_is_blank(state: State, code: BlankCode) -> None:
    found = draft(put(question(), proposal("AT-1")), ground({"AT-1": result("AT-1", state)}), None)
    assert (found.band, found.code, found.placed.writes) == (Band.BLANK, code, ())


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"false_premise": "Nobody is certified to it."}, BlankCode.FALSE_PREMISE),
        ({"asks_edition": "Which list is meant?"}, BlankCode.ASKS_EDITION),
        ({"confidence": 0.5}, BlankCode.UNSURE_MAPPING),
        ({"decisive_confidence": 0.5}, BlankCode.UNSURE_MAPPING),
        ({"polarity_confidence": 0.5}, BlankCode.UNSURE_MAPPING),
        ({"polarity": Polarity.NEUTRAL}, BlankCode.ASKS_FACTS),
    ],
)
def test_what_is_not_sure_is_for_a_person(changes: dict[str, object], code: BlankCode) -> None:
    found = draft(put(question(), replace(proposal("AT-1"), **changes)), ground(MET), None)  # type: ignore[arg-type]  # the fields a case changes
    assert (found.band, found.code) == (Band.BLANK, code)
    assert found.reason


@pytest.mark.parametrize(("grounding", "band"), [(0.54, Band.BLANK), (0.55, Band.READY)])
def test_a_question_of_another_world_is_not_answered(grounding: float, band: Band) -> None:
    asked = replace(put(question(), proposal("AT-1")), grounding=grounding)
    assert draft(asked, ground(MET), None).band is band


def test_a_likely_mapping_is_suggested() -> None:
    assert draft(put(question(), proposal("AT-1", sure=0.85)), ground(MET), None).band is Band.SUGGESTED


def test_a_named_system_is_answered_for_itself() -> None:
    whole = {"AT-1": result("AT-1", State.FAILED, by_system={"Fold Assist": State.MET, "Fold Rank": State.FAILED})}
    single = {"Fold Assist": MET, "Fold Rank": {"AT-1": result("AT-1", State.FAILED)}}
    about_all = draft(put(question(), proposal("AT-1")), ground(whole, by_system=single), None)
    about_one = draft(put(question("Was Fold Assist tested?"), proposal("AT-1")), ground(whole, by_system=single), None)
    assert (about_all.placed.shown, about_one.placed.shown) == ("No", "Yes")
    assert about_all.said.content.comment.startswith("Proven for Fold Assist, not for Fold Rank.")


def test_a_date_question_gets_the_day_of_the_document() -> None:
    asked = question("On which date did the red-team testing end?", options=())
    found = draft(put(asked, proposal("AT-1", answer_type=AnswerType.DATE)), ground(MET), None)
    assert found.said.content.on == date(2026, 8, 7)
    assert found.placed.shown == "7 August 2026"


def test_an_open_question_is_answered_by_a_passage_and_never_ready() -> None:
    asked = question("How was prompt injection tried, with what success rate?", options=())
    found = draft(put(asked, proposal("AT-1", answer_type=AnswerType.FREE_TEXT)), ground(MET), None)
    assert "412 scenarios" in found.placed.shown or "1.2 percent" in found.placed.shown
    assert found.band is Band.SUGGESTED


def test_an_open_question_with_a_list_of_yes_and_no_leaves_the_list() -> None:
    found = draft(put(question("Which firm tested the model?"), proposal("AT-1")), ground(MET), None)
    assert [write.column for write in found.placed.writes if write.value] == [4]
    assert found.placed.shown == "Ravelin BV"


def test_documents_are_named_where_they_are_asked_for() -> None:
    asked = question("Please attach the latest red-team report.", options=())
    found = draft(put(asked, proposal("AT-1", answer_type=AnswerType.ATTACHMENT)), ground(MET), None)
    assert found.placed.shown.startswith("See Report RT")
    assert any(write.value == "RT.pdf" for write in found.placed.writes)


ENTRY = LibraryEntry(
    ref=7,
    question="Is data encrypted at rest?",
    answer="Yes",
    comment="With AES-256.",
    owner="Emil",
    reviewed_on=date(2026, 7, 1),
)
SURE = Found(7, False, 0.99, True, "It asks the same.")
OUTSIDE = proposal(category="none")


def test_outside_the_checklist_an_approved_answer_is_given() -> None:
    found = draft(put(question(), OUTSIDE), ground({}, library=(ENTRY,)), SURE)
    assert (found.placed.shown, found.said.content.comment, found.band) == ("Yes", "With AES-256.", Band.SUGGESTED)
    assert found.said.library_ref == 7


def test_the_same_question_again_is_ready() -> None:
    found = draft(put(question(), OUTSIDE), ground({}, library=(ENTRY,)), SURE._replace(same=True))
    assert found.band is Band.READY


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"reviewed_on": date(2025, 11, 17)}, BlankCode.STALE_LIBRARY_ANSWER),
        ({"reviewed_on": None}, BlankCode.STALE_LIBRARY_ANSWER),
        ({"reviewed_on": date(2026, 11, 19)}, BlankCode.STALE_LIBRARY_ANSWER),
        ({"owner": ""}, BlankCode.STALE_LIBRARY_ANSWER),
        ({"evidence": "PEN", "evidence_current": False}, BlankCode.STALE_LIBRARY_ANSWER),
        ({"under_nda": True}, BlankCode.UNDER_NDA),
        ({"internal": True}, BlankCode.UNDER_NDA),
        ({"product": "Another product"}, BlankCode.NO_LIBRARY_ANSWER),
        ({"in_checklist": True}, BlankCode.NO_EVIDENCE),
    ],
)
def test_an_approved_answer_that_may_not_be_used_says_why(changes: dict[str, object], code: BlankCode) -> None:
    entry = replace(ENTRY, **changes)  # type: ignore[arg-type]  # the fields a case changes
    found = draft(put(question(), OUTSIDE), ground({}, library=(entry,)), SURE)
    assert (found.band, found.code) == (Band.BLANK, code)
    assert ENTRY.question in found.reason


def test_the_last_day_of_a_review_counts_and_an_nda_opens_what_is_under_it() -> None:
    fresh = replace(ENTRY, reviewed_on=date(2025, 11, 18), under_nda=True)
    found = draft(put(question(), OUTSIDE), ground({}, library=(fresh,), nda_signed=True), SURE)
    assert found.placed.shown == "Yes"


@pytest.mark.parametrize(
    "found", [None, SURE._replace(sure=False), SURE._replace(sure=False, same=True), SURE._replace(ref=99)]
)
def test_a_near_miss_is_not_copied(found: Found | None) -> None:
    drafted = draft(put(question(), OUTSIDE), ground({}, library=(ENTRY,)), found)
    assert (drafted.band, drafted.code) == (Band.BLANK, BlankCode.NO_LIBRARY_ANSWER)


def test_the_library_never_answers_for_the_checklist() -> None:
    missing = {"AT-1": result("AT-1", State.MISSING)}
    found = draft(put(question(), proposal("AT-1")), ground(missing, library=(ENTRY,)), SURE._replace(same=True))
    assert (found.band, found.code) == (Band.BLANK, BlankCode.NO_EVIDENCE)


STATES = st.sampled_from(
    [State.MET, State.MET_WITH_WARNING, State.EXPIRED, State.FAILED, State.MISSING, State.UNDER_REVIEW]
)
REFS = ("AT-1", "AT-2", "AT-3")


@given(
    states=st.fixed_dictionaries(dict.fromkeys(REFS, STATES)),
    asked=st.sets(st.sampled_from(REFS), min_size=1),
    polarity=st.sampled_from(list(Polarity)),
    kind=st.sampled_from([AnswerType.YES_NO, AnswerType.FREE_TEXT, AnswerType.ATTACHMENT]),
    text=st.sampled_from(
        ["Was it tested?", "Describe the tests.", "Which firm tested it?", "Attach the report.", "Test"]
    ),
    options=st.sampled_from([YES_NO, WITH_PARTIAL, ()]),
    sure=st.sampled_from([0.4, 0.75, 0.99]),
    own_line=st.booleans(),
    same=st.booleans(),
)
def test_nothing_that_sounds_compliant_is_said_without_proof(
    states: dict[str, State],
    asked: set[str],
    polarity: Polarity,
    kind: AnswerType,
    text: str,
    options: tuple[Option, ...],
    sure: float,
    own_line: bool,
    same: bool,
) -> None:
    results = {ref: result(ref, state) for ref, state in states.items()}
    mapped = proposal(*sorted(asked), sure=sure, polarity=polarity, answer_type=kind)
    whole = ground(results, own_line=own_line, library=(ENTRY,))
    found = draft(put(question(text, options=options), mapped), whole, SURE._replace(same=same))
    proven = all(states[ref].is_met for ref in asked)
    compliant = {Polarity.DIRECT: Value.YES, Polarity.INVERTED: Value.NO}.get(polarity)
    if found.placed.writes and not proven:
        assert found.said.content.value is not compliant
        assert found.said.content.value is not Value.NOT_APPLICABLE
        assert not found.said.content.documents
    if found.said.content.value is Value.PARTIAL:
        assert any(states[ref].is_met for ref in asked)
        assert polarity is Polarity.DIRECT
