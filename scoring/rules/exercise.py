"""R-EXERCISE: an exercise about an AI model or agent within the window, counted from the day of the exercise."""

from __future__ import annotations

from scoring.bundle import Bundle
from scoring.content import is_about_ai
from scoring.dates import add_months, say
from scoring.rules.result import failed, passed
from scoring.types import RuleResult

RULE = "R-EXERCISE"


def check(bundle: Bundle) -> RuleResult:
    fact = bundle.of_kind("exercise_report") or bundle.subject
    held = fact.dates.get("exercised_on")
    if held is None:
        return failed(RULE, f"“{fact.title}” does not say on which day the exercise was held.")
    if held > bundle.on:
        return failed(RULE, f"The exercise of “{fact.title}” is planned for {say(held)}.")
    limit = add_months(held, bundle.catalogue.parameters.exercise_months)
    if bundle.on > limit:
        return failed(RULE, f"The exercise was held on {say(held)}; it stopped counting after {say(limit)}.")
    names = tuple(system.name for system in bundle.deal.systems)
    if not (fact.scenario or fact.document_text):
        return failed(RULE, f"“{fact.title}” states no scenario.")
    if not is_about_ai(f"{fact.scenario}\n{fact.document_text}", names):
        return failed(RULE, f"The scenario of “{fact.title}” is not about an AI model or agent: “{fact.scenario}”.")
    return passed(RULE)
