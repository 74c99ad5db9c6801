"""What is not known yet, taken at its worst and at its best."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from scoring.tender.ranking import Contender
from scoring.tender.robustness.field import Field, Trial, orders
from scoring.types import Verdict

Choice = Callable[[str], bool]  # vendor -> whether what is open about it turns out well


def settle(field: Field) -> tuple[Trial, ...]:
    """Return the orders with everything open at its worst, at its best, and against each that leads now.

    Against a leader: the worst for it and the best for everyone else, which is the hardest test there is.
    """
    before = field.as_it_stands()
    cases: list[tuple[str, str, Choice]] = [
        ("all", "worst", lambda vendor: False),
        ("all", "best", lambda vendor: True),
        *((leader, "against", _against(leader)) for leader in before.leaders),
    ]
    computed = field.totals()
    undecided = {one.vendor: bool(one.undecided) for one in field.scores}
    trials = []
    for subject, change, well in cases:
        after = {vendor: one.high if well(vendor) else one.low for vendor, one in computed.items()}
        contenders = {
            vendor: settled(one, well=well(vendor), undecided=undecided.get(vendor, False))
            for vendor, one in field.contenders.items()
        }
        trials.append(Trial(subject=subject, change=change, orders=orders(contenders, after), as_it_stands=before))
    return tuple(trials)


def _against(leader: str) -> Choice:
    return lambda vendor: vendor != leader


def settled(contender: Contender, *, well: bool, undecided: bool) -> Contender:
    """Return a vendor once all that is open about it is decided. Nothing brings back one that is out."""
    verdict = contender.verdict
    if verdict is Verdict.UNDER_REVIEW:
        verdict = Verdict.QUALIFIED if well else Verdict.NOT_QUALIFIED
    return replace(contender, verdict=verdict, knocked_out=contender.knocked_out or (undecided and not well))
