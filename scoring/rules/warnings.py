"""The soft rules: they never change a verdict, they name what a buyer will ask about."""

from __future__ import annotations

import re
from datetime import timedelta

from scoring.bundle import SOC2, Bundle, last_good_day
from scoring.dates import add_months, months_between, say
from scoring.rules.opinion import touches_ai
from scoring.rules.result import quiet, warned
from scoring.types import RuleResult

OLD_EDITION = re.compile(r"OWASP[^.\n]{0,40}\b(20(?:23|25))\b|LLM\d\d:(20(?:23|25))", re.I)
CARVE_OUT = re.compile(r"\bcarv(?:e|ed)[- ]?out", re.I)


def expiring(bundle: Bundle) -> RuleResult:
    """W-EXPIRING: fails R-AGE or R-VALID within the warning period."""
    days = bundle.catalogue.parameters.warn_days
    for fact in bundle.facts:
        last = last_good_day(fact, bundle)
        if fact.kind == "exercise_report" and (held := fact.dates.get("exercised_on")):
            last = add_months(held, bundle.catalogue.parameters.exercise_months)
        if last and bundle.on <= last < bundle.on + timedelta(days=days + 1):
            return warned("W-EXPIRING", f"“{fact.title}” stops counting after {say(last)}.")
    return quiet("W-EXPIRING")


def period_stale(bundle: Bundle) -> RuleResult:
    """W-PERIOD-STALE: issued in the window, but the period ended more than twelve months ago."""
    fact = bundle.of_kind(SOC2)
    end = fact.dates.get("period_end") if fact else None
    if fact and end and bundle.on > add_months(end, bundle.catalogue.parameters.max_age_months):
        return warned(
            "W-PERIOD-STALE", f"The period of “{fact.title}” ended on {say(end)}, more than twelve months ago."
        )
    return quiet("W-PERIOD-STALE")


def period_short(bundle: Bundle) -> RuleResult:
    """W-PERIOD-SHORT: shorter than the period most buyers expect."""
    fact = bundle.of_kind(SOC2)
    start, end = (fact.dates.get("period_start"), fact.dates.get("period_end")) if fact else (None, None)
    usual = bundle.catalogue.parameters.soc2_warn_period_months
    if fact and start and end and (months := months_between(start, end)) < usual:
        return warned("W-PERIOD-SHORT", f"“{fact.title}” covers {months} months; most buyers expect {usual} or more.")
    return quiet("W-PERIOD-SHORT")


def carve_out(bundle: Bundle) -> RuleResult:
    """W-CARVEOUT: the model or hosting provider is carved out; its own report must be requested."""
    for fact in bundle.facts:
        if fact.carved_out:
            names = ", ".join(fact.carved_out)
            return warned("W-CARVEOUT", f"“{fact.title}” carves out {names}: ask for their own report.")
        if fact.kind == SOC2 and CARVE_OUT.search(fact.document_text):
            return warned("W-CARVEOUT", f"“{fact.title}” carves out a provider: ask for its own report.")
    return quiet("W-CARVEOUT")


def exceptions(bundle: Bundle) -> RuleResult:
    """W-EXCEPTIONS: tests of controls show exceptions."""
    for fact in bundle.facts:
        if fact.exceptions_noted:
            return warned("W-EXCEPTIONS", f"“{fact.title}” notes {fact.exceptions_noted} exceptions in its tests.")
    return quiet("W-EXCEPTIONS")


def edition(bundle: Bundle) -> RuleResult:
    """W-EDITION: the report uses an older edition of a taxonomy."""
    for fact in bundle.facts:
        found = OLD_EDITION.search(f"{fact.taxonomy}\n{fact.scope}\n{fact.document_text}")
        if found:
            year = found[1] or found[2]
            return warned(
                "W-EDITION", f"“{fact.title}” uses the {year} edition of its taxonomy; the current one is 2026."
            )
    return quiet("W-EDITION")


def qualified(bundle: Bundle) -> RuleResult:
    """W-QUALIFIED: the opinion is qualified on criteria that do not touch the AI system."""
    for fact in bundle.facts:
        if fact.opinion.casefold() == "qualified" and not touches_ai(fact, bundle):
            criteria = ", ".join(fact.qualified_criteria)
            return warned("W-QUALIFIED", f"The opinion of “{fact.title}” is qualified on {criteria}.")
    return quiet("W-QUALIFIED")
