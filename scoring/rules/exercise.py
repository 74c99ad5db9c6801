"""R-EXERCISE: an exercise about an AI model or agent within the window, counted from the day of the exercise."""

from __future__ import annotations

from scoring.bundle import Bundle
from scoring.content import is_about_ai
from scoring.dates import add_months, say
from scoring.phrases import read, read_all
from scoring.rules.result import failed, passed
from scoring.types import RuleResult

RULE = "R-EXERCISE"


def check(bundle: Bundle) -> RuleResult:
    fact = bundle.of_kind("exercise_report") or bundle.subject
    held = fact.dates.get("exercised_on")
    months = bundle.setting.catalogue.parameters.exercise_months
    if held is None:
        return failed(RULE, f"“{fact.title}” does not say on which day the exercise was held.")
    if held > bundle.on:
        return failed(RULE, f"The exercise of “{fact.title}” is planned for {say(held)}.")
    if bundle.on > add_months(held, months):
        return failed(
            RULE,
            f"The exercise of “{fact.title}” was held on {say(held)}, more than {months} months before "
            f"{say(bundle.on)}.",
        )
    scenario = fact.scenario or read_all(fact.scope, fact.document_text).kept
    if not scenario.strip():
        return failed(RULE, f"“{fact.title}” states no scenario.")
    if not is_about_ai(read(scenario).kept, bundle.setting.names):
        said = fact.scenario or fact.title
        return failed(RULE, f"The scenario of “{fact.title}” is not about an AI model or agent: “{said}”.")
    return passed(RULE)
