"""Small tenders for the tests of the core: two criteria, a question of each kind, any number of vendors."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from scoring.tender.offers import Answered, Marks, Offer, Standing
from scoring.tender.ranking import Contender
from scoring.tender.residual import residual
from scoring.tender.robustness.field import Field
from scoring.tender.rules import Criterion, PriceRule, Question, ScoredBy, SealedRules
from scoring.tender.scores import score
from scoring.types import Verdict

YES_NO = {"Yes": Decimal(1), "Partly": Decimal("0.5"), "No": Decimal(0)}


def question(key: str, criterion: str = "safety", **fields: object) -> Question:
    return Question(key=key, criterion=criterion, **fields)  # type: ignore[arg-type]


def rules(
    *questions: Question,
    safety: str = "60",
    service: str = "40",
    price: PriceRule | None = None,
) -> SealedRules:
    return SealedRules(
        criteria=(
            Criterion(key="safety", name="Safety", weight=Decimal(safety)),
            Criterion(key="service", name="Service", weight=Decimal(service)),
        ),
        questions=questions or (question("q1"), question("q2", "service")),
        price=price or PriceRule(),
    )


def offer(
    answers: Mapping[str, Standing | tuple[Standing, str]],
    marks: Mapping[str, Marks] | None = None,
    vendor: str = "Ash",
) -> Offer:
    found = {}
    for key, said in answers.items():
        standing, value = said if isinstance(said, tuple) else (said, "")
        found[key] = Answered(standing=standing, value=value)
    return Offer(vendor=vendor, answers=found, marks=marks or {})


def marks(*given: int, missing: int = 0, agreed: int | None = None) -> Marks:
    """Return marks of evaluators e1, e2, ... and as many seats left empty as asked for."""
    names = [f"e{number}" for number in range(1, len(given) + missing + 1)]
    return Marks(given=dict(zip(names, given, strict=False)), expected=frozenset(names), agreed=agreed)


def contender(vendor: str = "Ash", **fields: object) -> Contender:
    """Return a qualified vendor with nothing special about it."""
    known: dict[str, object] = {
        "verdict": Verdict.QUALIFIED,
        "exceptions": 0,
        "unmet": 0,
        "readiness": 100,
        "days_to_expiry": 100,
        "score": Decimal("50.00"),
        **fields,
    }
    verdict, readiness = known["verdict"], known["readiness"]
    left = residual(impact=3, likelihood=3, readiness=readiness, verdict=verdict)  # type: ignore[arg-type]
    return Contender(vendor=vendor, **{"residual": left, **known})  # type: ignore[arg-type]


def field(sealed: SealedRules, offers: list[Offer], prices: Mapping[str, Decimal | None] | None = None) -> Field:
    """Return vendors that are all qualified alike, so that points decide."""
    scores = tuple(score(sealed, one) for one in offers)
    out = {one.vendor: one.is_knocked_out for one in scores}
    return Field(
        rules=sealed,
        scores=scores,
        prices=prices or {},
        contenders={one.vendor: contender(one.vendor, knocked_out=out[one.vendor]) for one in offers},
    )


PEOPLE, RULE = ScoredBy.PEOPLE, ScoredBy.RULE
