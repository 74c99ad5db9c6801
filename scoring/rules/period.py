"""R-PERIOD: a SOC 2 Type II report covers at least the minimum operating period."""

from __future__ import annotations

from scoring.bundle import SOC2, Bundle
from scoring.dates import months_between, say
from scoring.rules.result import failed, passed
from scoring.types import RuleResult

RULE = "R-PERIOD"


def check(bundle: Bundle) -> RuleResult:
    fact = bundle.of_kind(SOC2)
    if fact is None:
        return passed(RULE)
    start, end = fact.dates.get("period_start"), fact.dates.get("period_end")
    least = bundle.setting.catalogue.parameters.soc2_min_period_months
    if start is None or end is None:
        return failed(RULE, f"“{fact.title}” does not state its operating period.")
    if end < start:
        return failed(RULE, f"The period of “{fact.title}” ends on {say(end)}, before it starts on {say(start)}.")
    months = months_between(start, end)
    if months < least:
        said = f"{say(start)} to {say(end)}, {months} whole month{'' if months == 1 else 's'}"
        return failed(RULE, f"“{fact.title}” covers {said}; at least {least} are needed.")
    return passed(RULE)
