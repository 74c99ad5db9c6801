"""The soft rules: they never change a verdict, they name what a buyer will ask about."""

from __future__ import annotations

import re
from datetime import timedelta

from scoring.bundle import SOC2, Bundle
from scoring.dates import add_months, months_between, say
from scoring.rules.opinion import is_qualified, touches_ai
from scoring.rules.result import quiet, warned
from scoring.types import RuleResult

OLD_EDITION = re.compile(r"OWASP[^\n]{0,60}?\b(20(?:23|25))\b|(?:LLM|ASI)\d\d:(20(?:23|25))", re.I)
CURRENT_EDITION = re.compile(r"OWASP[^\n]{0,60}?\b2026\b|LLM\d\d:2026", re.I)
CARVE_OUT = re.compile(r"\bcarv(?:e|ed)[- ]?out", re.I)
NO_CARVE_OUT = re.compile(r"\b(?:no|not|without|none)\b[^.;\n]{0,30}\bcarv", re.I)
NOTED = re.compile(
    r"\b(?:exceptions?|deviations?)\s+(?:(?:was|were|is|are)\s+)?(?:noted|identified|found|observed|reported)"
    r"|\b(?:noted|identified|with|found)\s+(?:\w+\s+)?(?:exceptions?|deviations?)\b",
    re.I,
)
NONE_NOTED = re.compile(r"\b(?:no|without|zero|0)\s+(?:\w+\s+)?(?:exceptions?|deviations?)\b", re.I)


def expiring(bundle: Bundle) -> RuleResult:
    """W-EXPIRING: fails R-AGE or R-VALID within the warning period."""
    days = timedelta(days=bundle.setting.catalogue.parameters.warn_days)
    for fact in bundle.facts:
        last = bundle.setting.latest_good_day(fact)
        if last and bundle.on <= last <= bundle.on + days:
            return warned("W-EXPIRING", f"“{fact.title}” stops counting after {say(last)}.")
    return quiet("W-EXPIRING")


def period_stale(bundle: Bundle) -> RuleResult:
    """W-PERIOD-STALE: issued in the window, but the period ended more than twelve months ago."""
    fact = bundle.of_kind(SOC2)
    end = fact.dates.get("period_end") if fact else None
    if fact and end and bundle.on > add_months(end, bundle.setting.catalogue.parameters.max_age_months):
        return warned(
            "W-PERIOD-STALE", f"The period of “{fact.title}” ended on {say(end)}, more than twelve months ago."
        )
    return quiet("W-PERIOD-STALE")


def period_short(bundle: Bundle) -> RuleResult:
    """W-PERIOD-SHORT: shorter than the period most buyers expect."""
    fact = bundle.of_kind(SOC2)
    start, end = (fact.dates.get("period_start"), fact.dates.get("period_end")) if fact else (None, None)
    usual = bundle.setting.catalogue.parameters.soc2_warn_period_months
    if fact and start and end and (months := months_between(start, end)) < usual:
        return warned("W-PERIOD-SHORT", f"“{fact.title}” covers {months} months; most buyers expect {usual} or more.")
    return quiet("W-PERIOD-SHORT")


def carve_out(bundle: Bundle) -> RuleResult:
    """W-CARVEOUT: the model or hosting provider is carved out; its own report must be requested."""
    for fact in bundle.facts:
        if fact.carved_out:
            names = ", ".join(fact.carved_out)
            return warned("W-CARVEOUT", f"“{fact.title}” carves out {names}: ask for their own report.")
        said = f"{fact.scope}\n{fact.document_text}"
        if fact.kind == SOC2 and CARVE_OUT.search(said) and not NO_CARVE_OUT.search(said):
            return warned("W-CARVEOUT", f"“{fact.title}” carves out a provider: ask for its own report.")
    return quiet("W-CARVEOUT")


def exceptions(bundle: Bundle) -> RuleResult:
    """W-EXCEPTIONS: tests of controls show exceptions."""
    for fact in bundle.facts:
        if fact.exceptions_noted:
            number = "an exception" if fact.exceptions_noted == 1 else f"{fact.exceptions_noted} exceptions"
            return warned("W-EXCEPTIONS", f"“{fact.title}” notes {number} in its tests of controls.")
        if fact.exceptions_noted is None and NOTED.search(NONE_NOTED.sub("", fact.document_text)):
            return warned("W-EXCEPTIONS", f"“{fact.title}” notes exceptions in its tests of controls.")
    return quiet("W-EXCEPTIONS")


def edition(bundle: Bundle) -> RuleResult:
    """W-EDITION: the report uses an older edition of a taxonomy."""
    for fact in bundle.facts:
        said = f"{fact.taxonomy}\n{fact.scope}\n{fact.document_text}"
        found = OLD_EDITION.search(said)
        if found and not CURRENT_EDITION.search(said):
            year = found[1] or found[2]
            return warned(
                "W-EDITION", f"“{fact.title}” uses the {year} edition of its taxonomy; the current one is 2026."
            )
    return quiet("W-EDITION")


def qualified(bundle: Bundle) -> RuleResult:
    """W-QUALIFIED: the opinion is qualified on criteria that do not touch the AI system."""
    for fact in bundle.facts:
        if is_qualified(fact) and not touches_ai(fact, bundle):
            criteria = ", ".join(fact.qualified_criteria)
            return warned("W-QUALIFIED", f"The opinion of “{fact.title}” is qualified on {criteria}.")
    return quiet("W-QUALIFIED")
