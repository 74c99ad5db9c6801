"""What holds for every tender: better never costs, worse never pays, and the order of anything changes nothing."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import TypeVar

from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.tender.offers import Answered, Marks, Offer, Standing
from scoring.tender.ranking import CLASSES, Contender, rank
from scoring.tender.rules import Criterion, Formula, PriceRule, Question, ScoredBy, SealedRules
from scoring.tender.scores import score
from scoring.tender.totals import Total, by_question, totals
from tests.scoring.tender.world import YES_NO, contender

# From worst to best for a vendor; unknown, and claims that nothing applies, stand outside the scale.
SCALE = (Standing.CONTRADICTED, Standing.PARTIAL, Standing.SUPPORTED)
EVALUATORS = ("e1", "e2", "e3")
T = TypeVar("T")
WEIGHTS = st.integers(0, 9).map(Decimal)


@st.composite
def some_rules(draw: st.DrawFn) -> SealedRules:
    criteria = tuple(
        Criterion(key=f"c{at}", name=f"C{at}", weight=draw(WEIGHTS)) for at in range(draw(st.integers(1, 3)))
    )
    questions = tuple(
        Question(
            key=f"q{at}",
            criterion=draw(st.sampled_from(criteria)).key,
            weight=draw(WEIGHTS),
            scored_by=draw(st.sampled_from(ScoredBy)),
            rule=YES_NO,
            knock_out=draw(st.booleans()),
            info_only=draw(st.integers(0, 5)) == 0,
        )
        for at in range(draw(st.integers(1, 5)))
    )
    formula = draw(st.sampled_from(Formula))
    price = PriceRule(formula=formula, weight=draw(WEIGHTS), envelope=Decimal(1000))
    return SealedRules(criteria=criteria, questions=questions, price=price)


@st.composite
def an_offer(draw: st.DrawFn, sealed: SealedRules, vendor: str) -> Offer:
    answers, marks = {}, {}
    for question in sealed.questions:
        answers[question.key] = Answered(
            standing=draw(st.sampled_from(Standing)), value=draw(st.sampled_from(tuple(YES_NO)))
        )
        given_by = draw(st.dictionaries(st.sampled_from(EVALUATORS), st.integers(0, 5)))
        agreed = draw(st.none() | st.integers(0, 5))
        marks[question.key] = Marks(given=given_by, expected=frozenset(EVALUATORS), agreed=agreed)
    return Offer(vendor=vendor, answers=answers, marks=marks)


def total_of(sealed: SealedRules, offer: Offer, price: Decimal | None = Decimal(500)) -> Total:
    return totals(sealed, [score(sealed, offer)], {offer.vendor: price})[offer.vendor]


@given(st.data())
@settings(max_examples=50, deadline=None)
def test_better_proof_or_a_better_mark_never_costs(data: st.DataObject) -> None:
    sealed = data.draw(some_rules())
    offer = data.draw(an_offer(sealed, "Ash"))
    key = data.draw(st.sampled_from(sealed.questions)).key
    worse, better = sorted(data.draw(st.tuples(st.integers(0, 2), st.integers(0, 2))))
    low, high = sorted(data.draw(st.tuples(st.integers(0, 5), st.integers(0, 5))))
    value = data.draw(st.sampled_from(tuple(YES_NO)))

    def with_(standing: Standing, mark: int) -> Total:
        answers = {**offer.answers, key: Answered(standing=standing, value=value)}
        marks = {**offer.marks, key: replace(offer.marks[key], agreed=mark)}
        return total_of(sealed, replace(offer, answers=answers, marks=marks))

    before, after = with_(SCALE[worse], low), with_(SCALE[better], high)
    assert (before.low is None) == (after.low is None)
    assert before.low is None or (before.low, before.high) <= (after.low, after.high)
    knocked = [
        score(sealed, replace(offer, answers={**offer.answers, key: Answered(standing=SCALE[at], value=value)}))
        for at in (worse, better)
    ]
    assert knocked[0].is_knocked_out or not knocked[1].is_knocked_out


@given(st.data())
@settings(max_examples=50, deadline=None)
def test_what_is_open_only_narrows(data: st.DataObject) -> None:
    """However an unknown is decided, the total ends up inside the interval that was shown before."""
    sealed = data.draw(some_rules())
    offer = data.draw(an_offer(sealed, "Ash"))
    key = data.draw(st.sampled_from(sealed.questions)).key
    standing = offer.answer(key).standing
    outcomes = {
        Standing.UNKNOWN: (*SCALE, Standing.NO),
        Standing.NA_CLAIMED: (Standing.NA_APPROVED, Standing.NOT_SHOWN),
    }.get(standing, (standing,))
    decided = Answered(standing=data.draw(st.sampled_from(outcomes)), value=offer.answer(key).value)
    late = {name: data.draw(st.integers(0, 5)) for name in EVALUATORS}
    marks = replace(offer.marks[key], given={**late, **offer.marks[key].given})
    after = replace(offer, answers={**offer.answers, key: decided}, marks={**offer.marks, key: marks})
    shown, settled = total_of(sealed, offer), total_of(sealed, after)
    if shown.low is not None and settled.low is not None:
        assert shown.high is not None
        assert settled.high is not None
        assert shown.low <= settled.low <= settled.high <= shown.high


@given(st.data())
@settings(max_examples=50, deadline=None)
def test_contributions_add_up(data: st.DataObject) -> None:
    sealed = data.draw(some_rules())
    scores = score(sealed, data.draw(an_offer(sealed, "Ash")))
    found = totals(sealed, [scores], {"Ash": Decimal(300)})["Ash"]
    assert sum(line.contribution for line in found.lines) == (found.low or 0)
    by = by_question(sealed, scores, found)
    for line in found.lines:
        parts = [by[q.key] for q in sealed.questions if q.criterion == line.key and q.key in by]
        assert not parts or sum(parts) == line.contribution


@given(st.data())
@settings(max_examples=25, deadline=None)
def test_no_order_of_vendors_questions_or_evaluators_changes_anything(data: st.DataObject) -> None:
    sealed = data.draw(some_rules())
    offers = [data.draw(an_offer(sealed, vendor)) for vendor in ("Ash", "Birch", "Cedar")]
    prices: dict[str, Decimal | None] = {"Ash": Decimal(300), "Birch": Decimal(450), "Cedar": None}
    chance = data.draw(st.randoms(use_true_random=False))
    shuffled_rules = replace(sealed, questions=tuple(_shuffled(sealed.questions, chance)))
    shuffled = [
        replace(
            offer,
            answers=dict(_shuffled(offer.answers.items(), chance)),
            marks={
                key: replace(marks, given=dict(_shuffled(marks.given.items(), chance)))
                for key, marks in _shuffled(offer.marks.items(), chance)
            },
        )
        for offer in _shuffled(offers, chance)
    ]
    before = totals(sealed, [score(sealed, offer) for offer in offers], prices)
    after = totals(shuffled_rules, [score(shuffled_rules, offer) for offer in shuffled], prices)
    assert after == before


def _shuffled(things: Iterable[T], chance: random.Random) -> list[T]:
    found = list(things)
    chance.shuffle(found)
    return found


@st.composite
def a_contender(draw: st.DrawFn, vendor: str) -> Contender:
    return contender(
        vendor,
        verdict=draw(st.sampled_from(CLASSES)),
        exceptions=draw(st.integers(0, 1)),
        unmet=draw(st.integers(0, 1)),
        readiness=draw(st.sampled_from([None, 50, 99])),
        days_to_expiry=draw(st.sampled_from([None, 10])),
        score=draw(st.sampled_from([None, Decimal(40), Decimal(60)])),
        knocked_out=draw(st.booleans()),
    )


@given(st.data())
@settings(max_examples=50, deadline=None)
def test_ranking_is_one_order_whatever_comes_first(data: st.DataObject) -> None:
    field = [data.draw(a_contender(vendor)) for vendor in ("Ash", "Birch", "Cedar", "Elm")]
    placed = rank(field)
    assert rank(list(reversed(field))) == placed
    values = [one.contender.values() for one in placed]
    assert values == sorted(values)
    in_play = [one for one in placed if one.place is not None]
    assert placed[: len(in_play)] == tuple(in_play) or any(one.contender.knocked_out for one in placed)
    assert not any(one.place for one in placed if one.contender.is_out)


@given(st.data())
@settings(max_examples=50, deadline=None)
def test_a_better_vendor_never_falls_and_a_new_gap_never_lifts(data: st.DataObject) -> None:
    field = [data.draw(a_contender(vendor)) for vendor in ("Ash", "Birch", "Cedar")]

    def position(one: Contender) -> int:
        return sorted(c.values() for c in (one, *field[1:])).index(one.values())

    before = field[0]
    gap = replace(before, unmet=before.unmet + 1, readiness=(before.readiness or 0) // 2)
    assert position(gap) >= position(before)
    assert position(replace(before, score=Decimal(100))) <= position(before)
