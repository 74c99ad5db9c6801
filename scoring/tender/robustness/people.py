"""One evaluator left out: whether the order hangs on a single person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from scoring.tender.offers import Offer
from scoring.tender.robustness.field import Field, Trial, orders
from scoring.tender.scores import score
from scoring.tender.totals import totals


def leave_out(field: Field, offers: Sequence[Offer]) -> tuple[Trial, ...]:
    """Return the orders without each evaluator in turn, who takes with them what they agreed to."""
    before = field.as_it_stands()
    evaluators = sorted({name for offer in offers for marks in offer.marks.values() for name in marks.expected})
    trials = []
    for evaluator in evaluators:
        scores = tuple(score(field.rules, _without(offer, evaluator)) for offer in offers)
        after = {vendor: one.low for vendor, one in totals(field.rules, scores, field.prices).items()}
        out = {one.vendor: one.is_knocked_out for one in scores}
        contenders = {
            vendor: replace(one, knocked_out=out.get(vendor, one.knocked_out))
            for vendor, one in field.contenders.items()
        }
        trials.append(
            Trial(subject=evaluator, change="left out", orders=orders(contenders, after), as_it_stands=before)
        )
    return tuple(trials)


def _without(offer: Offer, evaluator: str) -> Offer:
    return replace(offer, marks={key: marks.without(evaluator) for key, marks in offer.marks.items()})
