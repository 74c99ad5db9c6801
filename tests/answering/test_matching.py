"""The matcher copies an answer only where the question is surely the same, and says why where it is not."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from evidence.retrieval.encoder import shared_encoder
from rfp.answering.matching import Found, KnownAnswer, Matcher
from rfp.answering.matching.model import PairModel, WeightsInvalid, fit_logistic, lowest_line
from rfp.answering.matching.reading import Scope, read

LIBRARY = [
    ("Is customer data encrypted at rest?", "Yes", "Databases and files are encrypted with AES-256."),
    ("Do you support single sign-on?", "Yes", "SAML 2.0 and OpenID Connect."),
    ("Are backups tested by restoring them?", "Yes", "A restore is tested every month."),
    ("How long are security logs retained?", "12 months", "Three months of them are searchable at once."),
    ("Are shared accounts prohibited?", "Yes", "Accounts are personal."),
    ("Do you carry cyber insurance?", "Yes", ""),
    ("Do you have a business continuity plan?", "Yes", "The plan is reviewed every year."),
    ("Do you use subcontractors for development?", "No", ""),
]


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return build(LIBRARY)


def build(rows: list[tuple[str, str, str]]) -> Matcher:
    known = [KnownAnswer(ref=100 + at, question=q, answer=a, comment=c) for at, (q, a, c) in enumerate(rows)]
    return Matcher.build(known, shared_encoder())


def find(matcher: Matcher, question: str) -> Found:
    (found,) = matcher.find([question])
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("asked", "ref"),
    [
        ("Is customer data encrypted at rest?", 100),
        ("4.2) IS CUSTOMER DATA ENCRYPTED AT REST", 100),
        ("Do you carry cyber-insurance?", 105),
    ],
)
def test_a_repeated_question_is_found_whatever_its_case_number_and_punctuation(
    matcher: Matcher, asked: str, ref: int
) -> None:
    found = find(matcher, asked)
    assert (found.ref, found.same, found.sure) == (ref, True, True)


@pytest.mark.parametrize(
    ("asked", "ref"),
    [
        ("Is our data encrypted when stored?", 100),
        ("Do you offer SSO?", 101),
        ("For how long do you keep security logs?", 103),
        ("Are shared accounts forbidden?", 104),
        ("Is a business continuity plan (BCP) in place?", 106),
    ],
)
def test_other_words_for_the_same_are_sure(matcher: Matcher, asked: str, ref: int) -> None:
    found = find(matcher, asked)
    assert (found.ref, found.same, found.sure) == (ref, False, True)
    assert found.reason.endswith("asks the same in other words.")


@pytest.mark.parametrize(
    ("asked", "part"),
    [
        ("Is customer data encrypted in transit?", "speaks of ‘at rest’, not of ‘in transit’"),
        ("Are shared accounts allowed?", "asks the opposite"),
        ("Is customer data not encrypted at rest?", "asks the opposite"),
        ("How often is customer data encrypted at rest?", "do not say how often"),
        ("Do you have a disaster recovery plan?", "not of ‘disaster recovery plan’"),
        ("Are security logs retained?", "does not ask for a yes or no"),
        ("Do you support single sign-on with Okta?", "does not speak of ‘Okta’"),
        ("Do you use subcontractors for support?", "‘development’"),
        ("Do subcontractors use you for development?", "asks what somebody else does"),
        ("Is a plan tested by restoring backups?", "does not speak of ‘plan’"),
    ],
)
def test_a_near_miss_is_refused_with_its_reason(matcher: Matcher, asked: str, part: str) -> None:
    found = find(matcher, asked)
    assert not found.sure
    assert part in found.reason


@pytest.mark.parametrize("asked", ["Is software encrypted at rest?", "Is the process encrypted at rest?"])
def test_words_of_little_weight_stand_only_for_their_like(asked: str) -> None:
    data = build([("Is data encrypted at rest?", "Yes", "")])
    assert find(data, "Is information encrypted at rest?").sure
    assert not find(data, asked).sure


def test_how_often_is_answered_by_a_comment_that_says_it(matcher: Matcher) -> None:
    found = find(matcher, "How often do you test restoring backups?")
    assert (found.ref, found.sure) == (102, True)


def test_nothing_is_near_a_question_on_something_else(matcher: Matcher) -> None:
    assert matcher.find(["Which colours of umbrella do you sell in autumn?"]) == [None]


@pytest.mark.parametrize("asked", ["If yes, how often?", "Is it tested?", "Please describe.", "Comments:", "", "?"])
def test_a_question_without_a_subject_is_never_sure(asked: str) -> None:
    (found,) = build([(asked, "Yes", "Every month."), *LIBRARY]).find([asked])
    assert found is None or not found.sure


def test_two_answers_to_one_question_are_left_to_a_person() -> None:
    twice = build([("Do you sell data?", "Yes", ""), ("Do you sell data?", "No", "")])
    found = find(twice, "do you sell data")
    assert (found.same, found.sure) == (True, False)
    assert "different answers" in found.reason


def test_an_empty_library_finds_nothing() -> None:
    assert build([]).find(["Do you support single sign-on?"]) == [None]


def test_the_company_of_other_questions_changes_nothing(matcher: Matcher) -> None:
    asked = [row[0].replace("you", "your company") for row in LIBRARY] * 80
    together = matcher.find(asked)
    assert together[:8] == [matcher.find([question])[0] for question in asked[:8]]
    assert together[-8:] == together[:8]


def test_vectors_made_before_are_used() -> None:
    encoder = shared_encoder()
    known = [KnownAnswer(ref=at, question=row[0], answer=row[1]) for at, row in enumerate(LIBRARY)]
    vectors = encoder.encode([answer.question for answer in known])
    with_vectors = Matcher.build(known, encoder, vectors=vectors)
    assert with_vectors.find(["Do you offer SSO?"]) == Matcher.build(known, encoder).find(["Do you offer SSO?"])


@pytest.mark.parametrize(
    ("text", "polar", "asks", "negative", "scope"),
    [
        ("Are backups encrypted?", True, set(), False, Scope.PLAIN),
        ("How often are all backups tested?", False, {"frequency"}, False, Scope.ALL),
        ("Is data encrypted and with which algorithm?", True, {"method"}, False, Scope.PLAIN),
        ("Backups are never kept on site.", True, set(), True, Scope.PLAIN),
        ("Only administrators can delete logs.", True, set(), False, Scope.ONLY),
        ("Please confirm that unapproved devices aren't allowed.", True, set(), False, Scope.PLAIN),
    ],
)
def test_read(text: str, polar: bool, asks: set[str], negative: bool, scope: Scope) -> None:
    reading = read(text)
    assert (reading.polar, set(reading.asks), reading.negative, reading.scope) == (polar, asks, negative, scope)


def test_an_abbreviation_in_brackets_says_nothing_new() -> None:
    assert (
        read("Do you offer a data processing agreement (DPA)?").terms
        == read("Do you offer a data processing agreement?").terms
    )
    assert "iso" in read("Is the report (ISO) current?").terms


def test_words_of_one_group_are_one_concept_and_a_stem_in_common_is_not_enough() -> None:
    assert list(read("Is multi-factor authentication used?").terms) == list(read("Is MFA used?").terms)
    assert not read("Is the product tested?").terms.keys() >= read("Is production tested?").terms.keys()


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("Do you audit suppliers?", "Do suppliers audit you?", True),
        ("Do customers scan uploads?", "Are uploads scanned?", True),
        ("Do you get reports from customers?", "Do you give reports to customers?", True),
        ("Can users see what administrators do?", "Can administrators see what users do?", True),
        ("Is the plan reviewed by customers?", "May customers review the plan?", False),
        ("Can we export data?", "Do you offer an export of data?", False),
        ("Does the vendor encrypt backups?", "Do you encrypt backups?", False),
        ("Supplier shall encrypt backups.", "Do you encrypt backups?", False),
    ],
)
def test_roles(one: str, other: str, differ: bool) -> None:
    left, right = read(one), read(other)
    shared = left.terms.keys() & right.terms.keys()
    assert left.roles.differ(right.roles, shared) == right.roles.differ(left.roles, shared) == differ


@pytest.mark.parametrize("text", ["IS DATA IN THE CLOUD KEPT SECRET?", "Is Data In The Cloud Kept Secret?"])
def test_capitals_that_say_nothing_make_no_names(text: str) -> None:
    assert read(text) == read("Is data in the cloud kept secret?")


def test_weights_of_other_features_are_refused(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "weights.json"
    path.write_text('{"weights": {"cosine": 1.0}, "bias": 0.0, "line": 0.9}')
    with pytest.raises(WeightsInvalid, match="cosine"):
        PairModel.load(path)


def test_fit_logistic_finds_the_side_of_each_row() -> None:
    features = np.array([[-2.0], [-1.0], [1.0], [2.0]])
    weights, bias = fit_logistic(features, np.array([False, False, True, True]), decay=0.1)
    assert weights[0] > 1
    assert abs(bias) < 1e-6


@pytest.mark.parametrize(("allowed", "line"), [(0.0, 0.8), (0.34, 0.6), (1.0, 0.5)])
def test_lowest_line(allowed: float, line: float) -> None:
    chance = np.array([0.9, 0.8, 0.6, 0.7, 0.5])
    assert lowest_line(chance, [True, True, True, False, False], allowed) == line
    assert lowest_line(chance[3:4], [False], 0.0) == 1.0


def test_near_answers_are_worth_a_look_even_where_none_may_be_copied(matcher: Matcher) -> None:
    (looked,) = matcher.look(["Are restores of your backups rehearsed together with the customer?"])
    assert looked.found is not None
    assert not looked.found.sure
    assert [near.ref for near in looked.near][:1] == [102]
    assert all(a.cosine >= b.cosine for a, b in pairwise(looked.near))


def test_nothing_is_offered_for_another_subject(matcher: Matcher) -> None:
    (looked,) = matcher.look(["Which colours of umbrella do you sell in autumn?"])
    assert looked.near == ()
