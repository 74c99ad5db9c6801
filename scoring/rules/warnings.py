"""The soft rules: they never change a verdict, they name what a buyer will ask about."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import lru_cache

from scoring.bundle import SOC2, Bundle
from scoring.dates import add_months, months_between, say
from scoring.phrases import clauses
from scoring.rules.opinion import is_qualified, touches_ai
from scoring.rules.result import quiet, warned
from scoring.types import RuleResult

# "2025" as an edition, rather than as the year of a date.
_YEAR = (
    r"(?<!\d[-/.])(?<!january )(?<!february )(?<!march )(?<!april )(?<!may )(?<!june )(?<!july )(?<!august )"
    r"(?<!september )(?<!october )(?<!november )(?<!december )(?<!, )"
)
_LIST = r"(?:OWASP|\bLLM\s+Top[- ]?(?:10|ten)|\bTop[- ]?(?:10|ten)\s+for\s+(?:LLM|large|agentic))"
OLD_EDITION = re.compile(
    rf"{_LIST}[^\n.;]{{0,80}}?\b{_YEAR}((?:20(?:23|24|25)))\b|(?:LLM|ASI)\d\d:(20(?:23|24|25))"
    rf"|{_LIST}[^\n.;]{{0,60}}?\b(?:v(?:ersion)?\.?\s*)(1\.[01]|2\.0|2025)\b"
    r"|\b(20(?:23|24|25))\s+(?:edition|version|release)s?\s+of\s+(?:the\s+)?(?:OWASP|LLM)|\b(20(?:23|24"
    r"|25))\s+OWASP\b"
    r"|\b(?:previous|older|earlier|prior|former|then[- ]current)\s+(edition|version"
    r"|release)\s+of\s+(?:the\s+)?(?:OWASP|taxonomy"
    r"|LLM)",
    re.I,
)
CURRENT_EDITION = re.compile(rf"{_LIST}[^\n.;]{{0,80}}?\b{_YEAR}2026\b|LLM\d\d:2026|\b2026\s+(?:edition|OWASP)", re.I)
# The current edition is mentioned as the one that was not used.
NOT_USED = re.compile(
    r"\b(?:not|later|after|since|meanwhile|superseded|replaced by|appeared|came out|was published|were published"
    r"|next|will be"
    r"|forthcoming|transition)\b",
    re.I,
)
_PROVIDERS = (
    r"(?:sub-?service\s+organi[sz]ations?"
    r"|(?:model|hosting|cloud|API|inference|foundation)[\w\s-]{0,30}?\b(?:provider|host|vendor)s?)"
)
CARVE_OUT = re.compile(
    rf"\bcarv(?:e|ed|es|ing)[- ]?out|\bcomplementary sub-?service organi[sz]ation controls?\b|\bCSOCs?\b"
    rf"|\b{_PROVIDERS}\b[^.;\n]{{0,60}}\b(?:excluded|not (?:included|covered|part|examined|in scope)|outside"
    rf"|out of scope)\b"
    rf"|\b{_PROVIDERS}\b[^.\n]{{0,40}}[;,]\s*(?:its|their|whose) (?:\w+ )?controls (?:are|were) (?:excluded|not)"
    rf"|\b(?:excludes?|excluding|does not (?:include|cover|extend to)|did not (?:include|cover|extend to"
    rf"|examine))\b[^.;\n]{{0,80}}"
    rf"\b{_PROVIDERS}\b",
    re.I,
)
NO_CARVE_OUT = re.compile(
    r"\b(?:no|not|without|none|neither|rather than|instead of|nothing)\b[^.;\n]{0,40}\b(?:carv|CSOC"
    r"|complementary sub)"
    r"|\binclusive method\b(?![^.;\n]{0,80}\bcarv)",
    re.I,
)
_COUNT = (
    r"(?:\d{1,4}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|twenty-five|thirty"
    r"|forty"
    r"|fifty|sixty)"
)
_LAPSE = (
    r"(?:had no|have no|has no|were without|no evidence|lacked|lacking|missed|missing|late|overdue|without|failed"
    r"|not (?:performed|reviewed|approved|revoked"
    r"|removed|tested"
    r"|documented|evidenced|completed|retained|timely|on time|signed|disabled|available|done|held))"
)
NOTED = re.compile(
    r"\b(?:exceptions?|deviations?|discrepanc(?:y|ies)|control failures?)\s+(?:(?:was|were|is|are|has been"
    r"|have been)\s+)?(?:\w+ly\s+)?"
    r"(?:noted|identified|found|observed|reported|disclosed|listed|described|occurred|recorded|raised)"
    r"|\b(?:noted|identified|with|found|reports?|contains?|lists?|observed|recorded|shows?|shown|disclos\w+|were"
    r"|was|are|a|an"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|several|some|few|minor"
    r"|\d{1,3})\s+(?:\w+\s+)?(?:testing\s+)?(?:exceptions?|deviations?)"
    r"\b(?!\s+(?:handling|polic|process|register|request|management))"
    r"|\b(?:exceptions?|deviations?)\s*(?::|\(|–|-|in|on|to|at|for|regarding|concerning|relating|related"
    r"|from)\s*(?!none|nil|n/?a|no\b|0\b)"
    r"|\bwe (?:noted|identified|observed|found) (?:that )?(?:one|two|three|four|five|an?|several|some|\d{1,3})\b"
    r"|\bmanagement(?:[’']s)? (?:has )?respon(?:se|ded)"
    rf"|\bsee (?:the )?exceptions?\b|\b{_COUNT} (?:of|out of) (?:the "
    rf"|a sample of )?{_COUNT}\b[^.;\n]{{0,60}}\b{_LAPSE}\b",
    re.I,
)
NONE_NOTED = re.compile(
    r"\b(?:no|without|zero|0|nor|not any|free of|any)\s+(?:\w+\s+){0,2}(?:exceptions?"
    r"|deviations?)\b(?:[^.;\n]{0,20}\b(?:noted|found"
    r"|identified))?|\b(?:exceptions?|deviations?)\s*(?:noted\s*)?[:=]?\s*(?:none|nil|n/?a|0|no)\b"
    r"|\bwith the exceptions? of\b"
    r"|\bexception (?:handling|polic\w+|process\w*|register|request|management|report\w*)",
    re.I,
)


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
        if found and not any(_is_current(text) for text in (fact.taxonomy, fact.scope, fact.document_text)):
            year = next((part for part in found.groups() if part and part.startswith("20")), "older")
            return warned(
                "W-EDITION", f"“{fact.title}” uses the {year} edition of its taxonomy; the current one is 2026."
            )
    return quiet("W-EDITION")


@lru_cache(maxsize=512)
def _is_current(text: str) -> bool:
    """Return whether a text says that it uses the current edition of a taxonomy."""
    return any(CURRENT_EDITION.search(part) and not NOT_USED.search(part) for part in clauses(text))


def qualified(bundle: Bundle) -> RuleResult:
    """W-QUALIFIED: the opinion is qualified on criteria that do not touch the AI system."""
    for fact in bundle.facts:
        if is_qualified(fact) and not touches_ai(fact, bundle):
            criteria = ", ".join(fact.qualified_criteria) or "something that does not touch the AI system"
            return warned("W-QUALIFIED", f"The opinion of “{fact.title}” is qualified on {criteria}.")
    return quiet("W-QUALIFIED")
