"""Apply the rules of a requirement to a bundle of artefacts."""

from __future__ import annotations

from datetime import date

from scoring.bundle import Bundle
from scoring.conflict import conflicts_of
from scoring.dates import add_months
from scoring.results import Judgement
from scoring.rules import RULES
from scoring.types import Outcome, RuleResult

# What holds for every artefact, whether or not a requirement lists it: the path is filled, the paper is in force, an
# outside body stands behind it in this version (G-2), it concludes nothing against the vendor, and nobody altered it.
ALWAYS = ("R-KIND", "R-VALID", "R-INDEP", "R-LINK", "R-OPINION", "R-COMPLETE")
# For an artefact of another kind the other rules speak of things it was never meant to show.
OF_ANY_KIND = frozenset({"R-KIND", "R-INDEP", "R-VALID", "R-AGE"})


def judge_bundle(bundle: Bundle) -> Judgement:
    listed = [rule for rule in bundle.requirement.rules if rule in RULES]
    results = [RULES[rule](bundle) for rule in listed]
    # An unlisted rule is no test that was passed; it is told only when it objects (readiness counts the tests).
    unlisted = [RULES[rule](bundle) for rule in ALWAYS if rule not in listed]
    results += [result for result in unlisted if result.outcome is not Outcome.PASSED]
    if not bundle.path.needs:
        results = [result for result in results if result.rule in OF_ANY_KIND]
    else:
        results += [RuleResult(rule="G-12", outcome=Outcome.REVIEW, sentence=said) for said in conflicts_of(bundle)]
    return Judgement(
        requirement=bundle.requirement.id,
        path=bundle.path.id,
        system=bundle.system.name if bundle.system else "",
        evidence=tuple(fact.id for fact in bundle.facts),
        results=tuple(dict.fromkeys(results)),
        expires_on=_expires_on(bundle),
        independent=not any(r.rule == "R-INDEP" and r.outcome is not Outcome.PASSED for r in results),
    )


def _expires_on(bundle: Bundle) -> date | None:
    """Return the last day the path counts: the earliest among artefacts that carry an age rule (DOMAIN 5.4)."""
    parameters = bundle.setting.catalogue.parameters
    rules = bundle.requirement.rules
    days: list[date | None] = []
    for fact in bundle.facts:
        held = fact.dates.get("exercised_on") if fact.kind == "exercise_report" else None
        if "R-EXERCISE" in rules and held:
            days.append(add_months(held, parameters.exercise_months))
        if "R-AGE" in rules:
            days.append(bundle.setting.latest_good_day(fact))
        days.append(fact.dates.get("valid_until"))
    reviewed = bundle.subject.dates.get("last_review_on")
    if "R-REVIEW" in rules and reviewed:
        days.append(add_months(reviewed, parameters.review_months))
    return min((day for day in days if day is not None), default=None)
